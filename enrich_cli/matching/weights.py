"""What comparing can show, and what it is worth: all numbers for a person. `weights_by_type` has what differs.

The method is that of Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969): pieces of evidence are
independent, and each shifts the odds that both are the same person. Weights are bits (log2 of the factor by which the
odds change), so +1 doubles the odds, and a sum of 0 bits is a confidence of 0.5. They are estimates, which `SLOPE`
calibrates with labelled data. The texts are shown to people and kept in the store; they are constants, so that nobody's
values can get into them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum


class Evidence(Enum):
    """What comparing one subject can show. Absent values are no evidence.

    Families and offices share phone, employer and place, so all of these together do not outweigh another name.
    """

    NAME_SAME = 5.0, "name agrees"
    NAME_LONGER = 4.5, "name agrees (more parts on one side)"
    NAME_NICKNAME = 4.3, "name agrees (nickname)"
    NAME_SPELLING = 4.2, "name agrees (spelling)"
    NAME_INITIAL = 2.0, "name agrees (initial)"
    NAME_GARBLED = 1.6, "name agrees roughly"
    NAME_PART = 1.5, "name agrees (only a part known)"
    NAME_SURNAME_ALONE = 1.5, "surname agrees (no first name known)"
    NAME_INITIALS = 0.5, "name agrees (only initials known)"
    NAME_MIDDLE_OTHER = 0.4, "first name and a surname agree, another part of the name disagrees"
    NAME_OF_MAILBOX = 3.0, "first name agrees, an e-mail bears the other surname"
    NAME_CHANGED = 0.8, "first name and house agree, surname disagrees"
    NAME_PART_ELSEWHERE = 0.0, "only a part of the name agrees, the place disagrees"
    NAME_GENERATION_OTHER = -14.0, "name agrees, generation disagrees"
    NAME_SURNAME_OTHER = -3.4, "surname disagrees, first name agrees"
    NAME_SURNAME_ELSEWHERE = -4.2, "only the surname agrees, the place disagrees"
    NAME_SURNAME_AND_STREET_OTHER = -4.8, "surname and street disagree, first name agrees"
    NAME_PART_OTHER = -12.0, "name disagrees (only a part known)"
    NAME_FIRST_OTHER = -14.0, "first name disagrees, surname agrees"
    NAME_OTHER = -15.0, "name disagrees"
    NAME_HOUSEMATE = -17.5, "first name disagrees, house agrees"

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

    STREET_SAME = 3.5, "street and number agree"
    UNIT_MISSING = 3.2, "street and number agree, only one side names a unit"
    STREET_ALIKE = 3.4, "number agrees, street resembles"
    STREET_TYPE_OTHER = 2.5, "street and number agree but for the street's type or direction"
    STREET_PARTLY = 1.5, "number and part of the street line agree"
    NUMBER_ALIKE = 1.0, "street agrees, number resembles"
    STREET_ALONE = 1.0, "street agrees, a number is missing"
    UNIT_OTHER = 0.5, "street and number agree, unit disagrees"
    STREET_COUNTERPART = 0.4, "number agrees, in the street's counterpart (north and south, street and avenue)"
    NUMBER_OTHER_ESTATE_SAME = 0.4, "street and estate agree, number disagrees"
    NUMBER_OTHER = -3.5, "another number in the same street"
    STREET_OTHER = -1.75, "street disagrees"

    CITY_AND_POSTAL_CODE_SAME = 3.2, "city and postal code agree"
    POSTAL_CODE_SAME = 2.0, "postal code agrees"
    POSTAL_CODE_ALIKE = 2.3, "city agrees, digits of the postal code are swapped"
    CITY_SAME = 1.0, "city agrees"
    STATE_SAME = 0.5, "state agrees"
    COUNTRY_SAME = 0.1, "country agrees"
    CITY_NAMED_OTHERWISE = 0.2, "street and number agree, city disagrees"
    POSTAL_CODE_OTHER = -0.3, "city agrees, postal code disagrees"
    CITY_OTHER_NEAR = -0.9, "state agrees, city disagrees"
    CITY_OTHER = -0.95, "city disagrees"
    POSTAL_AREA_OTHER = -0.95, "postal codes are far apart"
    STATE_OTHER = -1.0, "state disagrees"
    COUNTRY_OTHER = -1.2, "country disagrees"

    BUSINESS_SAME = 5.0, "business name agrees"
    BUSINESS_SHORTER = 4.0, "business name agrees (shorter on one side)"
    BUSINESS_SPELLING = 3.3, "business name agrees (spelling)"
    BUSINESS_ALIKE = 2.2, "business name resembles"
    BUSINESS_PARTLY = -2.0, "business name has words in common"
    BUSINESS_RELATED = -7.0, "business name has words in common, others tell two businesses apart"
    BUSINESS_OUTLET_OTHER = -6.5, "business name agrees, the kind of outlet disagrees"
    BUSINESS_OTHER = -7.5, "business name disagrees"
    PROFILE_ABOUT = -8.0, "profile is about the customer, not of it"
    OFFICER_SAME = 3.0, "an officer has the customer's name"

    OWNER_SAME = 4.0, "owner agrees"
    OWNER_ALIKE = 2.0, "owner resembles"

    def __init__(self, bits: float, reason: str) -> None:
        self.bits = bits
        self.reason = reason

    # Members are singletons; an enumeration's own hash is computed from the name, in Python, at each table lookup.
    __hash__ = object.__hash__


SEARCHED_AGREES = 0.5
"""Factor for agreement on a search field: hits agree on it anyway, so it says less."""
SEARCHED_DISAGREES = 3.0
"""Factor for disagreement on a search field: a hit elsewhere is a namesake, not a move."""

COMMON_NAME = "the name is a common one"

CERTAINTY_NEUTRAL = 0.7
"""A provider's own estimate (0..1) that changes nothing."""
CERTAINTY_RANGE = -4.0, 2.0
"""Bits at the ends of 0..1: an estimate may spoil a hit, but not outvote a contradiction."""
CERTAIN = "provider is sure"
UNCERTAIN = "provider is unsure"

NEAR_RIVAL_BITS = 0.8
"""A rival that has fewer bits, but by less than this, is at least a quarter as likely, and named among the reasons."""
NEAR_RIVAL = "another candidate fits about as well"

BITS_AT_MOST = 13.0
"""The sum is kept within plus and minus this."""
SLOPE = 2.6
"""Factor on the sum that makes the confidence equal to the share that is right, fitted to the tuning halves of the
labelled pairs and of the public set Febrl 4 (J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999):
taken together the weights are too cautious. Nothing is added, so 0 bits remain 0.5.
"""
MISTAKEN = 0.002
"""The share of seemingly certain matches that are wrong: a namesake, a value typed into the wrong row."""
DOUBTED = 0.1
"""The same if the provider itself is unsure: that must remain visible in the confidence, however much agrees."""


def certainty_bits(certainty: float) -> float:
    """What a provider's own estimate (0..1) is worth, in bits."""
    low, high = CERTAINTY_RANGE
    within = min(max(certainty, 0.01), 0.99)
    return min(max(_log_odds(within) - _log_odds(CERTAINTY_NEUTRAL), low), high)


def best(found: Iterable[Evidence | None]) -> Evidence | None:
    """The piece of evidence that fits best; None when nothing could be compared."""
    there = [evidence for evidence in found if evidence]
    return max(there, key=_bits) if len(there) > 1 else there[0] if there else None


def weakest(found: Iterable[Evidence]) -> Evidence:
    """A whole is as good as its weakest part."""
    return min(found, key=_bits)


def _bits(evidence: Evidence) -> float:
    return evidence.bits


def _log_odds(probability: float) -> float:
    return math.log2(probability / (1 - probability))
