"""Phone numbers as vendors want them."""

from __future__ import annotations

import pytest

from enrich_cli.providers.phones import e164


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
