"""Whom we believe to be the customer, and whom not. 0.5 is what most people ask for at least."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import FIELDS, Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.comparisons import READS
from enrich_cli.matching.judge import judge

BY_EMAIL = frozenset({"email"})
BY_LINKEDIN = frozenset({"linkedin_url"})
BY_PHONE = frozenset({"phone"})
BY_NAME_AND_COMPANY = frozenset({"name", "company"})
BY_NAME_AND_ADDRESS = frozenset({"name", "address", "postal_code"})

ADA = Customer(
    id=CustomerId("c1"),
    name="Ada Sample",
    email="ada@example.com",
    company="Example Pumps",
    city="Springfield",
    state="IL",
)
NAMELESS = Customer(id=CustomerId("c2"), email="ada77@gmail.com")
HOME = Place(city="Springfield", state="Illinois")


def confidence(customer: Customer, asked_by: frozenset[str], **told: Any) -> float:
    """The confidence in an identity that tells these fields."""
    return judge(DataType.PERSON, customer, replace(Identity(asked_by=asked_by), **told)).confidence


@pytest.mark.parametrize(
    ("asked_by", "told"),
    [
        (BY_EMAIL, {"names": ("Ada Sample",)}),
        (BY_EMAIL, {"names": ("Sample, Ada",)}),
        (BY_EMAIL, {"names": ("Dr. Ada M. Sample",), "companies": ("Globex",)}),
        (BY_EMAIL, {"names": ("Ada Sampel",)}),
        (BY_EMAIL, {"names": ("A. Sample",)}),
        (BY_EMAIL, {"names": ("Ada Jones",), "companies": ("Example Pumps, Inc.",)}),
        (BY_EMAIL, {"names": ("Bob Jones", "Ada Sample")}),
        (BY_EMAIL, {"names": ("Ada Sample",), "certainty": 0.3}),
        (BY_EMAIL, {"companies": ("Globex",)}),
        (BY_EMAIL, {"emails": ("somebody.else@gmail.com",)}),
        (BY_LINKEDIN, {"names": ("Ada Sample",), "linkedin": ("in/another-handle",)}),
        (BY_PHONE, {"names": ("Ada Sample",)}),
        (BY_NAME_AND_COMPANY, {"names": ("Ada Sample",), "companies": ("Example Pumps",)}),
        (BY_NAME_AND_COMPANY, {"certainty": 0.97}),
        (BY_NAME_AND_ADDRESS, {"names": ("Ada Sample",), "places": (HOME,)}),
    ],
)
def test_this_is_the_customer(asked_by: frozenset[str], told: dict[str, Any]) -> None:
    assert confidence(ADA, asked_by, **told) > 0.6


@pytest.mark.parametrize(
    ("asked_by", "told"),
    [
        (BY_EMAIL, {"names": ("Bob Jones",)}),
        (BY_EMAIL, {"names": ("Bob Jones",), "companies": ("Example Pumps",), "places": (HOME,), "certainty": 1.0}),
        (BY_EMAIL, {"names": ("Bob Sample",), "companies": ("Example Pumps",), "places": (HOME,)}),
        (BY_EMAIL, {"names": ("Ada Jones",), "companies": ("Globex",)}),
        (BY_LINKEDIN, {"names": ("Bob Jones",), "companies": ("Example Pumps",)}),
        (BY_LINKEDIN, {"emails": ("bob.jones@example.com",), "companies": ("Example Pumps",)}),
        (BY_PHONE, {"names": ("Bob Sample",), "places": (HOME,)}),
        (BY_NAME_AND_COMPANY, {"names": ("Ada Sample",), "companies": ("Globex",)}),
        (BY_NAME_AND_COMPANY, {"names": ("Ada Jones",), "companies": ("Example Pumps",)}),
        (BY_NAME_AND_COMPANY, {"certainty": 0.5}),
        (BY_NAME_AND_ADDRESS, {"names": ("Ada Sample",), "places": (Place(state="Maine"),)}),
        (frozenset({"name"}), {"names": ("Ada Sample",)}),
        (frozenset(), {}),
    ],
)
def test_this_is_somebody_else(asked_by: frozenset[str], told: dict[str, Any]) -> None:
    assert confidence(ADA, asked_by, **told) < 0.5


def test_a_provider_that_was_asked_by_email_is_believed_when_there_is_nothing_to_compare() -> None:
    assert confidence(NAMELESS, BY_EMAIL, names=("Ada Sample",)) == pytest.approx(0.95, abs=0.04)


def test_another_full_name_is_far_below_the_threshold_though_the_company_agrees() -> None:
    assert confidence(ADA, BY_EMAIL, names=("Bob Jones",), companies=("Example Pumps",)) < 0.1


def test_the_better_a_name_fits_the_surer_we_are() -> None:
    ranking = [
        "Ada Sample",
        "Ada Maria Sample",
        "Ada Sampel",
        "A. Sample",
        "A. S.",
        "Ada Jones",
        "Bob Sample",
        "Bob Jones",
    ]
    confidences = [confidence(ADA, BY_EMAIL, names=(name,)) for name in ranking]
    assert confidences == sorted(confidences, reverse=True)
    in_doubt = confidences[2:-1]
    assert len(set(in_doubt)) == len(in_doubt)


def test_nothing_is_certain_for_or_against() -> None:
    told = {"names": ("Ada Sample",), "companies": ("Example Pumps",), "places": (HOME,), "certainty": 1.0}
    assert confidence(ADA, BY_EMAIL, **told) == pytest.approx(0.998)
    assert confidence(ADA, BY_EMAIL, names=("Bob Jones",)) == pytest.approx(0.04)


NUMBER_MISTYPED = Place(address="41 Evergreen Terrace", city="Springfield", state="IL", postal_code="62701")
NEIGHBOUR = Place(address="20 Evergreen Terrace", city="Springfield", state="IL", postal_code="62701")
ACROSS_TOWN = Place(address="20 Oak Avenue", city="Springfield", state="IL", postal_code="62701")


def test_another_number_in_the_same_street_outweighs_name_and_town() -> None:
    ada = ADA._replace(address="14 Evergreen Terrace", postal_code="62701")
    for name in ("Ada Sample", "Ada M. Sample", "Sample", "A. Sample"):
        assert confidence(ada, BY_NAME_AND_ADDRESS, names=(name,), places=(NEIGHBOUR,)) < 0.5
    assert confidence(ada, BY_NAME_AND_ADDRESS, names=("Bob Sample",), places=(NEIGHBOUR,)) < 0.05


def test_another_number_does_not_outweigh_what_is_one_persons() -> None:
    ada = ADA._replace(address="14 Evergreen Terrace", postal_code="62701")
    told = {"names": ("Ada Sample",), "places": (NEIGHBOUR,)}
    assert confidence(ada, BY_EMAIL, **told) > 0.9
    assert confidence(ada, BY_PHONE, **told) > 0.9
    assert confidence(ada, BY_NAME_AND_ADDRESS, emails=("ada@example.com",), **told) > 0.9


def test_people_move_across_town_rather_than_along_their_street() -> None:
    ada = ADA._replace(address="14 Evergreen Terrace", postal_code="62701")
    confidences = [
        confidence(ada, BY_NAME_AND_ADDRESS, names=("Ada Sample",), places=(place,))
        for place in (NUMBER_MISTYPED, ACROSS_TOWN, NEIGHBOUR)
    ]
    assert confidences == sorted(set(confidences), reverse=True)
    assert confidence(ada, BY_NAME_AND_ADDRESS, names=("Sample",), places=(ACROSS_TOWN,)) < 0.5


def test_a_unique_key_is_worth_more_than_a_phone_and_a_phone_more_than_a_search() -> None:
    keys = (BY_EMAIL, BY_PHONE, BY_NAME_AND_COMPANY, frozenset({"name"}))
    confidences = [confidence(NAMELESS, key) for key in keys]
    assert confidences == sorted(set(confidences), reverse=True)


def test_first_and_last_name_make_a_search_by_name() -> None:
    parts = frozenset({"first_name", "last_name", "company"})
    assert confidence(ADA, parts, names=("Ada Sample",)) == confidence(ADA, BY_NAME_AND_COMPANY, names=("Ada Sample",))


def test_a_shared_mailbox_is_no_key_of_one_person() -> None:
    office = Customer(id=CustomerId("c3"), email="info@example.com")
    assert confidence(office, BY_EMAIL, names=("Bob Jones",)) < 0.5


def test_the_key_it_was_found_by_counts_once_and_an_echo_of_it_nothing() -> None:
    assert confidence(ADA, BY_EMAIL, emails=("ada@example.com",)) == confidence(ADA, BY_EMAIL)


def test_the_provider_s_own_estimate_shifts_the_confidence() -> None:
    low, none, high = (confidence(ADA, BY_EMAIL, certainty=certainty) for certainty in (0.4, None, 0.95))
    assert low < none < high


def test_that_the_provider_is_unsure_shows_however_much_agrees() -> None:
    told = {"names": ("Ada Sample",), "companies": ("Example Pumps",), "places": (HOME,)}
    unsure, sure = (confidence(ADA, BY_EMAIL, **told, certainty=certainty) for certainty in (0.5, None))
    assert 0.5 < unsure < sure - 0.05


def test_another_employer_is_weak_evidence_for_a_unique_key_and_strong_for_a_search() -> None:
    told = {"names": ("Ada Sample",), "companies": ("Globex",)}
    assert confidence(ADA, BY_EMAIL, **told) > 0.9
    assert confidence(ADA, BY_NAME_AND_COMPANY, **told) < 0.5


def test_reasons_come_in_order_of_weight() -> None:
    identity = Identity(asked_by=BY_EMAIL, names=("Ada Sample",), companies=("Globex",), places=(HOME,), certainty=0.8)
    assert judge(DataType.PERSON, ADA, identity).reasons == (
        "name agrees",
        "found by e-mail",
        "company disagrees",
        "city agrees",
        "provider is sure",
    )


def test_what_is_not_there_gives_no_reason() -> None:
    assert judge(DataType.PERSON, NAMELESS, Identity(asked_by=BY_EMAIL, names=("Ada Sample",))).reasons == (
        "found by e-mail",
    )


def test_it_tells_which_customer_fields_it_reads() -> None:
    assert READS[DataType.PERSON] == set(FIELDS)
    assert set(FIELDS) - READS[DataType.BUSINESS] == {"linkedin_url", "twitter"}
    assert READS[DataType.SOCIAL] == set(FIELDS)
    assert set(FIELDS) - READS[DataType.PROPERTY] == {"email", "phone", "domain", "linkedin_url", "twitter"}
