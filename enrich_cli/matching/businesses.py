"""Does a business have the name that the customer gives its company?

Directories write one name in many ways: shortened, with or without the trade (Art's Deli, Art's Delicatessen), the
owner or the quarter. So the measure is how much of the shorter and of the longer name has a partner on the other side;
words of a trade weigh less than others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.companies import company_words, initials, written_one_way
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.slips import are_two_sides, is_slip
from enrich_cli.matching.text import REMEMBERED, comparable
from enrich_cli.matching.trade_words import KINDS, OUTLETS
from enrich_cli.matching.weights import Evidence, best, weakest

_OTHER_NAME = r"(?:d/?b/?a|t/a|a/?k/?a|f/?k/?a|doing business as|trading as|formerly)\s"
_ALIAS = re.compile(r"[\s(]" + _OTHER_NAME, re.IGNORECASE)
_STORE_NUMBER = re.compile(r"\s(?:#|no\.?|store)\s*(\d{1,9})\s*$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?!" + _OTHER_NAME + r").*?\)", re.IGNORECASE)
_DIRECTIONS = frozenset({"north", "south", "east", "west"})
_WEIGHT_OF_KIND = 0.4
"""The weight of a word of the trade; any other has 1."""
_LONG_ENOUGH = 5
"""Shortest word in which the first letter may be misspelt."""
_MOST_SLIPS = 2
_FOR_PLURAL, _SHORT = 2, 3
"""Shortest word that counts as equal to its plural, and shortest that is no initials: B & B is not B & H."""
_SHORTEST = 4
"""Shortest word in which a slip does not make another word: Lee is not Le, nor Roy Roi."""
_ALL = 0.95
_MOSTLY, _LARGELY, _SOME = 0.7, 0.75, 0.3
"""Shares of a name's weight."""

_Words = tuple[str, ...]


def compare_businesses(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's company with every name of the business, former ones and aliases included."""
    if not customer.company:
        return None
    return best([_compare(customer.company, theirs) for theirs in identity.companies])


def compare_officers(customer: Customer, identity: Identity) -> Evidence | None:
    """Is the customer an officer? Another name is no evidence: a business has many people."""
    found = compare_names(customer, identity)
    return Evidence.OFFICER_SAME if found in _ONE_PERSON else None


_ONE_PERSON = frozenset(
    {Evidence.NAME_SAME, Evidence.NAME_LONGER, Evidence.NAME_NICKNAME, Evidence.NAME_SPELLING, Evidence.NAME_INITIAL}
)


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str) -> Evidence | None:
    every = [_compare_words(one, other) for other in _names(theirs) for one in _names(ours)]
    found = every[0] if len(every) == 1 else best(every)
    if found is not Evidence.BUSINESS_SAME and "".join(company_words(ours)) == "".join(company_words(theirs)) != "":
        return Evidence.BUSINESS_SAME
    return weakest((found, Evidence.BUSINESS_PARTLY)) if found and _are_two_stores(ours, theirs) else found


def _are_two_stores(one: str, other: str) -> bool:
    """Does each name end with a store number, and not the same? They are two stores of one chain."""
    if not one[-1].isdigit() or not other[-1].isdigit():
        return False
    ours, theirs = _STORE_NUMBER.search(one), _STORE_NUMBER.search(other)
    return bool(ours and theirs and int(ours[1]) != int(theirs[1]))


@lru_cache(maxsize=REMEMBERED)
def _names(text: str) -> tuple[_Words, ...]:
    plain = text
    if "(" in text or text.rstrip()[-1:].isdigit():
        plain = _STORE_NUMBER.sub("", _ASIDE.sub("", text)) or text
    texts = [*_ALIAS.split(plain), plain] if _ALIAS.search(plain) else [plain]
    return tuple([written_one_way(company_words(one)) for one in texts if one])


@lru_cache(maxsize=REMEMBERED)
def _compare_words(one: _Words, other: _Words) -> Evidence | None:
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if together := _run_together(one, other):
        return together
    if initials(one) == "".join(other) or initials(other) == "".join(one):
        return Evidence.BUSINESS_ALIKE
    shared, own, spelling = _shared(one, other)
    shorter, longer = sorted((_weight(one), _weight(other)))
    if shared >= _ALL * longer:
        return spelling
    if not own:
        return _compare_trades(one, other, all_shared=shared >= _ALL * shorter)
    if _are_two_outlets(one, other):
        return Evidence.BUSINESS_OUTLET_OTHER
    all_shared = shared >= _ALL * shorter
    if not all_shared and shared < _LARGELY * longer:
        return Evidence.BUSINESS_PARTLY if shared >= _SOME * shorter else Evidence.BUSINESS_OTHER
    if _are_branches(one, other):
        return Evidence.BUSINESS_PARTLY
    if all_shared and shared >= _MOSTLY * longer:
        return weakest((Evidence.BUSINESS_SHORTER, spelling))
    return Evidence.BUSINESS_ALIKE


def _run_together(one: _Words, other: _Words) -> Evidence | None:
    """Are the words the same, perhaps with a different spelling or with one written as two?"""
    ours, theirs = "".join(one), "".join(other)
    if ours == theirs or set(one) == set(other):
        return Evidence.BUSINESS_SAME
    if min(len(ours), len(theirs)) < 8 or not _compare_spelling(ours, theirs) or _are_branches(one, other):
        return None
    if len(one) != len(other):
        return Evidence.BUSINESS_SAME
    found = [_compare_spelling(*pair, shortest=_SHORT, slips=_MOST_SLIPS) for pair in zip(one, other, strict=True)]
    return weakest(filter(None, found)) if all(found) else None


def _are_branches(one: _Words, other: _Words) -> bool:
    """Does each side have a number or direction that the other lacks? Pier 39 is not Pier 23."""
    ours, theirs = _branch(one), _branch(other)
    return bool(ours and theirs and ours - theirs and theirs - ours)


def _branch(name: _Words) -> set[str]:
    return {word for word in name if word in _DIRECTIONS or word.isdigit()}


def _shared(one: _Words, other: _Words) -> tuple[float, bool, Evidence]:
    """The weight of the words that have a partner, whether a word of the business's own is among them, and how they are
    spelt.
    """
    left = list(other)
    shared, own, spelling = 0.0, False, Evidence.BUSINESS_SAME
    for word in one:
        if word in left:
            partner = word
        else:
            fits = ((theirs, fit) for theirs in left if (fit := _compare_spelling(word, theirs)))
            partner, fit = next(fits, ("", spelling))
            spelling = weakest((spelling, fit))
        if partner:
            left.remove(partner)
            weight = min(_weight((word,)), _weight((partner,)))
            shared += weight
            own = own or weight == 1
    return shared, own, spelling


def _compare_trades(one: _Words, other: _Words, *, all_shared: bool) -> Evidence:
    """No word of a business's own agrees; that matters less if one side has none, as The Grill."""
    if not all_shared:
        return Evidence.BUSINESS_OTHER
    one_has_none = KINDS.issuperset(one) or KINDS.issuperset(other)
    return Evidence.BUSINESS_ALIKE if one_has_none else Evidence.BUSINESS_PARTLY


def _are_two_outlets(one: _Words, other: _Words) -> bool:
    """Does each side name a place to eat that the other does not? A hotel's cafe is not its dining room."""
    ours, theirs = OUTLETS.intersection(one), OUTLETS.intersection(other)
    return bool(ours - theirs) and bool(theirs - ours)


def _weight(name: _Words) -> float:
    return sum(_WEIGHT_OF_KIND if word in KINDS or (len(word) == 1 and not word.isdigit()) else 1.0 for word in name)


def _compare_spelling(one: str, other: str, shortest: int = _SHORTEST, slips: int = 0) -> Evidence | None:
    """Is it one word, in another spelling or with a slip? None if they are two words.

    In a short word another first letter makes another word: Roe is not Doe.
    """
    if one == other:
        return Evidence.BUSINESS_SAME
    if abs(len(one) - len(other)) > _MOST_SLIPS or one.isdigit() or other.isdigit():
        return None
    shorter = min(len(one), len(other))
    if shorter >= _FOR_PLURAL and one.removesuffix("s") == other.removesuffix("s"):
        return Evidence.BUSINESS_SAME
    if shorter < shortest or (one[0] != other[0] and max(len(one), len(other)) < _LONG_ENOUGH):
        return None
    slips = slips or (1 if shorter < 8 else _MOST_SLIPS)
    if OSA.distance(one, other, score_cutoff=slips) > slips or are_two_sides(one, other):
        return None
    return Evidence.BUSINESS_SAME if shorter >= _SHORTEST and is_slip(one, other) else Evidence.BUSINESS_SPELLING
