"""Words that many screens share. Imports nothing heavy."""

from __future__ import annotations

SYNTHETIC = "SANDBOX: all of this data is synthetic"

COPIES_LEFT = (
    "a run or another program uses the store, or its disk is full: copies of deleted data may remain in its files "
    "until a later forget or purge"
)
"""What was deleted may still be on the disk."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `1,234 rows`. `many`: the plural, unless it is the singular with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
