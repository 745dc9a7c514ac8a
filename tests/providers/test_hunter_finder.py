"""Hunter's finder, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.outcomes import Identity, NotFound
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.hunter import Hunter
from enrich_cli.providers.lookup import FREE, Charge

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

HUNTER = Hunter()
NAMED = {"first_name": "Ada", "last_name": "Sample", "domain": "example.com"}
ADDRESS: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "hunter_address.json").read_bytes())


def address(**changes: object) -> tuple[int, Body]:
    return 200, {"data": ADDRESS | changes, "meta": {"params": {}}}


def test_the_finder_fills_the_person(wire: Wire) -> None:
    assert wire.find(HUNTER, NAMED, address()).data == Person(
        full_name="Ada Sample",
        first_name="Ada",
        last_name="Sample",
        job_title="Head of Sales",
        company="Example Pumps",
        company_domain="example.com",
        email="ada@example.com",
        email_status="deliverable",
        phone="+12125550123",
        linkedin_url="https://www.linkedin.com/in/ada-sample",
        twitter="adasample",
        employment=(Employment(company="Example Pumps", title="Head of Sales", current=True),),
    )
    assert wire.charges == [Charge(Fraction(1))]


def test_the_finder_merely_echoes_names_and_a_domain(wire: Wire) -> None:
    assert wire.find(HUNTER, NAMED, address()).identity == Identity(
        asked_by=frozenset(NAMED),
        phones=("+12125550123",),
        companies=("Example Pumps",),
        linkedin=("https://www.linkedin.com/in/ada-sample",),
        twitter=("adasample",),
        certainty=0.97,
    )


def test_a_domain_that_the_finder_chose_is_evidence(wire: Wire) -> None:
    by_company = {"name": "Ada Sample", "company": "Example Pumps"}
    assert wire.find(HUNTER, by_company, address()).identity.domains == ("example.com",)


@pytest.mark.parametrize(
    ("score", "certainty"), [(97, 0.97), ("64", 0.64), (0, 0.0), (250, 1.0), (None, None), ("high", None)]
)
def test_the_score_is_the_certainty(wire: Wire, score: object, certainty: float | None) -> None:
    found = wire.find(HUNTER, NAMED, address(score=score, sources=[]))
    assert found.identity.certainty == certainty


@pytest.mark.parametrize(("score", "certainty"), [(97, 0.97), (70, 0.7), (69, None), ("45", None), (0, None)])
def test_a_low_score_is_nothing_against_an_address_with_sources(
    wire: Wire, score: object, certainty: float | None
) -> None:
    assert ADDRESS["sources"]
    assert wire.find(HUNTER, NAMED, address(score=score)).identity.certainty == certainty


@pytest.mark.parametrize("verification", [None, {"date": None, "status": None}, {}, "valid"])
def test_a_found_address_may_be_a_guess(wire: Wire, verification: object) -> None:
    assert wire.find(HUNTER, NAMED, address(verification=verification)).data.email_status is None


def test_a_found_address_may_be_all_that_there_is(wire: Wire) -> None:
    body = {"data": {"email": "ada@example.com"}}
    assert wire.find(HUNTER, NAMED, (200, body)).data == Person(email="ada@example.com")


@pytest.mark.parametrize(
    "miss",
    [
        address(email=None),
        address(email=""),
        (200, {"data": {}}),
        (200, {"data": None}),
        (404, b""),
        (400, {"errors": [{"id": "invalid_domain", "code": 400, "details": "…"}]}),
    ],
    ids=["null", "empty", "no email", "no data", "404", "invalid_domain"],
)
def test_no_address_is_a_free_miss(wire: Wire, miss: tuple[int, Body]) -> None:
    assert wire.ask(HUNTER, NAMED, miss) == NotFound()
    assert wire.charges == [FREE]
