"""What was saved earlier stays beside what is said now where both are about the same parcel, business or employer."""

from __future__ import annotations

import pytest

from enrich_cli.domain.business import Business
from enrich_cli.domain.person import Employment, Person
from enrich_cli.domain.property import Property
from enrich_cli.domain.social import Profile, Social
from enrich_cli.engine.still_true import still_true

VALUE = frozenset({"market_value", "zoning"})
JOB = frozenset({"company", "company_domain", "job_title", "seniority", "employment", "phone"})
HOUSE = "742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704"


@pytest.mark.parametrize(
    ("now", "stays"),
    [
        (HOUSE, True),
        ("742 Sample Street Apt 2, Springfield, IL 62704-1234", True),
        ("742 Sample St, Apt 2, Springfield, IL 62704", True),
        ("742 SAMPLE ST APT 5, SPRINGFIELD, IL 62704", False),
        ("742 SAMPLE ST, SPRINGFIELD, IL 62704", False),
        ("744 SAMPLE ST APT 2, SPRINGFIELD, IL 62704", False),
        ("742 SAMPLE ST APT 2, SPRINGFIELD, IL 62711", False),
        (None, False),
    ],
)
def test_nothing_of_another_parcel_stays(now: str | None, *, stays: bool) -> None:
    before = Property(address=HOUSE, market_value=243_000, zoning="R1")
    assert still_true(Property(address=now), before, VALUE, frozenset()) == (VALUE if stays else set())


@pytest.mark.parametrize(("unit", "stays"), [("2", True), ("5", False)])
def test_a_unit_after_a_comma_counts_too(unit: str, *, stays: bool) -> None:
    before, now = (Property(address=f"742 SAMPLE ST, APT {one}, SPRINGFIELD, IL 62704") for one in ("2", unit))
    assert still_true(now, before, VALUE, frozenset()) == (VALUE if stays else set())


@pytest.mark.parametrize(
    ("now", "stays"),
    [
        (Person(company="Acme"), True),
        (Person(company="Beta", company_domain="acme.com"), True),
        (Person(full_name="Ada Sample"), True),
        (Person(company="Beta"), False),
        (Person(company_domain="beta.com"), False),
    ],
)
def test_titles_and_jobs_stay_unless_the_employer_is_another(now: Person, *, stays: bool) -> None:
    before = Person(
        company="Acme Inc.",
        company_domain="acme.com",
        job_title="CTO",
        seniority="executive",
        employment=(Employment(company="Acme Inc.", current=True),),
        phone="1",
    )
    assert still_true(now, before, JOB, frozenset()) == (JOB if stays else {"phone"})


@pytest.mark.parametrize(
    ("now", "told_again", "stays"),
    [
        (Business(name="Acme Pumps", website="https://beta.com"), {"name", "website"}, True),
        (Business(name="Beta", website="https://www.acme.com/us"), {"name", "website"}, True),
        (Business(name="Beta", website="https://beta.com"), {"name", "website"}, False),
        (Business(name="Beta"), {"name"}, False),
        (Business(name="AP Holdings LLC"), set[str](), True),
        (Business(name="AP Holdings LLC", company_number="77"), {"company_number"}, True),
        (Business(name="Beta LLC", company_number="78"), {"company_number"}, False),
        (Business(rating=4.5), {"rating"}, True),
        (Business(jurisdiction="us_il", name="Beta"), {"jurisdiction"}, True),
    ],
)
def test_nothing_of_another_business_stays(now: Business, told_again: set[str], *, stays: bool) -> None:
    before = Business(name="Acme", website="https://acme.com", company_number="77", phone="1")
    assert still_true(now, before, frozenset({"phone"}), frozenset(told_again)) == ({"phone"} if stays else set())


@pytest.mark.parametrize(("handle", "stays"), [("ada", True), ("Ada", True), ("eve", False)])
def test_no_profile_stays_beside_those_of_another(handle: str, *, stays: bool) -> None:
    before = Social(linkedin=Profile(handle="ada"), twitter=Profile(handle="ada"))
    now, lost = Social(linkedin=Profile(handle=handle)), frozenset({"twitter"})
    assert still_true(now, before, lost, frozenset({"linkedin"})) == (lost if stays else set())
