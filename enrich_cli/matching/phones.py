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
_ABROAD = re.compile(r"\A\s*(?:\+|00)")
_FROM_NORTH_AMERICA = re.compile(r"\s*011")
_LONGER_THAN_AT_HOME = 13
"""A number of this many digits is never a national one, which may begin with 011, too."""
_OLD_MEXICAN_MOBILE = re.compile(r"\+521(?=[2-9]\d{9}$)")
_NO_REGION = "ZZ"
_NORTH_AMERICA = frozenset({"US", "CA"})
_DIGITS_WITH_THE_1 = 11
_SUBSCRIBER_DIGITS = 7
"""However a number is written, with or without country and area code, these last digits are the same."""


def compare_phones(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's number with every number of the identity; national ones are read as numbers of the
    customer's country, or if that is not known, of the other number's or the United States.
    """
    if not customer.phone or not identity.phones:
        return None
    region = country_code(customer.country or "")
    return best(_compare(customer.phone, theirs, region) for theirs in identity.phones)


def international(phone: str, country: str | None) -> str | None:
    """The digits of a number with its country's code; None if neither the number nor `country` gives that.

    North American numbers are not parsed, which would take long: they have a leading 1 or not.
    """
    region = country_code(country) if country else None
    start = _ABROAD.match(phone) or _dialled_from_north_america(phone, region)
    if start and phone.startswith("1", start.end()):
        number = without_extension(phone[start.end() :])
        return number if len(number) == _DIGITS_WITH_THE_1 else None
    if region is None or region in _NORTH_AMERICA:
        if start is None:
            return None
        phone = f"+{phone[start.end() :]}"
    whole = _e164(phone, region or _NO_REGION)
    return whole.removeprefix("+") if whole else None


def _dialled_from_north_america(phone: str, region: str | None) -> re.Match[str] | None:
    """The 011 in front of a number abroad."""
    start = _FROM_NORTH_AMERICA.match(phone)
    if start and region is None and len(without_extension(phone)) < _LONGER_THAN_AT_HOME:
        return None
    return start if region is None or region in _NORTH_AMERICA else None


def without_extension(phone: str) -> str:
    """The digits of a number up to its extension: `(415) 555-0132 ext. 7`, `415 555 0132 x7`."""
    return _NOT_A_DIGIT.sub("", _EXTENSION.sub("", phone))


@lru_cache(maxsize=REMEMBERED)
def written_otherwise(number: str) -> tuple[str, ...]:
    """The digits of an international number as people also write it: `030 1234567`, `30 1234567`, `+49 (0)30 1234567`,
    `0049 30 1234567` and `011 49 30 1234567`.
    """
    import phonenumbers  # noqa: PLC0415  as below

    parsed = phonenumbers.parse(f"+{number}")
    at_home = _NOT_A_DIGIT.sub("", phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))
    bare = phonenumbers.national_significant_number(parsed)
    return at_home, bare, f"{parsed.country_code}{at_home}", f"00{number}", f"011{number}"


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str, region: str | None) -> Evidence | None:
    one, other = without_extension(ours), without_extension(theirs)
    if min(len(one), len(other)) < _SUBSCRIBER_DIGITS:
        return None
    if one == other:
        return Evidence.PHONE_SAME
    if one[-_SUBSCRIBER_DIGITS:] != other[-_SUBSCRIBER_DIGITS:]:
        return Evidence.PHONE_OTHER
    if region is None and "00" in (ours[:2], theirs[:2]):
        ours, theirs = _ABROAD.sub("+", ours), _ABROAD.sub("+", theirs)
    our_number, their_number = _e164(ours, region or "US"), _e164(theirs, region or "US")
    if not our_number or not their_number:
        return None
    if our_number == their_number:
        return Evidence.PHONE_SAME
    at_home = region is None and (_is_at_home(ours, their_number) or _is_at_home(theirs, our_number))
    return Evidence.PHONE_SAME if at_home else Evidence.PHONE_OTHER


def _is_at_home(phone: str, number: str) -> bool:
    """Is it the same number, written as in its own country? Only a leading 0 tells it from a North American one."""
    if not without_extension(phone).startswith("0"):
        return False
    import phonenumbers  # noqa: PLC0415  as below

    region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return bool(region) and _e164(phone, region) == number


@lru_cache(maxsize=REMEMBERED)
def _e164(text: str, region: str) -> str | None:
    import phonenumbers  # noqa: PLC0415  its import takes 13 ms, and digits alone mostly decide

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _OLD_MEXICAN_MOBILE.sub("+52", whole)
