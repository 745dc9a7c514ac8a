"""Does a business have the name that the customer gives its company?

Directories write one name in many ways: shortened, with or without the trade (Art's Deli, Art's Delicatessen), the
owner or the quarter. So the measure is how much of the shorter and of the longer name has a partner on the other side;
words of a trade weigh less than others. Relatives, tenants and departments share a name in part, often with house and
phone; what tells them apart is that each has words which the other lacks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.branches import ASIDE, OTHER_NAME, STORE_NUMBER, are_two_branches
from enrich_cli.matching.business_words import MOST_SLIPS, Shared, compare_spelling, shared, weight
from enrich_cli.matching.companies import company_words, has_legal_form, initials, written_one_way
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.text import REMEMBERED, comparable
from enrich_cli.matching.trade_words import KINDS, OUTLETS
from enrich_cli.matching.weights import Evidence, best, weakest

_ALIAS = re.compile(r"[\s(]" + OTHER_NAME, re.IGNORECASE)
_DIRECTIONS = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"))
_SHORT = 3
"""Shortest word that is no initials: B & B is not B & H."""
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
    if found is not Evidence.BUSINESS_SAME and (
        "".join(company_words(ours)) == "".join(company_words(theirs)) != ""
        or ("(" in ours and _is_called_aside(ours, theirs))
        or ("(" in theirs and _is_called_aside(theirs, ours))
    ):
        found = Evidence.BUSINESS_SAME
    if found and found.bits > Evidence.BUSINESS_PARTLY.bits and are_two_branches(ours, theirs):
        return Evidence.BUSINESS_PARTLY
    return found


def _is_called_aside(one: str, other: str) -> bool:
    """Does one give a firm and in parentheses what it trades as, which is the other: Globex LLC (Example Bakery)?

    Only a legal form, before or in the parentheses, tells that from a branch, such as Example Bakery (Midtown).
    """
    aside = ASIDE.search(one)
    if not aside or not (has_legal_form(one[: aside.start()]) or has_legal_form(aside[1])):
        return False
    name = written_one_way(company_words(aside[1]))
    if KINDS.issuperset(name):
        return False
    return any(_compare_words(name, theirs) is Evidence.BUSINESS_SAME for theirs in _names(other))


@lru_cache(maxsize=REMEMBERED)
def _names(text: str) -> tuple[_Words, ...]:
    plain = text
    if "(" in text or text.rstrip()[-1:].isdigit():
        plain = STORE_NUMBER.sub("", ASIDE.sub("", text)) or text
    texts = [*_ALIAS.split(plain), plain] if _ALIAS.search(plain) else [plain]
    return tuple([written_one_way(company_words(one)) for one in texts if one])


@lru_cache(maxsize=REMEMBERED)
def _compare_words(one: _Words, other: _Words) -> Evidence | None:
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if together := _run_together(one, other):
        return together
    common = shared(one, other)
    shorter, longer = sorted((weight(one), weight(other)))
    if common.weight >= _ALL * longer:
        return common.spelling
    if common.are_initials_of_others or initials(one) == "".join(other) or initials(other) == "".join(one):
        return Evidence.BUSINESS_ALIKE
    if not common.own:
        return _compare_trades(one, other, all_shared=common.weight >= _ALL * shorter)
    if _are_two_outlets(one, other):
        return Evidence.BUSINESS_OUTLET_OTHER
    return _compare_shares(common, shorter, longer, are_branches=_are_branches(one, other))


def _compare_shares(common: Shared, shorter: float, longer: float, *, are_branches: bool) -> Evidence:
    """What two names of these weights say by what they share."""
    all_shared = common.weight >= _ALL * shorter
    if not all_shared and common.weight < _LARGELY * longer:
        if common.weight < _SOME * shorter:
            return Evidence.BUSINESS_OTHER
        return Evidence.BUSINESS_RELATED if common.are_two else Evidence.BUSINESS_PARTLY
    if common.are_two or are_branches:
        return Evidence.BUSINESS_PARTLY
    if all_shared and common.weight >= _MOSTLY * longer:
        return weakest((Evidence.BUSINESS_SHORTER, common.spelling))
    return Evidence.BUSINESS_ALIKE


def _run_together(one: _Words, other: _Words) -> Evidence | None:
    """Are the words the same, perhaps with a different spelling or with one written as two?"""
    ours, theirs = "".join(one), "".join(other)
    if ours == theirs or set(one) == set(other):
        return Evidence.BUSINESS_SAME
    if min(len(ours), len(theirs)) < 8 or not compare_spelling(ours, theirs) or _are_branches(one, other):
        return None
    if len(one) != len(other):
        return None if set(one) <= set(other) or set(other) <= set(one) else Evidence.BUSINESS_SAME
    found = [compare_spelling(*pair, shortest=_SHORT, slips=MOST_SLIPS) for pair in zip(one, other, strict=True)]
    return weakest(filter(None, found)) if all(found) else None


def _are_branches(one: _Words, other: _Words) -> bool:
    """Does each side have a number or direction that the other lacks? Pier 39 is not Pier 23."""
    ours, theirs = _branch(one), _branch(other)
    return bool(ours and theirs and ours - theirs and theirs - ours)


def _branch(name: _Words) -> set[str]:
    return {word for word in name if word in _DIRECTIONS or word.isdigit()}


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
