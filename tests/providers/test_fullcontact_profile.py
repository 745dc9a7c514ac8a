"""What a profile of FullContact says, and about whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.fullcontact import FullContact

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

FULLCONTACT = FullContact()
ADA = {"email": "ada@example.com"}
ADDRESS = {"address": "12 Main Street", "postal_code": "62701"}
LINKEDIN = "https://www.linkedin.com/in/ada-sample"
BODY: dict[str, Any] = orjson.loads((Path(__file__).parent / "bodies" / "fullcontact.json").read_bytes())
DETAILS = BODY["details"]
SUMMARY = {name: value for name, value in BODY.items() if name != "details"}


def test_a_full_answer_fills_the_person(wire: Wire) -> None:
    assert wire.find(FULLCONTACT, ADA, (200, BODY)).data == Person(
        full_name="Ada B Sample",
        first_name="Ada",
        last_name="Sample",
        job_title="Head of Sales",
        company="Example Pumps",
        company_domain="example.com",
        email="ada@example.com",
        phone="+12125550123",
        location="Springfield, Illinois, United States",
        city="Springfield",
        state="Illinois",
        country="United States",
        bio="Builds pumps.",
        linkedin_url=LINKEDIN,
        twitter="adasample",
        employment=(
            Employment(company="Example Pumps", title="Head of Sales", start="2019-09", current=True),
            Employment(company="Sample Valves", title="Engineer", start="2015", end="2019-08-31", current=False),
        ),
    )


def test_an_answer_may_have_no_details(wire: Wire) -> None:
    assert wire.find(FULLCONTACT, ADA, (200, SUMMARY)).data == Person(
        full_name="Ada B Sample",
        job_title="Head of Sales",
        company="Example Pumps",
        location="Springfield, Illinois, United States",
        bio="Builds pumps.",
        linkedin_url=LINKEDIN,
        twitter="adasample",
    )


def test_an_answer_may_have_nothing_but_details(wire: Wire) -> None:
    person = wire.find(FULLCONTACT, ADA, (200, {"details": DETAILS})).data
    assert (person.full_name, person.job_title, person.company) == ("Ada B Sample", "Head of Sales", "Example Pumps")
    assert person.location == "Springfield, Illinois, United States"
    assert (person.linkedin_url, person.twitter, person.bio) == (LINKEDIN, "adasample", "Pumps.")


@pytest.mark.parametrize("nothing", [None, "", {}, [], [None], 0])
def test_any_member_may_say_nothing(wire: Wire, nothing: object) -> None:
    body = dict.fromkeys(SUMMARY, None) | {"fullName": "Ada Sample", "details": dict.fromkeys(DETAILS, nothing)}
    assert wire.find(FULLCONTACT, ADA, (200, body)).data == Person(full_name="Ada Sample")
    assert wire.find(FULLCONTACT, ADA, (200, body | {"details": nothing})).data == Person(full_name="Ada Sample")


def employed(*jobs: dict[str, object], **summary: str) -> tuple[int, dict[str, object]]:
    return 200, {"fullName": "Ada Sample", **summary, "details": {"employment": list(jobs)}}


def test_of_two_current_jobs_that_at_the_named_organization_counts(wire: Wire) -> None:
    valves: dict[str, object] = {
        "name": "Sample Valves",
        "domain": "valves.example",
        "title": "Adviser",
        "current": True,
    }
    pumps: dict[str, object] = {"name": "Example Pumps", "domain": "example.com", "title": "Director", "current": True}
    named = wire.find(FULLCONTACT, ADA, employed(valves, pumps, organization="Example Pumps")).data
    assert (named.company, named.company_domain, named.job_title) == ("Example Pumps", "example.com", "Director")
    unnamed = wire.find(FULLCONTACT, ADA, employed(valves, pumps)).data
    assert (unnamed.company, unnamed.company_domain, unnamed.job_title) == (
        "Sample Valves",
        "valves.example",
        "Adviser",
    )
    assert [job.current for job in unnamed.employment] == [True, True]


def test_a_past_job_says_nothing_about_today(wire: Wire) -> None:
    past: dict[str, object] = {
        "name": "Sample Valves",
        "domain": "valves.example",
        "title": "Engineer",
        "current": False,
    }
    person = wire.find(FULLCONTACT, ADA, employed(past)).data
    assert (person.company, person.company_domain, person.job_title) == (None, None, None)


@pytest.mark.parametrize(
    ("start", "date"),
    [
        ({"year": 2019}, "2019"),
        ({"year": 2019, "month": 0, "day": 0}, "2019"),
        ({"year": 2019, "month": 9}, "2019-09"),
        ({"year": 2019, "month": 9, "day": 0}, "2019-09"),
        ({"year": 2019, "month": 8, "day": 31}, "2019-08-31"),
        ({"year": 2019, "month": 0, "day": 31}, "2019"),
        ({"year": "2019", "month": "9"}, "2019-09"),
        ({"year": 2019, "month": 13}, "2019"),
        ({"year": 0, "month": 9}, None),
        ({"month": 9}, None),
        ({}, None),
        (None, None),
        ("2019", None),
    ],
)
def test_a_date_is_as_exact_as_it_was_given(wire: Wire, start: object, date: str | None) -> None:
    job: dict[str, object] = {"name": "Example Pumps", "start": start}
    assert wire.find(FULLCONTACT, ADA, employed(job)).data.employment == (
        Employment(company="Example Pumps", start=date),
    )


@pytest.mark.parametrize(
    ("emails", "email"),
    [
        ([("home", "a@home.example"), ("work", "Ada@Example.com")], "Ada@Example.com"),
        ([("home", "a@home.example"), ("work", "a@work.example")], "a@work.example"),
        ([("home", "a@home.example"), ("other", "a@other.example")], "a@home.example"),
        ([(None, None)], None),
    ],
    ids=["own", "work", "first", "none"],
)
def test_the_own_email_is_taken_before_that_of_work(
    wire: Wire, emails: list[tuple[str | None, str | None]], email: str | None
) -> None:
    listed = [{"label": label, "value": value} for label, value in emails]
    body = {"fullName": "Ada Sample", "details": {"emails": listed}}
    assert wire.find(FULLCONTACT, ADA, (200, body)).data.email == email


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://twitter.com/adasample?lang=en", "adasample"),
        ("https://x.com/adasample/", "adasample"),
        ("https://x.com/@adasample#top", "adasample"),
        ("adasample", "adasample"),
        ("https://twitter.com/", None),
        (None, None),
    ],
)
def test_a_twitter_address_becomes_a_handle(wire: Wire, url: str | None, handle: str | None) -> None:
    assert wire.find(FULLCONTACT, ADA, (200, {"fullName": "Ada Sample", "twitter": url})).data.twitter == handle


def test_a_location_may_have_only_the_code_of_its_region(wire: Wire) -> None:
    body = {"fullName": "Ada Sample", "details": {"locations": [{"regionCode": "IL"}, {"city": "Chicago"}, {}]}}
    found = wire.find(FULLCONTACT, ADA, (200, body))
    assert found.data.state == "IL"
    assert found.identity.places == (Place(state="IL"), Place(city="Chicago"))


def test_the_only_identifier_asked_by_is_no_evidence_and_all_else_is(wire: Wire) -> None:
    assert wire.find(FULLCONTACT, ADA, (200, BODY)).identity == Identity(
        asked_by=frozenset({"email"}),
        names=("Ada B Sample", "Ada Sample"),
        phones=("+12125550123",),
        companies=("Example Pumps", "Sample Valves"),
        domains=("example.com",),
        places=(Place(city="Springfield", state="Illinois", country="United States"),),
        linkedin=(LINKEDIN,),
        twitter=("adasample",),
    )


def test_two_identifiers_in_one_profile_support_each_other(wire: Wire) -> None:
    identity = wire.find(FULLCONTACT, ADA | {"phone": "212-555-0123"}, (200, BODY)).identity
    assert identity.asked_by == {"email", "phone"}
    assert (identity.emails, identity.phones) == (("ada@example.com",), ("+12125550123",))


def test_the_identifier_that_the_profile_lists_is_what_it_was_found_by(wire: Wire) -> None:
    asked = {"email": "someone@else.example", "phone": "212-555-0123", "linkedin_url": "linkedin.com/in/someone-else"}
    identity = wire.find(FULLCONTACT, asked, (200, BODY)).identity
    assert identity.asked_by == {"phone"}
    assert (identity.emails, identity.phones, identity.linkedin) == ((), (), ())


def test_a_profile_that_lists_none_of_them_was_found_by_any(wire: Wire) -> None:
    asked = ADA | {"twitter": "someone", "name": "Ada Sample", **ADDRESS}
    identity = wire.find(FULLCONTACT, asked, (200, {"fullName": "Ada Sample"})).identity
    assert identity == Identity(asked_by=frozenset({"email", "twitter"}), names=("Ada Sample",))


def test_without_any_identifier_it_was_found_by_name_and_address(wire: Wire) -> None:
    identity = wire.find(FULLCONTACT, {"name": "Ada Sample", **ADDRESS}, (200, BODY)).identity
    assert identity.asked_by == {"name", "address", "postal_code"}
    assert identity.emails == ("ada@example.com",)
