"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from enrich_cli.cli import completion
from enrich_cli.databases.urls import is_url, shown
from enrich_cli.domain.errors import UsageProblem

MOST_ROWS = 10**12
"""More rows than anybody has; SQLite and `islice` refuse larger numbers."""

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
CustomerText: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help="An id, an e-mail address, a name or a phone number.",
        autocompletion=completion.customers,
    ),
]
SandboxStore: TypeAlias = Annotated[bool, typer.Option("--sandbox", help="Use the default store of sandbox runs.")]


def file_path(text: str) -> Path:
    """The path of a file. Raises BadParameter if empty, UsageProblem for a URL, which may hold a password."""
    if not text:
        raise typer.BadParameter("the value is empty")
    if is_url(text):
        raise UsageProblem(f"{shown(text)}: this must be a file; only SOURCE and -o of a run may be a database")
    return Path(text)


OutputFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        parser=file_path,
        metavar="FILE",
        help="Where to write; the file appears whole or not at all. [default: standard output]",
    ),
]
