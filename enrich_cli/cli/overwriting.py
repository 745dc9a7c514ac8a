"""Outputs that would overwrite another file. Imports nothing heavy."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from enrich_cli.databases.urls import is_url, sqlite_file
from enrich_cli.domain.errors import UsageProblem


def refuse_the_store(option: str, output: str | Path | None, store: Path) -> None:
    """Raises UsageProblem for an output that would overwrite the store, or write into it."""
    if output is None:
        return
    path = sqlite_file(str(output)) if is_url(str(output)) else Path(output)
    if path and are_the_same(path, store):
        raise UsageProblem(f"{option} {output} is the store itself; give another file")


def are_the_same(one: Path, other: Path) -> bool:
    """Are both the same file, by whatever names?

    Where case does not matter, only a file that is there tells that `IN.csv` is `in.csv`. Of files that are not there
    yet, it is taken for granted on Macs, most of which are like that.
    """
    with suppress(OSError):
        return one.samefile(other)
    return _place(one) == _place(other)


def _place(path: Path) -> str:
    place = os.path.realpath(path)
    return place.casefold() if sys.platform == "darwin" else place
