"""Words that many screens say alike. Imports nothing heavy."""

from __future__ import annotations

SYNTHETIC = "SANDBOX: all of this data is synthetic"

COPIES_LEFT = (
    "a run or another program uses the store, or its disk is full: copies of what was deleted may be left in its files "
    "until the next forget or purge without that"
)
"""What was deleted may not be gone from the disk yet."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `1,234 rows`. `many`: the plural, where it is not the singular with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
