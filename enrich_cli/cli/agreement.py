"""Asking for consent before something happens."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from enrich_cli.cli.interrupts import interruptible
from enrich_cli.domain.errors import Declined


def agree(question: str, *, otherwise: str, stdin_is_data: bool = False) -> None:
    """Ask in the terminal; return if the answer is yes, or if there is nobody to ask.

    `otherwise`: what has not been done if the answer is no. `stdin_is_data`: standard input can't give answers, so they
    are read from the controlling terminal. Raises Declined, also if the question is interrupted.
    """
    try:
        with interruptible():
            agreed = _said(question, stdin_is_data=stdin_is_data)
    except (typer.Abort, KeyboardInterrupt):
        # The cursor is still on the question's line.
        typer.echo(err=True)
        agreed = False
    if not agreed:
        raise Declined(f"not started: {otherwise}")


def _said(question: str, *, stdin_is_data: bool) -> bool:
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
