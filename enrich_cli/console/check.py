"""Whether the store is whole, as lines and as JSON. Imports nothing heavy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path


def check_json(broken: Sequence[str]) -> str:
    """One JSON document."""
    return json.dumps({"whole": not broken, "broken": list(broken)})


def check_lines(store: Path, broken: Sequence[str]) -> list[str]:
    """What is broken, a line each."""
    return list(broken) or [f"{store} is whole"]
