"""Whether the store is whole, as lines and as JSON. Imports nothing heavy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from enrich_cli.console.words import SYNTHETIC


def check_json(broken: Sequence[str], *, sandbox: bool) -> str:
    """The result of `check` as one JSON document."""
    return json.dumps({"whole": not broken, "broken": list(broken), "sandbox": sandbox})


def check_lines(store: Path, broken: Sequence[str], *, sandbox: bool) -> list[str]:
    """One line for each thing that is broken, or one line saying that nothing is."""
    return [*([SYNTHETIC] if sandbox else []), *(broken or [f"{store} is whole"])]
