"""Options that many commands have, each told in one way."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

MOST_ROWS = 10**12
"""More than anybody has: neither SQLite nor `islice` takes numbers of any size."""

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
SandboxStore: TypeAlias = Annotated[bool, typer.Option("--sandbox", help="Use the default store of sandbox runs.")]
