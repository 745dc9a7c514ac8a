"""The numbers in the words of a street line: that of the house, and that of a unit in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich_cli.matching.foreign_streets import HEADS
from enrich_cli.matching.street_words import CARDINALS, DIRECTIONS, LEVELS, TYPES, UNITS, is_numbered, ordinal

_NUMBER = re.compile(r"\d+[a-z]?|[nsew]\d+[nsew]\d+")
"""House numbers, also those of a grid: N6W23001."""

_LEVEL = re.compile(r"(\d+)[a-z]{0,3}")
_REPEATED = {"bis": "b", "ter": "t", "quater": "q"}
"""What follows a number that occurs again in France, and the letter that is written instead."""
_US = ["u", "s"]


def without_unit(line: list[str]) -> tuple[list[str], str]:
    """The words without an announced unit, such as `apt 2`; and the unit's number."""
    before: list[str] = []
    unit = ""
    while not UNITS.isdisjoint(line) and (found := _first_unit(line)):
        head, number, line = found
        before += head
        unit += number
    return before + line, unit


def _first_unit(line: list[str]) -> tuple[list[str], str, list[str]] | None:
    """What precedes an announced unit, its number, and where others may follow."""
    end = 0
    for at, word in enumerate(line):
        if word in UNITS and (at + 1 < len(line) or word in LEVELS):
            if word in LEVELS and at and (nth := _level(line, at)):
                return line[: at - 1] + line[at + 1 :], nth, []
            end = max(end, at + 1)
            while end < len(line) and line[end] in UNITS:
                end += 1
            if end < len(line) and _is_unit(line[end]):
                after = line[end + 1] if end + 1 < len(line) else ""
                is_in_two = len(after) == 1 and (at or end + 2 == len(line))  # Apt 2 B
                taken = end + 2 if is_in_two else end + 1
                return line[:at], "".join(line[end:taken]).lstrip("0"), line[taken:]
    return None


def _level(line: list[str], at: int) -> str | None:
    """The floor told before its word, as in 2nd floor, 2. Stock and 6ª planta; not the house number of 12 Stock Rd."""
    if at + 1 < len(line):
        is_of_house = at == 1 and line[0].isdigit() and not line[2][0].isdigit()
        return None if is_of_house else ordinal(line[at - 1])
    found = _LEVEL.fullmatch(line[at - 1])
    return found[1] if found else ordinal(line[at - 1])


def _is_unit(word: str) -> bool:
    """Does it name a unit, rather than end a street such as Villa Dr?"""
    return (len(word) <= 2 and word not in TYPES) or any(letter.isdigit() for letter in word)


def is_flat(part: Sequence[str], before: Sequence[str]) -> bool:
    """Is a part a floor and a side, as in Samplegade 5, 2. tv? Then the number of the house ends the part before."""
    if len(before) < 2 or not part or not _NUMBER.fullmatch(part[0]) or any(len(word) > 2 for word in part[1:]):
        return False
    return bool(_NUMBER.fullmatch(before[-1])) and not _NUMBER.fullmatch(before[0]) and not is_numbered(before[-2])


def house_number(parts: list[list[str]]) -> tuple[str, list[list[str]]]:
    """The number that begins a part, else one that is spelt out or ends the first part; and the parts without it."""
    for at, part in enumerate(parts):
        if part and _NUMBER.fullmatch(part[0]):
            number, rest = _leading_number(part)
            return number, [*parts[:at], rest, *parts[at + 1 :]]
    line, *others = parts
    if len(line) > 1:
        if line[0] in CARDINALS and (len(line) > 2 or line[1] not in TYPES):
            return CARDINALS[line[0]], [line[1:], *others]
        if _NUMBER.fullmatch(line[-1]) and not is_numbered(line[-2]):
            return line[-1], [line[:-1], *others]
    if len(line) > 2:
        *street, digits, letter = line
        is_lettered = digits.isdigit() and len(letter) == 1 and letter.isalpha() and letter not in DIRECTIONS
        if is_lettered and not is_numbered(street[-1]):
            return digits + letter, [street, *others]
    return "", parts


def _leading_number(line: list[str]) -> tuple[str, list[str]]:
    if len(line) > 3 and line[2] in HEADS and (letter := _REPEATED.get(line[1])):
        return line[0] + letter, line[2:]
    if len(line) > 2 and line[1] in HEADS and line[-1] not in TYPES:  # 12 r de la Paix
        return line[0], line[1:]
    if len(line) > 2 and len(line[1]) == 1 and line[1] not in DIRECTIONS and line[2] not in TYPES:
        another_letter = len(line[2]) == 1 and (line[2] not in DIRECTIONS or line[1:3] == _US)
        begins_the_street = line[2].isdigit() or another_letter  # I-35, M.L.K. Blvd, U.S. 9
        if not begins_the_street:
            return line[0] + line[1], line[2:]
    return line[0], line[1:]
