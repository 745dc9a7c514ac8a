"""Outputs that would overwrite the store. Imports nothing heavy."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from enrich_cli.databases.urls import is_url, sqlite_file
from enrich_cli.domain.errors import UsageProblem


def refuse_the_store(option: str, output: str | Path | None, store: Path) -> None:
    """Raises UsageProblem for an output that would overwrite the store, or write into it."""
    if output is None:
        return
    path = sqlite_file(str(output)) if is_url(str(output)) else Path(output)
    if path and (os.path.realpath(path) == os.path.realpath(store) or _are_linked(path, store)):
        raise UsageProblem(f"{option} {output} is the store itself; give another file")


def _are_linked(path: Path, store: Path) -> bool:
    """Are both there, and the same file?"""
    with suppress(OSError):
        return path.samefile(store)
    return False
