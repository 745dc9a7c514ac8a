"""Does the company agree?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.domains import registrable
from enrich_cli.matching.street_words import CARDINALS, ORDINALS, ordinal
from enrich_cli.matching.text import REMEMBERED, comparable, words
from enrich_cli.matching.trade_words import ABBREVIATIONS
from enrich_cli.matching.vocabulary import AND, GENERIC, LEADING_LEGAL_FORMS, LEGAL_FORMS, PARTICLES, word_set
from enrich_cli.matching.weights import Evidence, best

_WEB_ENDING = re.compile(r"\.(?:com|net|org|io|ai|co)\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(\w{1,2})&(?=\w{1,2}\b)")
"""AT&T is one word."""
_LETTERED_FORM = re.compile(r"(.+?)(p?llc|llp|(?<=..)p[ac])")
"""A legal form or degree that was told letter by letter, after other letters: M D P C, Plan B L L C."""
_BETWEEN = PARTICLES | AND | word_set("n of for in on at by to")
"""Short words that may be left out; any other may be initials."""
_WRITTEN_ONE_WAY = {**ORDINALS, **CARDINALS, **ABBREVIATIONS}
_SAME_FROM, _ALIKE_FROM = 90.0, 85.0
"""Similarities, 0..100, as rapidfuzz gives them."""


def compare_companies(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's company with every company of the identity, whatever their legal forms.

    A company with another name is still the customer's if its domain bears the name: PwC, pwc.com.
    """
    if not customer.company:
        return None
    ours = company_words(customer.company)
    found = best(_compare(ours, company_words(theirs)) for theirs in identity.companies)
    if found is Evidence.COMPANY_OTHER and any(_bears(domain, ours) for domain in identity.domains):
        return Evidence.COMPANY_ALIKE
    return found


def _bears(domain: str, company: tuple[str, ...]) -> bool:
    label = (registrable(domain) or "").partition(".")[0]
    return label.replace("-", "") == "".join(company)


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Evidence | None:
    one, other = written_one_way(ours), written_one_way(theirs)
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if set(one) == set(other) or "".join(one) == "".join(other) or "".join(ours) == "".join(theirs):
        return Evidence.COMPANY_SAME
    if _short(one) == _short(other) and fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= _SAME_FROM:
        return Evidence.COMPANY_SAME
    if initials(one) == "".join(other) or initials(other) == "".join(one):
        return Evidence.COMPANY_ALIKE
    ours_alone, theirs_alone = _distinctive(one), _distinctive(other)
    alike = fuzz.token_set_ratio(" ".join(ours_alone), " ".join(theirs_alone)) >= _ALIKE_FROM
    return Evidence.COMPANY_ALIKE if alike and not _are_two(ours_alone, theirs_alone) else Evidence.COMPANY_OTHER


def _short(company: tuple[str, ...]) -> set[str]:
    return {word for word in company if len(word) < 3 and word not in _BETWEEN}


@lru_cache(maxsize=REMEMBERED)
def company_words(text: str) -> tuple[str, ...]:
    """The words of a company's name without its legal form, articles and "and"."""
    plain = _WEB_ENDING.sub("", text).replace(".", "")
    if "&" in plain:
        plain = _JOINED.sub(r"\1", plain)
    found = [word for word in words(plain) if word not in ("and", "the")]
    if found and len(min(found, key=len)) == 1:
        found = _with_letters_joined(found)
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found.pop()
    if len(found) > 1 and found[0] in LEADING_LEGAL_FORMS:
        del found[0]
    if len(found) > 2 and not AND.isdisjoint(found):
        found = [found[0], *(word for word in found[1:-1] if word not in AND), found[-1]]
    return tuple(found)


def _with_letters_joined(name: Sequence[str]) -> list[str]:
    """Letters beside each other are one word: A & W, J K, H-E-B, A/S."""
    found: list[str] = []
    before = ""
    for word in name:
        letter = word if len(word) == 1 and word.isalpha() else ""
        if letter and before:
            found[-1] += letter
        else:
            found.append(word)
        before = letter
    if before and found[-1] not in LEGAL_FORMS and (parts := _LETTERED_FORM.fullmatch(found[-1])):
        found[-1:] = parts.groups()
    return found


def written_one_way(company: tuple[str, ...]) -> tuple[str, ...]:
    """The words without abbreviations, and numbers in digits."""
    return tuple([_WRITTEN_ONE_WAY.get(word) or (word[0] <= "9" and ordinal(word)) or word for word in company])


def _distinctive(company: tuple[str, ...]) -> list[str]:
    return [word for word in company if word not in GENERIC] or list(company)


def _are_two(one: list[str], other: list[str]) -> bool:
    """Does each name have words that the other lacks, and that are unlike? A bank of Omaha is not one of Alaska."""
    ours = " ".join(word for word in one if word not in other)
    theirs = " ".join(word for word in other if word not in one)
    return bool(ours and theirs) and fuzz.partial_ratio(ours, theirs) < _ALIKE_FROM


@lru_cache(maxsize=REMEMBERED)
def has_legal_form(text: str) -> bool:
    """Does a company's name end with its legal form?"""
    return any(word in LEGAL_FORMS for word in words(text.replace(".", ""))[-1:])


def initials(company: tuple[str, ...]) -> str:
    """The first letters of three or more words, as companies are abbreviated; else nothing."""
    return "".join(word[0] for word in company) if len(company) >= 3 else ""
