"""Which rows were rejected, and why."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from enrich_cli.console.words import counted
from enrich_cli.domain.rejection import Rejections

_MOST_SHOWN = 5
"""More would push the figures off the screen; scripts get all that are named."""


def rejected_lines(rejections: Rejections, hint: str = "") -> Iterator[Text]:
    """A line for each of the first rejected rows, and one for all others, with a hint where these can be found."""
    shown = rejections.named[:_MOST_SHOWN]
    for one in shown:
        yield Text(f"line {one.line} rejected: {one.reason}", style="yellow")
    if more := rejections.number - len(shown):
        yield Text(f"{counted(more, 'more row')} rejected{hint}", style="yellow")


def rejections_json(rejections: Rejections) -> list[dict[str, int | str]]:
    return [{"line": one.line, "reason": one.reason} for one in rejections.named]
