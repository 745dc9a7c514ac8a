"""Files of settings that other users of this machine could read."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from enrich_cli.cli.log import Log

FILES = (".env", ".env.local")
"""As in `variables`, which takes too long to load for a command that reads no settings."""
_READABLE_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH
_SECRET = re.compile(
    r"""
    ^ \s* (?:export\s+)? '?
    (?=\w*(?:KEY|SECRET|TOKEN)) \w+
    (?<!_CMD) (?<!_FILE) (?<!_URL)         # these say where a secret is, and hold none
    '? \s* = [ \t]*+
    (?! (?:""|'')? [ \t]* (?:\#.*)? $ )    # nothing, or only a comment
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


def warn_of_open_ones(log: Log) -> None:
    """Warn of each settings file in the working directory that holds a key and is readable by others."""
    if log.quiet:
        return
    for name in FILES:
        if _is_open(Path(name)):
            log.warning(f"{name} holds a key, and others on this machine can read it: run chmod 600 {name}")


def _is_open(file: Path) -> bool:
    try:
        mode = file.stat().st_mode
        # Some programs hand such a file out through a pipe: reading it here would take it away from the settings.
        if not stat.S_ISREG(mode) or not mode & _READABLE_BY_OTHERS:
            return False
        return _SECRET.search(file.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False
