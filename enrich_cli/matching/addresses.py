"""The parts of a street line: house number, street, unit.

Lines are read in US order (number, direction, name, type, direction, unit); other orders, such as number last, are read
as far as possible. A trained parser (usaddress) takes a millisecond per line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from enrich_cli.domain.cleaning import LONGEST
from enrich_cli.matching.foreign_streets import BETWEEN, HEADS, SIDES, with_ending_spelt_out
from enrich_cli.matching.house_numbers import house_number, is_flat, without_unit
from enrich_cli.matching.postal import is_po_box, without_care_of, without_po_box
from enrich_cli.matching.street_words import DIRECTIONS, IN_FULL, ROADS, SPELT_OUT, TYPES, is_type, ordinal, type_of
from enrich_cli.matching.text import REMEMBERED, words
from enrich_cli.matching.vocabulary import word_set

_BOX_NUMBER = re.compile(r"(?:box|postfach)\D*(\w+)", re.IGNORECASE)
_BESIDE = re.compile(r"\(.*?\)|\s(?:between|betw?\.?|btwn?\.?|near|off|at|corner of|@)\s.*", re.IGNORECASE)
_MARKS = re.compile(r"[-–#(/@&]")
_UNUSUAL = word_set("box postfach between betw btw btwn near off at corner to care attn attention")
"""A line without these words and marks is just number, street and unit."""
_RANGE = re.compile(r"(\d+[a-z]?)\s*([-–/&]|to\b)\s*(\d+[a-z]?)\b", re.IGNORECASE)
_RANGE_AT_END = re.compile(r"[^\W\d]\D* (\d+[a-z]?)\s*[-–]\s*(\d+[a-z]?)$", re.IGNORECASE)
"""As in countries where the number follows the street: the line holds no other."""
_HASH = re.compile(r"#\s*")
_UNIT = re.compile(r"\d+[a-z]?|[abcdfghijklmopqrtuvxyz]")
"""A unit at the end that is not announced; not a direction."""
_USUAL = TYPES.keys() - {"rd", "road"}
"""Types that never end the name of a numbered road, as Rd may: FM 1960 Rd."""
_POINTS = frozenset({"ne", "nw", "se", "sw"})


@dataclass(frozen=True, slots=True)
class Street:
    """The parts of a street line; a part that it does not name is empty."""

    number: str = ""
    until: str = ""
    """The end of a range of house numbers."""
    direction: str = ""
    name: str = ""
    """The words of the name, run together: La Cienega is Lacienega."""
    words: tuple[str, ...] = field(default=(), compare=False)
    """The words of direction, name and type, in the order of the line."""
    type: str = ""
    unit: str = ""
    box: str = ""
    beside: tuple[Street, ...] = ()
    """What else the line names: a house, a farm, an estate, a crossing street."""


class _Name(NamedTuple):
    """What a part of a line names, without the house number."""

    direction: str = ""
    name: str = ""
    words: tuple[str, ...] = ()
    type: str = ""
    unit: str = ""
    """A unit at the end that is not announced."""


@lru_cache(maxsize=REMEMBERED)
def street(line: str) -> Street:
    """Parse a street line; it must not contain town and country, but may contain a unit.

    One that is longer than any address, as only a broken answer may hold, names nothing: it could take hours to read.
    """
    if len(line) > LONGEST:
        return Street()
    if not _MARKS.search(line):
        plain = [words(part) for part in line.split(",")]
        if all(map(_UNUSUAL.isdisjoint, plain)):
            return _street(plain)
    if is_po_box(line):
        box = _BOX_NUMBER.search(line)
        return Street(box=box[1].lower() if box else "?")
    text = (_BESIDE.sub(" ", without_care_of(without_po_box(line))) or line).strip(" ,;")
    until = before = ""
    if ranged := _RANGE.match(text):
        first, mark, last = ranged.groups()
        text = text[ranged.end() :]
        if mark == "/":
            before, text = first.lower(), f"{last} {text}"
        elif last.isdigit() and first.isdigit() and int(last) < int(first):
            text = f"{first}{last} {text}"  # as in Queens: 31-10 is one number
        else:
            until, text = last.lower(), f"{first} {text}"
    elif "#" not in text and (ranged := _RANGE_AT_END.match(text)):
        until, text = ranged[2].lower(), text[: ranged.end(1)]
    return _street([words(part) for part in _HASH.sub(" unit ", text).split(",")], until, before)


def _street(parts: Sequence[Sequence[str]], until: str = "", before: str = "") -> Street:
    """Parse a line whose parts are separated by commas; the first part with a street type is the street.

    `until`: the end of a range of house numbers. `before`: a unit that precedes the number, as in 3/12.
    """
    numberless: list[list[str]] = []
    units = ""
    for part in parts:
        rest, unit = without_unit(list(part))
        if numberless and is_flat(rest, numberless[0]):
            unit, rest = "".join(rest), []
        units += unit
        if rest:
            numberless.append(rest)
    number, numberless = house_number(numberless) if numberless else ("", [])
    named = [_street_name(some) for part in numberless if part for some in _called_apart(part)]
    main = next((part for part in named if part.type), named[0] if named else _Name())
    after = next((part.unit for part in named if part.unit), "")
    return Street(
        number=number,
        until=until,
        direction=main.direction,
        name=main.name,
        words=main.words,
        type=main.type,
        unit=units or before or after,
        beside=tuple([_alone(part) for part in named if part is not main]),
    )


def _alone(name: _Name) -> Street:
    return Street(direction=name.direction, name=name.name, words=name.words, type=name.type)


def _called_apart(line: list[str]) -> list[list[str]]:
    """The street, and what follows its type without a comma: Ware Place Example Farm."""
    last = line[-1]
    # A shopping center is in a street, although Center is also a street type.
    ends_a_street = last in TYPES and line[-2:-1] != ["shopping"]
    tells_type_first = line[0] in HEADS and len(line[0]) > 1
    if not ends_a_street and not tells_type_first and last not in DIRECTIONS and not _UNIT.fullmatch(last):
        for at in range(1, len(line) - 1):
            if is_type(line[at]) and line[at - 1] not in DIRECTIONS and not is_type(line[at + 1]):
                return [line[: at + 1], line[at + 1 :]]
    return [line]


def _street_name(line: list[str]) -> _Name:
    rest, before, after, kind, unit = line, "", "", "", ""
    if len(rest) > 2 and len(rest[0]) == 1:
        rest = _with_points_joined(rest)
    if len(rest) > 1 and rest[-1] not in _USUAL and (road := _road(rest)):
        return road
    if len(rest) > 2 and is_type(rest[-2]) and _UNIT.fullmatch(rest[-1]):
        rest, unit = rest[:-1], rest[-1]
    if len(rest) > 1 and rest[-1] in DIRECTIONS and rest[-1] not in {"no", "so"}:
        after, rest = DIRECTIONS[rest[-1]], rest[:-1]
    if len(rest) > 1 and rest[0] in DIRECTIONS and not (len(rest) == 2 and rest[1] in TYPES):
        before, rest = DIRECTIONS[rest[0]], rest[1:]
    # Streets of a grid have two directions: 1234 E 3900 S.
    direction = before + after if before and after and rest[0].isdigit() else after or before
    if rest[0] in HEADS and len(rest) > 1 and (rest[-1] not in TYPES or rest[-1] in SIDES):
        kind, rest, side = _without_head(rest)
        direction = side or direction
    elif len(rest) > 1 and (known := type_of(rest[-1])):
        kind, rest = known, rest[:-1]
    together = "".join(_spelt_out([ordinal(word) or word for word in rest], kind))
    return _Name(direction, together if kind else with_ending_spelt_out(together), tuple(line), kind, unit)


def _spelt_out(name: list[str], kind: str) -> list[str]:
    """The words of a name without abbreviations; a type is one of its words if none follows, or another."""
    if len(name) > 1 or (name and kind and name[0] in {"mt", "ft"}):
        name[0] = SPELT_OUT.get(name[0], name[0])
    elif name and not kind:
        return [HEADS.get(name[0]) or TYPES.get(name[0], name[0])]
    return [IN_FULL.get(word, word) for word in name]


def _with_points_joined(line: list[str]) -> list[str]:
    """S. W. Main St is SW Main St, and P.zza Dante is Piazza Dante."""
    first = line[0] + line[1]
    return [first, *line[2:]] if first in HEADS or (first in _POINTS and len(line) > 3) else line


def _without_head(line: list[str]) -> tuple[str, list[str], str]:
    """The type that begins a line, the name that follows, and the direction; the first of several types counts."""
    at = 1
    while at < len(line) - 1 and (line[at] in HEADS or line[at] in BETWEEN):
        at += 1
    side = SIDES.get(line[-1], "") if len(line) - at > 1 and line[-2] not in BETWEEN else ""
    return HEADS[line[0]], line[at : -1 if side else None], side


def _road(line: list[str]) -> _Name | None:
    """A road named by a number or letter after its type: Highway 7 E, N Co Rd 5, FM 1960 Rd, Avenue B."""
    before = DIRECTIONS.get(line[0], "") if len(line) > 2 else ""
    after = DIRECTIONS.get(line[-1], "") if len(line) > 2 + bool(before) else ""
    rest = line[bool(before) : len(line) - bool(after)]
    if len(rest) > 2 and rest[-1] in TYPES and rest[-2].isdigit():
        rest = rest[:-1]
    *called, number = rest
    kind = ROADS.get("".join(called))
    if not kind and called:
        kind = TYPES.get(called[0]) or HEADS.get(called[0]) if len(called) == 1 else _of_a_state(called)
    if not kind or not _UNIT.fullmatch(number):
        return None
    return _Name(before + after, number, (kind, number), kind)


def _of_a_state(called: list[str]) -> str | None:
    """The type of a highway that also names its state: NY State Route."""
    names_a_state = ROADS.get(called[0]) == "sthwy"
    return "sthwy" if names_a_state and ROADS.get("".join(called[1:])) in ("hwy", "sthwy") else None
