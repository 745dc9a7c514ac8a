"""Street addresses that go on in further columns: `Street Address 2`, `Address Line 2`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from enrich_cli.domain.cleaning import cleaned_all
from enrich_cli.sources.spellings import COMPANY, PARTS, WHOSE, WHOSE_BEHIND, normal

_NUMBERS = (2, 3)
_PARTS = ("Address", "Address Line", "Line", "Street", "Street Address", "Street Address Line")
_TOWNS = [normal(part) for field in ("city", "postal_code") for part in PARTS[field]]
_BARE_UNIT = re.compile(r"\d{1,5}[A-Za-z]?|[A-Za-z]\d{0,4}")
"""What stands behind a house number and says not what it is."""


def further_lines(columns: Sequence[str], first: int, taken: Container[int]) -> tuple[int, ...]:
    """The columns in which the address goes on whose first line is a column, in their order; `taken` are no such.

    Where the header has a further town, too, the further line is that of another address.
    """
    whose, number = _LINES.get(normal(columns[first]), ("", 0))
    if number != 1:
        return ()
    names = list(map(normal, columns))
    lines = [_LINES.get(name) for name in names]
    found = (
        next((place for place, line in enumerate(lines) if line == (whose, number) and place not in taken), None)
        for number in _NUMBERS
        if not _has_town(names, whose, number)
    )
    return tuple(place for place in found if place is not None)


def joined(first: Sequence[str], further: Sequence[Sequence[str]]) -> Sequence[str]:
    """The addresses of many rows, whose lines come column by column; where the first is empty, so is the address."""
    if not any(any(map(str.strip, line)) for line in further):
        return first
    clean = [cleaned_all("address", line) for line in (first, *further)]
    return [_one_line(*lines) if lines[0] else "" for lines in zip(*clean, strict=True)]


def _one_line(first: str, *further: str) -> str:
    parts = [first]
    for line in filter(None, further):
        # Some write the unit into both.
        words = line.casefold().split()
        if first.casefold().split()[-len(words) :] != words:
            is_unit = _BARE_UNIT.fullmatch(line) and any(map(str.isdigit, first))
            parts.append(f"#{line}" if is_unit else line)
    return ", ".join(parts)


def _has_town(names: Sequence[str], whose: str, number: int) -> bool:
    """Is there a `City 2` or an `Address 2 City`?"""
    return any(f"{whose}{town}{number}" in names or f"{whose}address{number}{town}" in names for town in _TOWNS)


def _spellings() -> Iterator[tuple[str, tuple[str, int]]]:
    parts = [(part, 1) for part in PARTS["address"]]
    parts += [(f"{part} {number}", number) for part in _PARTS for number in _NUMBERS]
    parts.append(("Extended Address", 2))  # Google's
    for part, number in parts:
        for whose in (*WHOSE, *COMPANY):
            yield normal(f"{whose} {part}"), (normal(whose).removesuffix("address"), number)
        for whose in WHOSE_BEHIND:
            yield normal(f"{part} - {whose}"), (normal(whose), number)


_LINES = dict(_spellings())
"""Header → whose address it is of, and which line."""
