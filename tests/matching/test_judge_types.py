"""Businesses, profiles and parcels that we believe to be the customer's, and those we don't; and candidates beside."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge, likeliest
from enrich_cli.matching.weights import NEAR_RIVAL

BUSINESS, SOCIAL, PROPERTY = DataType.BUSINESS, DataType.SOCIAL, DataType.PROPERTY
CUSTOMER = Customer(
    id=CustomerId("c1"),
    name="Ada Sample",
    company="Acme Dental Care",
    email="ada@acme-dental.example",
    phone="(312) 555-0142",
    address="120 Example Ave Suite 4",
    city="Chicago",
    state="IL",
    postal_code="60601",
    country="US",
)
HERE = Place(address="120 Example Ave #4", city="Chicago", state="Illinois", postal_code="60601")
BRANCH = Place(address="9 Oak St", city="Chicago", state="Illinois", postal_code="60614")
NEXT_STREET = replace(BRANCH, postal_code="60601")
SPRINGFIELD = Place(city="Springfield", state="IL")
BOSTON = Place(city="Boston", state="MA")
PHONE = "+1 312-555-0142"
OTHER_PHONE = "+1 312-555-0199"


def confidence(data_type: DataType, customer: Customer = CUSTOMER, **told: Any) -> float:
    return judge(data_type, customer, Identity(**told)).confidence


@pytest.mark.parametrize(
    "told",
    [
        {"companies": ("ACME DENTAL CARE",), "places": (HERE,)},
        {"companies": ("Acme Dental",), "places": (replace(HERE, city="Evanston", postal_code=None),)},
        {"companies": ("Acme Dental Clinic",), "phones": (PHONE,), "places": (Place(city="Chicago"),)},
        {"companies": ("Acme Dental Care",), "phones": (PHONE,), "places": (BRANCH,)},
        {"companies": ("ACME DENTAL CARE LLC",), "places": (SPRINGFIELD,), "names": ("Ada Sample",)},
        {"phones": (PHONE,)},
    ],
)  # fmt: skip
def test_this_is_the_business(told: dict[str, Any]) -> None:
    assert confidence(BUSINESS, **told) > 0.5


@pytest.mark.parametrize(
    "told",
    [
        {"companies": ("Acme Dental Care",), "phones": (OTHER_PHONE,), "places": (BRANCH,)},
        {"companies": ("Acme Dental Care",), "domains": ("acme-dental.example",), "places": (NEXT_STREET,)},
        {"companies": ("Acme Dental Care",), "places": (replace(HERE, address="122 Example Ave"),)},
        {"companies": ("Acme Dental Care",), "domains": ("globex.com",), "places": (Place(city="Chicago"),)},
        {"companies": ("Acme Dental Care",), "places": (Place(city="Boston", state="MA"),)},
        {"companies": ("Acme Plumbing",), "places": (Place(city="Chicago", state="IL"),)},
        {"companies": ("Globex",), "phones": (PHONE,), "places": (HERE,)},
        {"companies": ("Acme Pharmacy",), "phones": (PHONE,), "places": (HERE,)},
        {"companies": ("Globex",), "places": (HERE,)},
        {"companies": ("Acme Dental Care",)},
        {},
    ],
)
def test_this_is_another_business(told: dict[str, Any]) -> None:
    assert confidence(BUSINESS, **told) < 0.5


def test_a_name_spelt_otherwise_is_believed_at_the_house_and_not_for_the_town_alone() -> None:
    told: dict[str, Any] = {"companies": ("Acne Dental Care",)}
    town = Customer(id=CustomerId("c3"), company="Acme Dental Care", city="Chicago")
    assert confidence(BUSINESS, town, **told, places=(HERE,)) < 0.5 < confidence(BUSINESS, **told, places=(HERE,))


def test_another_registered_city_is_weaker_evidence_than_another_city_of_a_shop() -> None:
    registered = confidence(BUSINESS, companies=("ACME DENTAL CARE LLC",), places=(SPRINGFIELD,))
    shop = confidence(BUSINESS, companies=("ACME DENTAL CARE LLC",), places=(SPRINGFIELD,), domains=("facebook.com",))
    assert shop < 0.1 < registered


def test_a_page_under_a_platform_s_domain_is_no_contradiction() -> None:
    told: dict[str, Any] = {"companies": ("Acme Dental Care",), "places": (HERE,)}
    assert confidence(BUSINESS, **told, domains=("facebook.com",)) == confidence(BUSINESS, **told)
    assert confidence(BUSINESS, **told, domains=("globex.com",)) < confidence(BUSINESS, **told)


@pytest.mark.parametrize(
    "told",
    [
        {"asked_by": frozenset({"linkedin_url"}), "names": ("Ada Sample",)},
        {"asked_by": frozenset({"twitter"}), "names": ("Acme Dental",)},
        {"asked_by": frozenset({"linkedin_url"})},
        {"asked_by": frozenset({"company"}), "names": ("Acme Dental Care",), "places": (Place(city="Chicago"),)},
        {"asked_by": frozenset({"company"}), "names": ("Acme",), "domains": ("acme-dental.example",)},
    ],
)
def test_this_is_the_customer_s_profile(told: dict[str, Any]) -> None:
    assert confidence(SOCIAL, **told) > 0.5


@pytest.mark.parametrize(
    "told",
    [
        {"asked_by": frozenset({"linkedin_url"}), "names": ("Bob Jones",)},
        {"asked_by": frozenset({"twitter"}), "names": ("Globex",)},
        {"asked_by": frozenset({"company"}), "names": ("Acme Dental Care",), "places": (BOSTON,)},
        {"asked_by": frozenset({"company"}), "names": ("Acme Plumbing",), "places": (Place(city="Chicago"),)},
        {"asked_by": frozenset({"company"})},
    ],
)  # fmt: skip
def test_this_is_another_s_profile(told: dict[str, Any]) -> None:
    assert confidence(SOCIAL, **told) < 0.5


def test_the_same_owner_supports_a_parcel_and_another_is_no_mismatch() -> None:
    silent = confidence(PROPERTY, places=(HERE,))
    assert confidence(PROPERTY, places=(HERE,), names=("JONES BOB",)) == silent > 0.5
    assert confidence(PROPERTY, places=(HERE,), names=("SAMPLE ADA M",)) > silent


def test_a_missing_unit_lowers_and_another_one_contradicts() -> None:
    whole, missing, other = (
        confidence(PROPERTY, places=(replace(HERE, address=f"120 EXAMPLE AVE{unit}"),)) for unit in (" # 4", "", " # 5")
    )
    assert whole > missing > 0.5 > other


def test_a_parcel_in_a_street_that_merely_looks_alike_is_believed_only_if_the_owner_agrees() -> None:
    alike = (replace(HERE, address="120 EXEMPLE AVE # 4"),)
    assert confidence(PROPERTY, places=alike) < 0.5 < confidence(PROPERTY, places=alike, names=("SAMPLE ADA M",))


@pytest.mark.parametrize(
    "place",
    [
        replace(HERE, address="122 Example Ave #4"),
        replace(HERE, address="120 Sample Ave #4"),
        replace(HERE, city="Springfield", postal_code="62701"),
        replace(HERE, address=None),
    ],
)
def test_the_neighbour_s_parcel_is_refused_though_the_owner_agrees(place: Place) -> None:
    assert confidence(PROPERTY, places=(place,), names=("SAMPLE ADA",)) < 0.5


def listing(place: Place, **more: Any) -> Identity:
    return Identity(companies=("Acme Dental Care",), places=(place,), **more)


VAGUE = Customer(id=CustomerId("c2"), company="Acme Dental Care", city="Chicago")


def test_two_branches_that_can_not_be_told_apart_are_both_refused() -> None:
    one, other = listing(HERE), listing(BRANCH)
    assert judge(BUSINESS, VAGUE, one).confidence > 0.5
    assert judge(BUSINESS, VAGUE, one, [other]).confidence < 0.5
    assert NEAR_RIVAL in judge(BUSINESS, VAGUE, one, [other]).reasons
    assert likeliest(BUSINESS, VAGUE, [one, other]) == (0, judge(BUSINESS, VAGUE, one, [other]).confidence)


def test_the_branch_that_fits_is_chosen_and_the_other_hardly_lowers_the_confidence() -> None:
    one, other = listing(HERE), listing(BRANCH)
    alone, beside = judge(BUSINESS, CUSTOMER, one), judge(BUSINESS, CUSTOMER, one, [other])
    assert likeliest(BUSINESS, CUSTOMER, [other, one]) == (1, beside.confidence)
    assert beside.confidence == pytest.approx(alone.confidence, abs=0.01)
    assert NEAR_RIVAL not in beside.reasons


def test_a_listing_that_stands_twice_is_no_rival_of_itself() -> None:
    assert judge(BUSINESS, VAGUE, listing(HERE), [listing(HERE)]) == judge(BUSINESS, VAGUE, listing(HERE))
    alone = judge(BUSINESS, VAGUE, listing(HERE)).confidence
    assert likeliest(BUSINESS, VAGUE, [listing(HERE), listing(HERE)]) == (0, alone)


def test_among_no_candidates_none_is_chosen() -> None:
    assert likeliest(BUSINESS, CUSTOMER, []) is None
