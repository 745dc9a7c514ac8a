"""Phone numbers as vendors want them."""

from __future__ import annotations

from enrich_cli.matching.regions import country_code


def e164(phone: str, country: str | None) -> str | None:
    """A number such as `+12125550123`; None when it is no valid number.

    A number without a country code is read as one of `country` (a name or a two-letter code; the US when it is None).
    In a country that is not recognised only numbers with a country code are valid: a guess could be somebody else's.
    """
    import phonenumbers  # noqa: PLC0415  its import is slow, and many a source has no phone

    region = (country_code(country) or country.upper()) if country else "US"
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
