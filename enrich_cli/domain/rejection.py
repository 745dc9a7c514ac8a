"""Why rows of a source were rejected, as reports tell it."""

from __future__ import annotations

import msgspec

MOST_NAMED = 20
"""If no row of a source is good, the first ones tell why."""


class Rejection(msgspec.Struct, frozen=True):
    """`line` is where an editor shows the row (1 is the header); the reason holds nothing of its cells."""

    line: int
    reason: str


class Rejections(msgspec.Struct):
    """How many rows were rejected, and why the first of them were."""

    number: int = 0
    named: list[Rejection] = []

    def add(self, line: int, reason: str) -> None:
        """One more row was rejected."""
        self.number += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(Rejection(line, reason))
