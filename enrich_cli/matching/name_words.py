"""Is one word of a name another one, written otherwise: short, misspelt, or as its initial?"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Indel

from enrich_cli.matching.frequencies import is_frequent_surname
from enrich_cli.matching.nicknames import known, same_first_name
from enrich_cli.matching.weights import Evidence

_LONG_ENOUGH = 5
"""Letters of a word whose first one may be the slip."""
_MOST_SLIPS = 2
_SHORTEST, _FOR_JUMBLE, _FOR_TWO = 3, 4, 6
"""Letters of a word that can bear a slip at all, a jumble, and two slips.

In shorter ones, two make another name: Rania is no Rohan.
"""
_DOUBLED = re.compile(r"(.)\1")


def compare_name_words(one: str, other: str) -> Evidence | None:
    """Say how well two folded words fit that stand for one part of a name; None where they are two names."""
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
    """One slip, two in long words. Mark and Mary, Mario and Maria are names each, and no slips of one another."""
    if (one[0] != other[0] and min(len(one), len(other)) < _LONG_ENOUGH) or not _close(one, other):
        return False
    return not _are_two_names(one, other)


def _garbled(one: str, other: str) -> bool:
    """More slips than one can be sure of: two in six letters, and where just one of both is a name two in five.

    Of three letters one is enough then.
    """
    if _are_two_names(one, other):
        return False
    shorter, names = min(len(one), len(other)), known(one) + known(other)
    if names == 1 and shorter >= _SHORTEST and OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    long_enough = _LONG_ENOUGH if names == 1 else _FOR_TWO
    return one[0] == other[0] and shorter >= long_enough and OSA.distance(one, other, score_cutoff=2) <= 2


def _jumbled(one: str, other: str) -> bool:
    """Do the letters stand in another order, with one missing at most? Jnos is Jones; Noel and Leon are two names."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _FOR_JUMBLE or longer > shorter + 1:
        return False
    # Of two surnames hardly one is listed: Lane and Neal, Price and Pierce are; then a jumble begins as the name does.
    if _are_two_names(one, other) or (is_frequent_surname(one) and is_frequent_surname(other)):
        return False
    if one[0] != other[0] and not (known(one) or known(other)):
        return False
    return Indel.distance("".join(sorted(one)), "".join(sorted(other)), score_cutoff=1) <= 1


def _are_two_names(one: str, other: str) -> bool:
    """Endings tell first names apart, and are dropped from surnames: Clark is Clarke, and Alison is Allison."""
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
