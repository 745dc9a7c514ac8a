"""Phone numbers as vendors want them."""

from __future__ import annotations

import msgspec

from enrich_cli.matching.regions import country_code


class PhoneNumber(msgspec.Struct, frozen=True):
    """A valid number and its parts."""

    calling_code: int
    national: str
    region: str | None
    """The two-letter code of its country; None for a number of no country, such as +800."""


def e164(phone: str, country: str | None) -> str | None:
    """A number such as `+12125550123`; None if it is not valid (see `phone_number`)."""
    number = phone_number(phone, country)
    return f"+{number.calling_code}{number.national}" if number else None


def phone_number(phone: str, country: str | None) -> PhoneNumber | None:
    """The parts of a number; None if it is not valid.

    A number without a country code is read as one of `country` (a name or a two-letter code; the US if None). For an
    unrecognised country only numbers with a country code are valid: a guess could be somebody else's.
    """
    import phonenumbers  # noqa: PLC0415  its import is slow, and many a source has no phone

    region = (country_code(country) or country.upper()) if country else "US"
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.country_code is None:
        return None
    belongs_to = phonenumbers.region_code_for_number(number)
    return PhoneNumber(
        number.country_code,
        phonenumbers.national_significant_number(number),
        belongs_to if belongs_to and belongs_to.isalpha() else None,
    )
