"""The names of columns in a table that is made, or to which columns are added."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

KEY = "customer_id"
_LONGEST = 63
"""Longest name, in bytes, that every database takes."""


def own_names(names: Sequence[str], taken: Collection[str]) -> dict[int, str]:
    """Position of each of the input's own columns → a name that every database accepts, and that is not `taken`.

    A column called like the key is left out. Names that differ only by case are equal to some databases; those that are
    taken are given case folded.
    """
    used = set(taken)
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        if name.casefold() == KEY:
            continue
        stem = re.sub(r"\s+", " ", name.replace("\x00", "")).strip() or f"column {place + 1}"
        column, number = _cut(stem, ""), 1
        while column.casefold() in used:
            number += 1
            column = _cut(stem, f"_{number}")
        found[place] = column
        used.add(column.casefold())
    return found


def _cut(stem: str, end: str) -> str:
    return stem.encode()[: _LONGEST - len(end)].decode(errors="ignore") + end
