"""Variables that look like settings of this program but are not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import repeat

from dotenv import dotenv_values

from enrich_cli.cli.log import Log
from enrich_cli.domain.suggestion import closest
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.settings import PREFIX, variables
from enrich_cli.variables import ENCODING, FILES

_ALIKE = 0.85
"""From this similarity on, 0..1, one name is taken for a typo of another. Other programs also have settings for these
vendors.
"""


def warn_of_mistyped(log: Log) -> None:
    """Warn of each variable that has no effect but begins like a setting or is spelled almost like one."""
    if log.quiet:
        return
    known = variables(provider.name for provider in PROVIDERS)
    for name, where in _variables_set():
        meant = closest(name, known, alike=_ALIKE)
        if name.upper() in known or not (meant or name.upper().startswith(PREFIX)):
            continue
        ending = f"; did you mean {meant}?" if meant else ""
        log.warning(f"{name} ({where}) is not a setting, and has no effect{ending}")


def _variables_set() -> Iterator[tuple[str, str]]:
    """The names of all variables, and where each is set."""
    yield from zip(os.environ, repeat("environment"), strict=False)
    for file in FILES:
        # A file that is not text is refused where the settings are read.
        with suppress(OSError, UnicodeDecodeError):
            yield from zip(dotenv_values(file, interpolate=False, encoding=ENCODING), repeat(file), strict=False)
