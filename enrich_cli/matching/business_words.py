"""Which words two names of businesses share, and which words tell them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich_cli.matching.slips import are_two_sides, is_slip
from enrich_cli.matching.trade_words import KINDS
from enrich_cli.matching.trades import TRADES
from enrich_cli.matching.vocabulary import GENERIC, PARTICLES, word_set
from enrich_cli.matching.weights import Evidence, weakest

_WEIGHT_OF_KIND = 0.4
"""The weight of a word of the trade; any other has 1."""
_LONG_ENOUGH = 5
"""Shortest word in which the first letter may be misspelt."""
MOST_SLIPS = 2
_FOR_PLURAL = 2
"""Shortest word that counts as equal to its plural."""
_SHORTEST = 4
"""Shortest word in which a slip does not make another word: Lee is not Le, nor Roy Roi."""
_FORM = re.compile(r"(.{5,}?)(?:er|or|ist|ant|ian|al|ing|y)s?")
_ALIKE_FROM = 85.0
"""Similarity, 0..100, as given by rapidfuzz."""

_TELLS_NOTHING = GENERIC | PARTICLES | word_set("am au aux son sons sohne fils hijos figli home city public central")
"""Neither a trade nor a name."""

_Words = tuple[str, ...]


class Shared(NamedTuple):
    """What two names share."""

    weight: float
    """Of the words that have a partner on the other side."""
    own: bool
    """Is a word of the business's own among them?"""
    spelling: Evidence
    ours_alone: list[str]
    theirs_alone: list[str]
    """The words without a partner."""

    @property
    def are_initials_of_others(self) -> bool:
        """Is one's rest the initials of the other's rest: Sample B&B, Sample Bed & Breakfast?"""
        return _abbreviates(self.ours_alone, self.theirs_alone) or _abbreviates(self.theirs_alone, self.ours_alone)

    @property
    def are_two(self) -> bool:
        """Does each name have words that say something else, such as another trade? Of one trade, any may be told."""
        ours, theirs = _telling(self.ours_alone), _telling(self.theirs_alone)
        one, other = _trades(ours), _trades(theirs)
        if not ours or not theirs:
            return _have_initial(self.ours_alone) and _have_initial(self.theirs_alone)
        if one and other:
            return one.isdisjoint(other)
        return fuzz.partial_ratio("".join(ours), "".join(theirs)) < _ALIKE_FROM


def shared(one: _Words, other: _Words) -> Shared:
    """Find a partner for each word, an equal one before one that is spelt otherwise."""
    ours, theirs, weights = [], list(other), []
    for word in one:
        if word in theirs:
            theirs.remove(word)
            weights.append(_weight_of(word))
        else:
            ours.append(word)
    spelling = Evidence.BUSINESS_SAME
    for word in tuple(ours) if theirs else ():
        for partner in theirs:
            if fit := compare_spelling(word, partner):
                ours.remove(word)
                theirs.remove(partner)
                weights.append(min(_weight_of(word), _weight_of(partner)))
                spelling = weakest((spelling, fit))
                break
    return Shared(sum(weights), 1 in weights, spelling, ours, theirs)


def weight(name: Sequence[str]) -> float:
    """How much the words say: those of a trade and initials less than others."""
    return sum(map(_weight_of, name))


def compare_spelling(one: str, other: str, shortest: int = _SHORTEST, slips: int = 0) -> Evidence | None:
    """Is it one word, in another spelling or with a slip, or its initial? None if they are two words.

    In a short word another first letter makes another word, and in a long one if it is not the only slip: Roe is not
    Doe, nor cardiology radiology.
    """
    if one == other:
        return Evidence.BUSINESS_SAME
    if len(one) == 1 or len(other) == 1:
        return Evidence.BUSINESS_SPELLING if one[0] == other[0] and one[0].isalpha() else None
    if abs(len(one) - len(other)) > MOST_SLIPS or one.isdigit() or other.isdigit():
        return None
    shorter = min(len(one), len(other))
    if shorter >= _FOR_PLURAL and one.removesuffix("s") == other.removesuffix("s"):
        return Evidence.BUSINESS_SAME
    if shorter < shortest or (one[0] != other[0] and max(len(one), len(other)) < _LONG_ENOUGH):
        return None
    slips = 1 if one[0] != other[0] else slips or (1 if shorter < 8 else MOST_SLIPS)
    if OSA.distance(one, other, score_cutoff=slips) > slips:
        return Evidence.BUSINESS_SPELLING if _stem(one) == _stem(other) != "" else None
    if are_two_sides(one, other):
        return None
    return Evidence.BUSINESS_SAME if shorter >= _SHORTEST and is_slip(one, other) else Evidence.BUSINESS_SPELLING


def _weight_of(word: str) -> float:
    return _WEIGHT_OF_KIND if word in KINDS or (len(word) == 1 and not word.isdigit()) else 1.0


def _abbreviates(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == 1 < len(other) == len(one[0]) and one[0] == "".join([word[0] for word in other])


def _telling(name: Sequence[str]) -> list[str]:
    """The words that tell a business from others: its own, and those of a trade."""
    return [word for word in name if word in TRADES or (word not in _TELLS_NOTHING and _weight_of(word) == 1)]


def _have_initial(name: Sequence[str]) -> bool:
    """Is there a single letter? Another one is another person's: J Sample Plumbing is not R Sample Plumbing."""
    return any(len(word) == 1 and word.isalpha() for word in name)


def _trades(name: Sequence[str]) -> set[str]:
    return {TRADES[word] for word in name if word in TRADES}


def _stem(word: str) -> str:
    """What precedes the ending of one who does it or of what is done: clean of cleaners and cleaning."""
    found = _FORM.fullmatch(word)
    return found[1] if found else ""
