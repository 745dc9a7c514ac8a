"""Are two words of names the same name, one of them shortened, misspelt, or an initial?"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Indel

from enrich_cli.matching.frequencies import is_frequent_surname
from enrich_cli.matching.nicknames import known, same_first_name
from enrich_cli.matching.weights import Evidence

_LONG_ENOUGH = 5
"""Shortest word in which the first letter may be misspelt."""
_MOST_SLIPS = 2
_SHORTEST, _FOR_JUMBLE, _FOR_TWO = 3, 4, 6
"""Shortest words that may have a slip at all, be jumbled, or have two slips.

In shorter words two slips make another name: Rania is not Rohan.
"""
_DOUBLED = re.compile(r"(.)\1")


def compare_name_words(one: str, other: str) -> Evidence | None:
    """How well two folded words for the same part of a name fit; None if they are two names."""
    if one == other:
        return Evidence.NAME_SAME
    if len(one) == 1 or len(other) == 1:
        return Evidence.NAME_INITIAL if one[0] == other[0] else None
    if same_first_name(one, other):
        return Evidence.NAME_NICKNAME
    is_close = OSA.distance(one, other, score_cutoff=_MOST_SLIPS) <= _MOST_SLIPS
    if is_close and _misspelt(one, other):
        return Evidence.NAME_SPELLING
    return Evidence.NAME_GARBLED if (is_close and _garbled(one, other)) or _jumbled(one, other) else None


def _misspelt(one: str, other: str) -> bool:
    """One slip, or two in long words. Not for words that are both names: Mark and Mary, Mario and Maria."""
    if (one[0] != other[0] and min(len(one), len(other)) < _LONG_ENOUGH) or not _close(one, other):
        return False
    return not _are_two_names(one, other)


def _garbled(one: str, other: str) -> bool:
    """More slips than is certain: two in six letters. If only one of the words is a known name, two in five, or one in
    three.
    """
    if _are_two_names(one, other):
        return False
    shorter, names = min(len(one), len(other)), known(one) + known(other)
    if names == 1 and shorter >= _SHORTEST and OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    long_enough = _LONG_ENOUGH if names == 1 else _FOR_TWO
    return one[0] == other[0] and shorter >= long_enough and OSA.distance(one, other, score_cutoff=2) <= 2


def _jumbled(one: str, other: str) -> bool:
    """Are the letters in another order, with at most one missing? Jnos is Jones; Noel and Leon are two names."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _FOR_JUMBLE or longer > shorter + 1:
        return False
    # Few surnames are listed, so two of them may be jumbles by chance: Lane and Neal, Price and Pierce. A jumble then
    # has to begin like the name.
    if _are_two_names(one, other) or (is_frequent_surname(one) and is_frequent_surname(other)):
        return False
    if one[0] != other[0] and not (known(one) or known(other)):
        return False
    return Indel.distance("".join(sorted(one)), "".join(sorted(other)), score_cutoff=1) <= 1


def _are_two_names(one: str, other: str) -> bool:
    """Endings distinguish first names, but are often dropped from surnames: Clark is Clarke, and Alison is Allison."""
    if known(one) and known(other):
        return not _same_but_doubled(one, other)
    return (known(one) or known(other)) and _differ_in_ending(one, other)


def _close(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < 4:
        return sorted(one) == sorted(other) or _same_but_doubled(one, other)
    slips = 1 if shorter < 8 else 2
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _same_but_doubled(one: str, other: str) -> bool:
    return _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)


def _differ_in_ending(one: str, other: str) -> bool:
    stem, longer = sorted((one, other), key=len)
    if len(stem) == len(longer):
        return stem[:-1] == longer[:-1] and stem[-1] in "aeo" and longer[-1] in "aeo"
    return longer[:-1] == stem and longer[-1] in "ae" and stem[-1] not in "aeiouy" and known(stem)
