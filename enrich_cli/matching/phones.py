"""Does a phone number agree?"""

from __future__ import annotations

import re
from functools import lru_cache

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.regions import country_code
from enrich_cli.matching.text import REMEMBERED
from enrich_cli.matching.weights import Evidence, best

_EXTENSION = re.compile(r"(?:;ext=|\bext\b|\bextension\b|x|#).*", re.IGNORECASE | re.DOTALL)
_NOT_A_DIGIT = re.compile(r"\D+")
_SUBSCRIBER_DIGITS = 7
"""However a number is written, with or without country and area, its last digits are the same."""


def compare_phones(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's number with every number of the identity; national ones are read as of their country."""
    if not customer.phone or not identity.phones:
        return None
    region = country_code(customer.country or "") or "US"
    return best(_compare(customer.phone, theirs, region) for theirs in identity.phones)


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str, region: str) -> Evidence | None:
    one, other = _digits(ours), _digits(theirs)
    if min(len(one), len(other)) < _SUBSCRIBER_DIGITS:
        return None
    if one == other:
        return Evidence.PHONE_SAME
    if one[-_SUBSCRIBER_DIGITS:] != other[-_SUBSCRIBER_DIGITS:]:
        return Evidence.PHONE_OTHER
    our_number, their_number = _e164(ours, region), _e164(theirs, region)
    if not our_number or not their_number:
        return None
    return Evidence.PHONE_SAME if our_number == their_number else Evidence.PHONE_OTHER


def _digits(text: str) -> str:
    return _NOT_A_DIGIT.sub("", _EXTENSION.sub("", text))


@lru_cache(maxsize=REMEMBERED)
def _e164(text: str, region: str) -> str | None:
    import phonenumbers  # noqa: PLC0415  its import takes 13 ms, and digits alone mostly decide

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
