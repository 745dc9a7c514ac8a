"""The person body that Clearbit invented, read through Clearbit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.clearbit import Clearbit

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

CLEARBIT = Clearbit()
ADA = {"email": "ada@example.com"}
BODY: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "clearbit.json").read_bytes())
NAME_ALONE = {"name": {"fullName": "Ada Sample"}}


def test_a_full_answer_fills_the_person(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (200, BODY)).data == Person(
        full_name="Ada Sample",
        first_name="Ada",
        last_name="Sample",
        job_title="VP Sales",
        seniority="executive",
        company="Example Pumps",
        company_domain="example.com",
        email="ada@example.com",
        location="Springfield, Illinois, United States",
        city="Springfield",
        state="Illinois",
        country="United States",
        bio="Builds pumps.",
        linkedin_url="https://www.linkedin.com/in/ada-sample",
        twitter="adasample",
        employment=(Employment(company="Example Pumps", title="VP Sales", current=True),),
    )


def test_the_email_asked_by_is_no_evidence_and_all_else_is(wire: Wire) -> None:
    body = BODY | {"phone": "+12125550123"}
    assert wire.find(CLEARBIT, ADA, (200, body)).identity == Identity(
        asked_by=frozenset({"email"}),
        names=("Ada Sample",),
        phones=("+12125550123",),
        companies=("Example Pumps",),
        domains=("example.com",),
        places=(Place(city="Springfield", state="Illinois", country="United States"),),
        linkedin=("https://www.linkedin.com/in/ada-sample",),
        twitter=("adasample",),
    )


@pytest.mark.parametrize("nothing", [None, "", {}, ["?"]])
def test_any_block_may_say_nothing(wire: Wire, nothing: object) -> None:
    body = NAME_ALONE | {block: nothing for block in BODY if block != "name"}
    found = wire.find(CLEARBIT, ADA, (200, body))
    assert found.data == Person(full_name="Ada Sample")
    assert found.identity == Identity(asked_by=frozenset({"email"}), names=("Ada Sample",))


def test_any_block_may_be_missing(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (200, NAME_ALONE)).data == Person(full_name="Ada Sample")


def test_a_full_name_is_made_of_its_parts_when_it_is_missing(wire: Wire) -> None:
    body = {"name": {"fullName": "", "givenName": "Ada", "familyName": "Sample"}}
    assert wire.find(CLEARBIT, ADA, (200, body)).data.full_name == "Ada Sample"


def test_numbers_and_texts_may_stand_for_each_other(wire: Wire) -> None:
    body = NAME_ALONE | {
        "phone": 12125550123,
        "twitter": {"id": "2006261", "handle": "@adasample"},
        "emailProvider": "x",
    }
    person = wire.find(CLEARBIT, ADA, (200, body)).data
    assert (person.phone, person.twitter) == ("12125550123", "adasample")


def test_the_bio_may_be_that_of_twitter(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (200, BODY | {"bio": None})).data.bio == "Pumps."


@pytest.mark.parametrize(
    ("handle", "url"),
    [
        ("in/ada-sample", "https://www.linkedin.com/in/ada-sample"),
        ("pub/ada-sample/1/2/3", "https://www.linkedin.com/pub/ada-sample/1/2/3"),
        ("ada-sample", "https://www.linkedin.com/in/ada-sample"),
        ("", None),
        (None, None),
    ],
)
def test_a_linkedin_handle_becomes_an_address(wire: Wire, handle: str | None, url: str | None) -> None:
    assert wire.find(CLEARBIT, ADA, (200, BODY | {"linkedin": {"handle": handle}})).data.linkedin_url == url


def test_a_fuzzy_match_is_half_certain(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (200, BODY | {"fuzzy": True})).identity.certainty == 0.5


def test_an_employment_without_a_name_is_somebody(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (200, {"employment": {"name": "Example Pumps"}})).data.company == "Example Pumps"
