"""When the name that a profile shows agrees."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge
from enrich_cli.matching.profiles import compare_profiles
from enrich_cli.matching.weights import Evidence

ADA = Customer(id=CustomerId("c1"), name="Ada Sample", company="Example Pumps")


@pytest.mark.parametrize(
    ("shown", "evidence"),
    [
        ("Ada Sample", Evidence.NAME_SAME),
        ("Example Pumps, Inc.", Evidence.BUSINESS_SAME),
        ("Bob Jones", Evidence.BUSINESS_OTHER),
        ("Globex", Evidence.BUSINESS_OTHER),
    ],
)
def test_of_name_and_company_the_one_that_fits_better_counts(shown: str, evidence: Evidence) -> None:
    assert compare_profiles(ADA, Identity(names=(shown,))) is evidence


@pytest.mark.parametrize(
    "shown",
    [
        "Not Ada Sample",
        "Ada Sample (Parody)",
        "Example Pumps Fans",
        "Boycott Example Pumps",
        "Friends of Example Pumps",
    ],
)
def test_a_profile_about_somebody_is_not_theirs(shown: str) -> None:
    assert compare_profiles(ADA, Identity(names=(shown,))) is Evidence.PROFILE_ABOUT
    for asked_by in ("twitter", "company"):
        page = Identity(asked_by=frozenset({asked_by}), names=(shown,), places=(Place(city="Springfield"),))
        assert judge(DataType.SOCIAL, ADA._replace(city="Springfield"), page).confidence < 0.1


def test_who_is_called_so_is_not_told_from_a_fan_by_it() -> None:
    friends = ADA._replace(company="Friends of the Sample")
    assert compare_profiles(friends, Identity(names=("Friends of the Sample",))) is Evidence.BUSINESS_SAME
    assert compare_profiles(ADA._replace(name="Ada Fan"), Identity(names=("Ada Fan",))) is Evidence.NAME_SAME


def test_without_a_company_a_page_is_compared_with_the_name() -> None:
    nameonly = Customer(id=CustomerId("c2"), name="Ada Sample")
    assert compare_profiles(nameonly, Identity(names=("Globex Pumps",))) is Evidence.NAME_OTHER


@pytest.mark.parametrize(
    ("shown", "evidence"), [("Ada Sample", Evidence.NAME_SAME), ("Bob Jones", Evidence.NAME_OTHER)]
)
def test_a_linkedin_profile_bears_the_name_of_a_person(shown: str, evidence: Evidence) -> None:
    found = Identity(asked_by=frozenset({"linkedin_url"}), names=(shown,))
    assert compare_profiles(ADA, found) is evidence


def test_the_linkedin_profile_of_a_colleague_is_not_believed() -> None:
    customer = ADA._replace(domain="example.com", city="Springfield", state="IL")
    colleague = Identity(
        asked_by=frozenset({"linkedin_url"}),
        names=("Bob Jones",),
        companies=("Example Pumps",),
        domains=("example.com",),
        places=(Place(city="Springfield", state="Illinois"),),
    )
    assert judge(DataType.SOCIAL, customer, colleague).confidence < 0.5
    assert judge(DataType.SOCIAL, customer, replace(colleague, names=("Ada Sample",))).confidence > 0.9


def test_the_page_of_a_namesake_in_town_is_told_by_its_website() -> None:
    customer = ADA._replace(domain="example.com", city="Springfield", state="IL")
    page = Identity(
        asked_by=frozenset({"company"}),
        names=("Example Pumps",),
        domains=("examplepumps-salon.com",),
        places=(Place(city="Springfield", state="Illinois"),),
    )
    assert judge(DataType.SOCIAL, customer, page).confidence < 0.5
    assert judge(DataType.SOCIAL, customer, replace(page, domains=())).confidence > 0.9


def test_a_website_of_their_own_does_not_tell_people_from_their_profile() -> None:
    profile = Identity(asked_by=frozenset({"twitter"}), names=("Ada Sample",), domains=("ada-writes.example",))
    assert judge(DataType.SOCIAL, ADA._replace(domain="example.com", twitter="ada"), profile).confidence > 0.9
