"""Which rows were rejected, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from enrich_cli.console.words import counted
from enrich_cli.domain.rejection import Rejection

_MOST_SHOWN = 5
"""More would push the figures off the screen; scripts get all that are named."""


def rejected_lines(named: Sequence[Rejection], number: int, hint: str) -> Iterator[Text]:
    """A line for each of the first rejected rows, and one for the rest of their `number`, with a hint where to find
    these.
    """
    shown = named[:_MOST_SHOWN]
    for one in shown:
        yield Text(f"line {one.line} rejected: {one.reason}", style="yellow")
    if shown and number > len(shown):
        yield Text(f"{counted(number - len(shown), 'more row')} rejected{hint}", style="yellow")


def rejections_json(named: Sequence[Rejection]) -> list[dict[str, int | str]]:
    return [{"line": one.line, "reason": one.reason} for one in named]
