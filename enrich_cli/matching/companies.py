"""Does the company agree?"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.text import REMEMBERED, comparable, words
from enrich_cli.matching.vocabulary import GENERIC, LEGAL_FORMS
from enrich_cli.matching.weights import Evidence, best

_WEB_ENDING = re.compile(r"\.(?:com|net|org|io|ai|co)\b", re.IGNORECASE)
_SAME_FROM, _ALIKE_FROM = 90.0, 85.0
"""Similarities, 0..100, as rapidfuzz gives them."""


def compare_companies(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's company with every company of the identity, whatever their legal forms."""
    if not customer.company:
        return None
    ours = company_words(customer.company)
    return best(_compare(ours, company_words(theirs)) for theirs in identity.companies)


@lru_cache(maxsize=REMEMBERED)
def _compare(one: tuple[str, ...], other: tuple[str, ...]) -> Evidence | None:
    if not one or not other or not comparable("".join(one), "".join(other)):
        return None
    if set(one) == set(other) or "".join(one) == "".join(other):
        return Evidence.COMPANY_SAME
    if fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= _SAME_FROM:
        return Evidence.COMPANY_SAME
    if initials(one) == "".join(other) or initials(other) == "".join(one):
        return Evidence.COMPANY_ALIKE
    similarity = fuzz.token_set_ratio(_distinctive(one), _distinctive(other))
    return Evidence.COMPANY_ALIKE if similarity >= _ALIKE_FROM else Evidence.COMPANY_OTHER


@lru_cache(maxsize=REMEMBERED)
def company_words(text: str) -> tuple[str, ...]:
    """The words of a company's name without its legal form, articles and "and"."""
    plain = _WEB_ENDING.sub("", text).replace(".", "")
    found = [word for word in words(plain) if word not in ("and", "the")]
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found.pop()
    return tuple(found)


def _distinctive(company: tuple[str, ...]) -> str:
    return " ".join([word for word in company if word not in GENERIC] or company)


@lru_cache(maxsize=REMEMBERED)
def has_legal_form(text: str) -> bool:
    """Does a company's name end with its legal form?"""
    return any(word in LEGAL_FORMS for word in words(text.replace(".", ""))[-1:])


def initials(company: tuple[str, ...]) -> str:
    """First letters of three words and more, as companies are abbreviated; else nothing."""
    return "".join(word[0] for word in company) if len(company) >= 3 else ""
