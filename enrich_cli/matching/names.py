"""Does the name agree?

Names come as one text from providers, so both sides are lists of words, and what is asked is which words of one side
find a partner on the other: the same word, its short form, a misspelling, or its initial, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.nicknames import known, same_first_name
from enrich_cli.matching.text import REMEMBERED, comparable, words
from enrich_cli.matching.vocabulary import PARTICLES, TITLES
from enrich_cli.matching.weights import Evidence, best, weakest

_MOST_WORDS = 8
_LONG_ENOUGH = 5
"""Letters of a word whose first one may be the slip."""
_DOUBLED = re.compile(r"(.)\1")

_Pair = tuple[int, int, Evidence]


class _Part(Enum):
    """Which part a lone name is."""

    FIRST = "first"
    LAST = "last"
    EITHER = "either"


def compare_names(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's name, or the part of it that is known, with every name of the identity."""
    if customer.full_name:
        return best(_compare(customer.full_name, name, _Part.EITHER) for name in identity.names)
    if customer.first_name:
        return best(_compare(customer.first_name, name, _Part.FIRST) for name in identity.names)
    if customer.last_name:
        return best(_compare(customer.last_name, name, _Part.LAST) for name in identity.names)
    return None


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str, part: _Part) -> Evidence | None:
    one, other = _name_words(ours), _name_words(theirs)
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if part is not _Part.EITHER:
        return _compare_part(one, other, part)
    if sorted(one) == sorted(other) or _run_together(ours) == _run_together(theirs):
        return Evidence.NAME_SAME if max(len(one), len(other)) > 1 else Evidence.NAME_PART
    if len(one) == 1:
        return _compare_part(one, other, part)
    if len(other) == 1:
        return _compare_part(other, one, part)
    return _compare_whole(one, other)


def _compare_whole(one: Sequence[str], other: Sequence[str]) -> Evidence:
    pairs = _pairs(one, other)
    levels = [level for _, _, level in pairs]
    if len(pairs) == min(len(one), len(other)):
        if all(level is Evidence.NAME_INITIAL for level in levels):
            return Evidence.NAME_INITIALS
        return weakest(levels if len(one) == len(other) else [*levels, Evidence.NAME_LONGER])
    first = next((level for i, j, level in pairs if i == j == 0), None)
    if first and any(_is_surname(pair, one, other) for pair in pairs):
        return Evidence.NAME_MIDDLE_OTHER
    if first and first is not Evidence.NAME_INITIAL:
        return Evidence.NAME_SURNAME_OTHER
    if all(level is Evidence.NAME_INITIAL for level in levels):
        return Evidence.NAME_OTHER
    return Evidence.NAME_FIRST_OTHER


def _is_surname(pair: _Pair, one: Sequence[str], other: Sequence[str]) -> bool:
    i, j, level = pair
    ends_a_name = i == len(one) - 1 or j == len(other) - 1
    return ends_a_name and min(i, j) > 0 and level is not Evidence.NAME_INITIAL


def _compare_part(lone: Sequence[str], name: Sequence[str], part: _Part) -> Evidence:
    within = name
    if len(name) > len(lone):
        within = {_Part.FIRST: name[:-1], _Part.LAST: name[1:], _Part.EITHER: name}[part]
    pairs = _pairs(lone, within)
    if any(level is not Evidence.NAME_INITIAL for _, _, level in pairs):
        return Evidence.NAME_PART
    if pairs:
        return Evidence.NAME_INITIALS
    return Evidence.NAME_SURNAME_OTHER if part is _Part.LAST else Evidence.NAME_PART_OTHER


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[_Pair]:
    """Partners of the two sides, the best first; no word is used twice."""
    every = [(i, j, level) for i, a in enumerate(one) for j, b in enumerate(other) if (level := _compare_word(a, b))]
    pairs: list[_Pair] = []
    for i, j, level in sorted(every, key=lambda pair: -pair[2].bits):
        if all(i != taken_i and j != taken_j for taken_i, taken_j, _ in pairs):
            pairs.append((i, j, level))
    return pairs


def _compare_word(one: str, other: str) -> Evidence | None:
    if one == other:
        return Evidence.NAME_SAME
    if len(one) == 1 or len(other) == 1:
        return Evidence.NAME_INITIAL if one[0] == other[0] else None
    if same_first_name(one, other):
        return Evidence.NAME_NICKNAME
    if _misspelt(one, other):
        return Evidence.NAME_SPELLING
    return Evidence.NAME_GARBLED if _garbled(one, other) else None


def _misspelt(one: str, other: str) -> bool:
    """One slip, two in long words. Mark and Mary, Mario and Maria are names each, and no slips of one another."""
    if (one[0] != other[0] and min(len(one), len(other)) < _LONG_ENOUGH) or not _close(one, other):
        return False
    return not _are_two_names(one, other)


def _garbled(one: str, other: str) -> bool:
    """Two slips in a word that is too short to be sure."""
    if one[0] != other[0] or min(len(one), len(other)) < _LONG_ENOUGH or _are_two_names(one, other):
        return False
    return OSA.distance(one, other, score_cutoff=2) <= 2


def _are_two_names(one: str, other: str) -> bool:
    """Endings tell first names apart, and are dropped from surnames: Clark and Clarke are one."""
    if known(one) and known(other):
        return True
    return (known(one) or known(other)) and _differ_in_ending(one, other)


def _close(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < 4:
        return sorted(one) == sorted(other) or _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)
    slips = 1 if shorter < 8 else 2
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _differ_in_ending(one: str, other: str) -> bool:
    stem, longer = sorted((one, other), key=len)
    if len(stem) == len(longer):
        return stem[:-1] == longer[:-1] and stem[-1] in "aeo" and longer[-1] in "aeo"
    return longer[:-1] == stem and longer[-1] in "aeo"


@lru_cache(maxsize=REMEMBERED)
def _name_words(text: str) -> tuple[str, ...]:
    """The words that make the name: family name last, without titles, without particles inside."""
    found = [word for word in _in_order(text) if word not in TITLES] or _in_order(text)
    last = len(found) - 1
    return tuple(word for at, word in enumerate(found) if at in (0, last) or word not in PARTICLES)


@lru_cache(maxsize=REMEMBERED)
def _run_together(text: str) -> str:
    return "".join(word for word in _in_order(text) if word not in TITLES)


def _in_order(text: str) -> tuple[str, ...]:
    family, comma, given = text.partition(",")
    before, after = words(family), words(given)
    if not comma or all(word in TITLES for word in after):
        return (before + after)[:_MOST_WORDS]
    return (after + before)[:_MOST_WORDS]
