"""Do two street lines name the same street, whatever their house numbers?"""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich_cli.matching.addresses import Street
from enrich_cli.matching.foreign_streets import HEADS
from enrich_cli.matching.slips import are_two_sides, is_slip
from enrich_cli.matching.street_words import DIRECTIONS, TYPES
from enrich_cli.matching.vocabulary import GENERATIONS, SPELT_OUT_GENERATIONS

_SAME_STREET_FROM, _SAME_LINE_FROM, _ALIKE_FROM = 84.0, 90.0, 60.0
"""Similarities, 0..100, as given by rapidfuzz: of streets, of whole lines, and of what is named beside one street."""
_SHORT = 3
"""Longest word that does not distinguish a street."""
_FOR_ONE = 5
"""Shortest street in which a slip is tolerated if the house number agrees."""
_RUN_TOGETHER, _FOR_TWO = 6, 10
"""Shortest street that is recognised without its blanks, and shortest that may have two slips then."""
_GENERATIONS = GENERATIONS.keys() | SPELT_OUT_GENERATIONS.keys()
_DIGITS = re.compile(r"\d+")


def same_street(one: Street, other: Street) -> bool:
    """Is it one street, perhaps with what is beside it in another order, or named only by that?"""
    if _are_two_numbers(one.name, other.name):
        return False
    same_number = one.number == other.number != ""
    if _same_name(one, other, same_number=same_number):
        return True
    if any(one.type == beside.type and _same_name(one, beside) for beside in other.beside):
        return True
    if any(other.type == beside.type and _same_name(beside, other) for beside in one.beside):
        return True
    if begins(one, other) or begins(other, one):
        return True
    if one.number == other.number and (_abbreviates(one, other) or _abbreviates(other, one)):
        return True
    parted_otherwise = len(one.beside) != len(other.beside)
    if parted_otherwise and fuzz.ratio(_whole(one), _whole(other)) >= _SAME_LINE_FROM:
        return True
    return (same_number or parted_otherwise) and _same_words(one, other)


def are_only_alike(one: Street, other: Street) -> bool:
    """Of what `same_street` takes for one street: are they two names that look alike, rather than one with a slip?"""
    if one.beside or other.beside or _names_same(one, other) or begins(one, other) or begins(other, one):
        return False
    return not _same_words(one, other)


def _are_two_numbers(one: str, other: str) -> bool:
    """Does each name hold a number, and not the same? Old Highway 101 is not Old Highway 110."""
    if one.isalpha() or other.isalpha():
        return False
    ours, theirs = _DIGITS.findall(one), _DIGITS.findall(other)
    return bool(ours and theirs) and ours != theirs


def begins(one: Street, other: Street) -> bool:
    """Is one all that the other says before it names an estate? Ware Place is Ware Place Example Gardens."""
    return bool(one.type) and len(one.words) > 1 and one.words == other.words[: len(one.words)]


def _abbreviates(one: Street, other: Street) -> bool:
    """Does one name give initials of the other: MLK Blvd, MG Road, Via G. Verdi?"""
    ours, theirs = ([word for word in _own_words(line) if word not in _GENERATIONS] for line in (one, other))
    together = "".join(ours)
    if len(theirs) > 1 and len(ours) in (1, len(together)) and len(together) == len(theirs):
        return together.isalpha() and together == "".join(word[0] for word in theirs)
    if ours == theirs or len(ours) != len(theirs) or ours[-1:] != theirs[-1:]:
        return False
    return all(word in (full, full[0]) for word, full in zip(ours, theirs, strict=True))


def _same_name(one: Street, other: Street, *, same_number: bool = False) -> bool:
    if _names_same(one, other):
        return True
    if one.name.isdigit() or other.name.isdigit():
        return False
    shorter = min(len(one.name), len(other.name))
    slip = same_number and shorter >= _FOR_ONE and OSA.distance(one.name, other.name, score_cutoff=1) <= 1
    alike = slip or fuzz.ratio(one.name, other.name) >= _SAME_STREET_FROM
    return alike and not are_two_sides(one.name, other.name)


def _names_same(one: Street, other: Street) -> bool:
    """Is it one name, perhaps with a slip, or run together with its type or direction?"""
    if one.name == other.name:
        return True
    if one.name.isdigit() or other.name.isdigit():
        return False
    if one.name in (other.name + other.type, other.name + other.direction):
        return True
    if other.name in (one.name + one.type, one.name + one.direction):
        return True
    if min(len(one.name), len(other.name)) > _SHORT and is_slip(one.name, other.name):
        return True
    return _run_together(one, other)


def _run_together(one: Street, other: Street) -> bool:
    """Is it one text with a blank elsewhere, or none: Samplestreet? Types that both spell well are left out instead."""
    if len(one.words) == len(other.words) and _tells_type(one) == _tells_type(other):
        return False
    ours, theirs = "".join(one.words), "".join(other.words)
    shorter = min(len(ours), len(theirs))
    if shorter < _RUN_TOGETHER:
        return False
    slips = 1 if shorter < _FOR_TWO else 2
    return OSA.distance(ours, theirs, score_cutoff=slips) <= slips


def _tells_type(line: Street) -> bool:
    return line.words[-1] in TYPES


def differ_beside(one: Street, other: Street) -> bool:
    """Does each side name something that the other does not, and that is unlike?"""
    if not one.beside or not other.beside:
        return False
    ours, theirs = _named_alone(one, other), _named_alone(other, one)
    return bool(ours and theirs) and fuzz.ratio(ours, theirs) < _ALIKE_FROM


def same_beside(one: Street, other: Street) -> bool:
    """Does each side name the same house, farm or estate beside the street?"""
    return any(_same_name(ours, theirs) for ours in one.beside for theirs in other.beside)


def _named_alone(one: Street, other: Street) -> str:
    every = (other, *other.beside)
    return "".join(part.name for part in (one, *one.beside) if not any(_same_name(part, theirs) for theirs in every))


def _whole(line: Street) -> str:
    return "".join(word for part in (line, *line.beside) for word in part.words)


def _same_words(one: Street, other: Street) -> bool:
    """Are the words the same in another order? The same goes for lines that were swapped."""
    ours, theirs = _own_words(one), _own_words(other)
    if min(len(ours), len(theirs)) < 2:
        return False
    return fuzz.token_sort_ratio(" ".join(ours), " ".join(theirs)) >= _SAME_STREET_FROM


def same_in_part(one: Street, other: Street) -> bool:
    """Does the same number occur with a name that both lines hold, whatever else they say of house or estate?"""
    if one.number != other.number:
        return False
    pairs = ((ours, theirs) for ours in _own_words(one) for theirs in _own_words(other))
    return any(min(map(len, pair)) > _SHORT and fuzz.ratio(*pair) >= _SAME_STREET_FROM for pair in pairs)


def _own_words(line: Street) -> list[str]:
    """All words that a line names, without types and directions."""
    every = (word for part in (line, *line.beside) for word in part.words)
    return [word for word in every if word not in TYPES and word not in HEADS and word not in DIRECTIONS]
