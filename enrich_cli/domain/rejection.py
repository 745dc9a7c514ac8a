"""Why rows of a source were rejected, as reports tell it."""

from __future__ import annotations

import msgspec

MOST_NAMED = 20
"""If no row of a source is good, the first ones tell why."""


class Rejection(msgspec.Struct, frozen=True):
    """`line` is where an editor shows the row (1 is the header); the reason holds nothing of its cells."""

    line: int
    reason: str


def name(rejections: list[Rejection], line: int, reason: str) -> None:
    """Add a row's rejection, as long as there are not too many to be read."""
    if len(rejections) < MOST_NAMED:
        rejections.append(Rejection(line, reason))
