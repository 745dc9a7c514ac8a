"""Do two names of one business tell two branches: by a store number, a state, or what they say in parentheses?"""

from __future__ import annotations

import re

from enrich_cli.matching.companies import company_words, has_legal_form
from enrich_cli.matching.regions import country_code, state_code
from enrich_cli.matching.street_words import DIRECTIONS
from enrich_cli.matching.text import words
from enrich_cli.matching.vocabulary import LEGAL_FORMS, word_set

OTHER_NAME = r"(?:d/?b/?a|t/a|a/?k/?a|f/?k/?a|doing business as|trading as|formerly)\s"
ASIDE = re.compile(r"\s*\((?!" + OTHER_NAME + r")([^()]*(?:\([^()]*\)[^()]*)*)\)", re.IGNORECASE)
"""What stands in parentheses, unless it is announced as another name. A text full of `(` is read once."""
STORE_NUMBER = re.compile(r"\s(?:#|no\.?|store)\s*(\d{1,9})\s*$", re.IGNORECASE)
_MAY_BE_A_FORM = word_set("pa sc md")
"""Codes of states that are legal forms or degrees, too: a professional association, a service corporation. With points,
as in P.A., they are no states; and Co is hardly ever Colorado.
"""
_CODE = 2
"""Letters of a state's code."""
_FORMS = LEGAL_FORMS - _MAY_BE_A_FORM


def are_two_branches(one: str, other: str) -> bool:
    """Does each name end with a store number or a state, or say something in parentheses, and not the same?"""
    ends = one[-1] + other[-1]
    if ends == "))":
        return _are_two_asides(one, other)
    if ends.isdigit():
        ours, theirs = STORE_NUMBER.search(one), STORE_NUMBER.search(other)
        return bool(ours and theirs and int(ours[1]) != int(theirs[1]))
    return _may_end_with_state(one, other) and _are_two_states(one, other)


def _are_two_asides(one: str, other: str) -> bool:
    """Have they no word in common: Example Bakery (North), Example Bakery (South)? A firm is no branch."""
    ours, theirs = (" ".join(ASIDE.findall(name)) for name in (one, other))
    if has_legal_form(ours) != has_legal_form(theirs):
        return False
    here, there = _aside_words(ours), _aside_words(theirs)
    return bool(here and there) and here.isdisjoint(there)


def _aside_words(text: str) -> set[str]:
    """The words in parentheses without legal forms; of a state, a country and a direction, the code."""
    if code := state_code(text) or country_code(text):
        return {code.lower()}
    return {DIRECTIONS.get(word, word) for word in words(text) if word not in LEGAL_FORMS}


def _may_end_with_state(one: str, other: str) -> bool:
    """Does one end with two letters that are no legal form? Without such there are no two states."""
    ours, theirs = company_words(one), company_words(other)
    return bool(ours and theirs) and (len(ours[-1]) == _CODE or len(theirs[-1]) == _CODE)


def _are_two_states(one: str, other: str) -> bool:
    """Does each end with a state of which the other says nothing? Sample Drive-In is also Sample Drive-In LA.

    Of two codes that may be legal forms, such as PA and SC, neither need be a state's.
    """
    (*before, ours), (*earlier, theirs) = _without_forms(one), _without_forms(other)
    if not before or not earlier or ours in earlier or theirs in before:
        return False
    if _MAY_BE_A_FORM.issuperset((ours, theirs)):
        return False
    here, there = _state(before, ours), _state(earlier, theirs)
    return bool(here and there) and here != there


def _state(before: list[str], last: str) -> str | None:
    """The state that ends a name: West Virginia is not Virginia."""
    return state_code(f"{before[-1]} {last}") or state_code(last)


def _without_forms(name: str) -> list[str]:
    """The words without the legal forms at the end, but for the first."""
    found = list(words(name.replace(".", "")))
    if len(found) > 1 and name.endswith(".") and found[-1] in _MAY_BE_A_FORM:
        found.pop()
    while len(found) > 1 and found[-1] in _FORMS:
        found.pop()
    return found
