"""When a phone number agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.phones import compare_phones, international, written_otherwise
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str, country: str | None = None) -> Evidence | None:
    return compare_phones(Customer(id=CustomerId("c1"), phone=ours, country=country), Identity(phones=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs", "country"),
    [
        ("(415) 555-0132", "415.555.0132", None),
        ("(415) 555-0132", "+14155550132", None),
        ("(415) 555-0132 ext. 12", "+1 415 555 0132", None),
        ("030 1234567", "+49 30 1234567", "Germany"),
        ("+44 (0)20 7946 0018", "+442079460018", None),
        ("0044 20 7946 0018", "+442079460018", None),
        ("020 7946 0018", "+44 20 7946 0018", None),
        ("+44 20 7946 0018", "(020) 7946 0018", None),
        ("55 5550 0100", "+52 1 55 5550 0100", "Mexico"),
    ],
)
def test_one_number_can_be_written_in_several_ways(ours: str, theirs: str, country: str | None) -> None:
    assert compare(ours, theirs, country=country) is Evidence.PHONE_SAME


@pytest.mark.parametrize("theirs", ["+1 415 555 0199", "+1 628 555 0132", "+44 415 555 0132", "+49 415 5550132"])
def test_another_subscriber_area_or_country_is_another_number(theirs: str) -> None:
    assert compare("(415) 555-0132", theirs) is Evidence.PHONE_OTHER


@pytest.mark.parametrize("theirs", ["", "911", "unknown", "+999 5550132"])
def test_what_is_no_number_says_nothing(theirs: str) -> None:
    assert compare("(415) 555-0132", theirs) is None


def test_people_have_several_numbers_and_one_that_fits_is_enough() -> None:
    assert compare("(415) 555-0132", "+12125550199", "+14155550132") is Evidence.PHONE_SAME


def test_without_a_number_of_the_customer_there_is_nothing_to_say() -> None:
    assert compare_phones(Customer(id=CustomerId("c1"), name="Ada"), Identity(phones=("+14155550132",))) is None


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        ("030 1234567", "Germany", "49301234567"),
        ("+49 (0)30 1234567", None, "49301234567"),
        ("0049 30 1234567", "de", "49301234567"),
        ("0049 30 1234567", None, "49301234567"),
        (" +49 30 1234567", "France", "49301234567"),
        ("+49 30 1234567", "US", "49301234567"),
        ("(415) 555-0132", "US", None),
        ("+1 415 555 0132", None, "14155550132"),
        ("001 415 555 0132", "Germany", "14155550132"),
        ("+1 555 0132", None, None),
        ("030 1234567", None, None),
        ("030 1234567", "Atlantis", None),
        ("+999 5550132", None, None),
        ("none", "Germany", None),
    ],
)
def test_the_country_is_told_by_the_number_or_beside_it(phone: str, country: str | None, number: str | None) -> None:
    assert international(phone, country) == number


@pytest.mark.parametrize("phone", ["030 1234567", "30 1234567", "+49 (0)30 1234567", "0049 30 1234567"])
def test_people_write_a_number_in_many_ways(phone: str) -> None:
    assert "".join(filter(str.isdigit, phone)) in written_otherwise("49301234567")
