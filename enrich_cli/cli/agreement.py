"""Asking people before something happens."""

from __future__ import annotations

import sys
from pathlib import Path

import typer


def agreed(question: str, *, stdin_is_data: bool) -> bool:
    """Ask in the terminal; True where there is nobody to ask.

    `stdin_is_data`: answers can't come from standard input, but from the terminal that the command was given in.
    """
    if sys.stdin.isatty():
        return typer.confirm(question, err=True)
    if not stdin_is_data:
        return True
    try:
        with Path("/dev/tty").open("r+b", buffering=0) as terminal:
            terminal.write(f"{question} [y/N]: ".encode())
            return terminal.readline().strip().lower() in (b"y", b"yes")
    except OSError:
        return True
