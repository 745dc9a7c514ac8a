"""Phone numbers as vendors want them."""

from __future__ import annotations

import pytest

from enrich_cli.providers.phones import PhoneNumber, e164, phone_number


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        ("(212) 555-0123", None, "+12125550123"),
        ("212.555.0123 ext. 7", None, "+12125550123"),
        ("+44 20 7946 0958", None, "+442079460958"),
        ("020 7946 0958", "United Kingdom", "+442079460958"),
        ("030 901820", "de", "+4930901820"),
        ("+1 212 555 0123", "Germany", "+12125550123"),
        ("+1 212 555 0123", "Atlantis", "+12125550123"),
    ],
)
def test_a_number_is_read_as_one_of_its_country_and_else_of_the_us(
    phone: str, country: str | None, number: str
) -> None:
    assert e164(phone, country) == number


@pytest.mark.parametrize(
    ("phone", "country"), [("555-0123", None), ("call me", None), ("+1 212", None), ("212 555 0123", "Atlantis")]
)
def test_what_is_no_valid_number_is_none(phone: str, country: str | None) -> None:
    assert e164(phone, country) is None


@pytest.mark.parametrize(
    ("phone", "country", "parts"),
    [
        ("(212) 555-0123", None, PhoneNumber(1, "2125550123", "US")),
        ("+44 20 7946 0958", "US", PhoneNumber(44, "2079460958", "GB")),
        ("02 1234 5678", "it", PhoneNumber(39, "0212345678", "IT")),
        ("+800 1234 5678", None, PhoneNumber(800, "12345678", None)),
    ],
)
def test_a_number_is_taken_apart(phone: str, country: str | None, parts: PhoneNumber) -> None:
    assert phone_number(phone, country) == parts
