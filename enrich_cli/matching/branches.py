"""Do two names of one business tell two branches: by a store number, a state, or what they say in parentheses?"""

from __future__ import annotations

import re

from enrich_cli.matching.companies import company_words
from enrich_cli.matching.regions import state_code
from enrich_cli.matching.text import words
from enrich_cli.matching.vocabulary import LEGAL_FORMS, word_set

OTHER_NAME = r"(?:d/?b/?a|t/a|a/?k/?a|f/?k/?a|doing business as|trading as|formerly)\s"
ASIDE = re.compile(r"\s*\((?!" + OTHER_NAME + r")(.*?)\)", re.IGNORECASE)
"""What stands in parentheses, unless it is announced as another name."""
STORE_NUMBER = re.compile(r"\s(?:#|no\.?|store)\s*(\d{1,9})\s*$", re.IGNORECASE)
_MAY_BE_A_FORM = word_set("pa sc co md")
"""Codes of states that are legal forms or degrees, too: a professional association, a service corporation."""
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
    return _may_end_with_state(one, other) and _are_two_states(_ending(one), _ending(other))


def _are_two_asides(one: str, other: str) -> bool:
    """Have they no word in common: Example Bakery (North), Example Bakery (South)?"""
    ours, theirs = (words(" ".join(ASIDE.findall(name))) for name in (one, other))
    return bool(ours and theirs) and set(ours).isdisjoint(theirs)


def _may_end_with_state(one: str, other: str) -> bool:
    """Does one end with two letters that are no legal form? Without such there are no two states."""
    ours, theirs = company_words(one), company_words(other)
    return bool(ours and theirs) and (len(ours[-1]) == _CODE or len(theirs[-1]) == _CODE)


def _are_two_states(one: str, other: str) -> bool:
    """Of two codes that may be legal forms, such as PA and SC, neither need be a state's."""
    if one == other or (one in _MAY_BE_A_FORM and other in _MAY_BE_A_FORM):
        return False
    ours, theirs = state_code(one), state_code(other)
    return bool(ours and theirs) and ours != theirs


def _ending(name: str) -> str:
    """The last word that is no legal form, unless it is the only one."""
    _, *rest = words(name.replace(".", "")) or ("",)
    while rest and rest[-1] in _FORMS:
        rest.pop()
    return rest[-1] if rest else ""
