"""Every number of the judgement, in one table.

The manner is that of Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969): evidence is independent and
each piece shifts the odds that both are the same person. Weights are bits (log2 of the factor by which the odds
change), so +1 doubles the odds, and 0 bits in sum is a confidence of 0.5. They are estimates, to be sharpened by
labelled data. The texts are shown to people and kept in the store; they are constants, so that no value of anybody can
get into them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum


class How(Enum):
    """The way a record is found."""

    KEY = "key"
    """By a value of its own. That it agrees is in the prior; that the record lists others beside it is normal."""
    SEARCH = "search"
    """By values of many, with a choice among the hits."""


KEY, SEARCH = How.KEY, How.SEARCH


class Prior(Enum):
    """What a lookup is worth before anything is compared: by the fields it found the record by, the first that fit."""

    EMAIL = 2.0, "found by e-mail", KEY, "email"
    LINKEDIN = 2.0, "found by LinkedIn profile", KEY, "linkedin_url"
    TWITTER = 1.5, "found by Twitter handle", KEY, "twitter"
    PHONE = 0.8, "found by phone", KEY, "phone"
    NAME_AND_DOMAIN = -0.5, "searched by name and domain", SEARCH, "name", "domain"
    NAME_AND_COMPANY = -0.5, "searched by name and company", SEARCH, "name", "company"
    NAME_AND_ADDRESS = -0.5, "searched by name and address", SEARCH, "name", "address"
    SHARED_MAILBOX = -1.0, "found by a shared mailbox", KEY, "email"
    NAME = -3.0, "searched by name alone", SEARCH, "name"
    OTHERWISE = -3.0, "found by nothing that is one person's", SEARCH

    def __init__(self, bits: float, reason: str, how: How, *fields: str) -> None:
        self.bits = bits
        self.reason = reason
        self.how = how
        self.fields = frozenset(fields)


class Evidence(Enum):
    """What comparing one subject can show. Absent values are no evidence.

    Families and offices share phone, employer and place, so that all of these together do not outweigh another name.
    """

    NAME_SAME = 5.0, "name agrees"
    NAME_LONGER = 4.5, "name agrees (more parts on one side)"
    NAME_NICKNAME = 4.0, "name agrees (nickname)"
    NAME_SPELLING = 3.0, "name agrees (spelling)"
    NAME_INITIAL = 2.0, "name agrees (initial)"
    NAME_PART = 1.5, "name agrees (only a part known)"
    NAME_INITIALS = 0.5, "name agrees (only initials known)"
    NAME_MIDDLE_OTHER = 0.4, "first name and a surname agree, another part of the name disagrees"
    NAME_SURNAME_OTHER = -2.5, "surname disagrees, first name agrees"
    NAME_PART_OTHER = -9.0, "name disagrees (only a part known)"
    NAME_FIRST_OTHER = -11.0, "first name disagrees, surname agrees"
    NAME_OTHER = -12.0, "name disagrees"

    EMAIL_SAME = 6.0, "e-mail agrees"
    EMAIL_ALIKE = 1.0, "e-mail resembles"
    EMAIL_PRIVATE_OTHER = -4.0, "private e-mail disagrees"
    EMAIL_COLLEAGUE = -5.0, "e-mail is another mailbox of the same domain"

    LINKEDIN_SAME = 6.0, "LinkedIn profile agrees"
    LINKEDIN_OTHER = -2.0, "LinkedIn profile disagrees"
    TWITTER_SAME = 5.0, "Twitter handle agrees"
    TWITTER_OTHER = -1.0, "Twitter handle disagrees"
    PHONE_SAME = 3.0, "phone agrees"
    PHONE_OTHER = -0.5, "phone disagrees"

    DOMAIN_SAME = 2.1, "domain agrees"
    DOMAIN_SISTER = 1.0, "domain agrees but for its ending"
    DOMAIN_OTHER = -1.0, "domain disagrees"
    COMPANY_SAME = 2.0, "company agrees"
    COMPANY_ALIKE = 1.2, "company resembles"
    COMPANY_OTHER = -1.0, "company disagrees"

    POSTAL_CODE_SAME = 1.5, "postal code agrees"
    CITY_SAME = 1.0, "city agrees"
    STATE_SAME = 0.5, "state agrees"
    COUNTRY_SAME = 0.1, "country agrees"
    CITY_OTHER = -0.9, "city disagrees"
    STATE_OTHER = -1.0, "state disagrees"
    COUNTRY_OTHER = -1.2, "country disagrees"

    def __init__(self, bits: float, reason: str) -> None:
        self.bits = bits
        self.reason = reason


SEARCHED_AGREES = 0.5
"""Factor for agreement on a field of a search: hits of a search agree in it anyhow, so it says less."""
SEARCHED_DISAGREES = 3.0
"""Factor for disagreement on a field of a search: a hit elsewhere is a namesake, no move."""

CERTAINTY_NEUTRAL = 0.7
"""A provider's own estimate (0..1) that changes nothing."""
CERTAINTY_RANGE = -4.0, 2.0
"""Bits at the ends of 0..1: an estimate may spoil a hit, and may not outvote a contradiction."""
CERTAIN = "provider is sure"
UNCERTAIN = "provider is unsure"

BITS_AT_MOST = 9.9
"""The sum is kept within plus and minus this, a confidence of 0.001 to 0.999: nothing is ever certain."""


def certainty_bits(certainty: float) -> float:
    """What a provider's own estimate (0..1) is worth, in bits."""
    low, high = CERTAINTY_RANGE
    within = min(max(certainty, 0.01), 0.99)
    return min(max(_log_odds(within) - _log_odds(CERTAINTY_NEUTRAL), low), high)


def best(found: Iterable[Evidence | None]) -> Evidence | None:
    """Of several values the one that fits best counts; None when nothing could be compared."""
    return max((evidence for evidence in found if evidence), key=_bits, default=None)


def weakest(found: Iterable[Evidence]) -> Evidence:
    """A whole is as good as its weakest part."""
    return min(found, key=_bits)


def _bits(evidence: Evidence) -> float:
    return evidence.bits


def _log_odds(probability: float) -> float:
    return math.log2(probability / (1 - probability))
