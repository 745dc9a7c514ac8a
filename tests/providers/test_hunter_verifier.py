"""Hunter's e-mail verifier, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from msgspec.structs import replace

from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.errors import (
    AnswerLost,
    ProviderError,
    StillPending,
    Unavailable,
)
from enrich_cli.providers.hunter import Hunter
from enrich_cli.providers.lookup import FREE, Charge

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

HUNTER = Hunter()
VERIFIER = "/v2/email-verifier"
ADA = {"email": "ada@example.com"}
LINKEDIN = {"linkedin_url": "https://www.linkedin.com/in/ada-sample/"}
NAMED = {"first_name": "Ada", "last_name": "Sample", "domain": "example.com"}
UNKNOWN = (404, {"errors": [{"id": "not_found", "code": 404, "details": "…"}]})
RUNNING = (202, b"")
DATA: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "hunter_person.json").read_bytes())
PERSON = (200, {"data": DATA, "meta": {"email": "ada@example.com"}})
ADDRESS: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "hunter_address.json").read_bytes())


def address(**changes: object) -> tuple[int, Body]:
    return 200, {"data": ADDRESS | changes, "meta": {"params": {}}}


def verdict(status: object) -> tuple[int, Body]:
    return 200, {"data": {"status": status, "result": "deliverable", "score": 50}, "meta": {}}


def test_an_email_is_verified_only_when_that_is_wanted(wire: Wire) -> None:
    assert wire.find(HUNTER, ADA, PERSON, wanted="email job_title").data.email_status is None
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("said", "status", "charge"),
    [
        ("valid", "deliverable", Charge(Fraction(1, 2))),
        ("accept_all", "risky", Charge(Fraction(1, 2))),
        ("disposable", "risky", Charge(Fraction(1, 2))),
        ("invalid", "undeliverable", Charge(Fraction(1, 2))),
        ("webmail", "unknown", Charge(Fraction(1, 2))),
        ("unknown", "unknown", Charge(in_doubt=Fraction(1, 2))),
        ("something new", "unknown", Charge(in_doubt=Fraction(1, 2))),
        (None, "unknown", Charge(in_doubt=Fraction(1, 2))),
    ],
)
def test_a_verdict_costs_half_a_credit_and_none_is_in_doubt(
    wire: Wire, said: str | None, status: str, charge: Charge
) -> None:
    found = wire.find(HUNTER, ADA, PERSON, verdict(said), wanted="email_status")
    assert (found.data.email, found.data.email_status) == ("ada@example.com", status)
    assert wire.charges == [Charge(Fraction(1, 5)), charge]


def test_the_verifier_is_asked_about_the_address_of_the_person(wire: Wire) -> None:
    wire.find(HUNTER, LINKEDIN, PERSON, verdict("valid"), wanted="email_status")
    request = wire.requests[-1]
    assert (request.method, request.path, request.params) == ("GET", VERIFIER, {"email": "ada@example.com"})
    assert request.fields == frozenset()


def test_without_an_address_in_the_record_that_of_the_customer_is_verified(wire: Wire) -> None:
    record = (200, {"data": DATA | {"email": None}})
    found = wire.find(HUNTER, ADA, record, verdict("valid"), wanted="email_status")
    assert (found.data.email, found.data.email_status) == ("ada@example.com", "deliverable")
    assert wire.requests[-1].fields == {"email"}


def test_without_any_address_there_is_nothing_to_verify(wire: Wire) -> None:
    record = (200, {"data": DATA | {"email": None}})
    assert wire.find(HUNTER, LINKEDIN, record, wanted="email_status").data.email is None


def test_what_the_finder_has_verified_is_not_verified_again(wire: Wire) -> None:
    found = wire.find(HUNTER, NAMED, address(verification={"status": "accept_all"}), wanted="email_status")
    assert found.data.email_status == "risky"
    assert wire.cost == 1


def test_a_guess_of_the_finder_is_verified(wire: Wire) -> None:
    found = wire.find(HUNTER, NAMED, address(verification=None), verdict("invalid"), wanted="email_status")
    assert found.data.email_status == "undeliverable"
    assert wire.cost == Fraction(3, 2)


def test_nobody_is_not_verified(wire: Wire) -> None:
    assert wire.ask(HUNTER, ADA, UNKNOWN, wanted="email_status") == NotFound()


def test_a_running_verification_is_polled_and_charged_once(wire: Wire) -> None:
    found = wire.find(HUNTER, ADA, PERSON, RUNNING, RUNNING, verdict("valid"), wanted="email_status")
    assert found.data.email_status == "deliverable"
    assert wire.waits == [None, None, 2.0, 4.0]
    assert [request.params for request in wire.requests] == [ADA] * 4
    assert wire.charges[1:] == [FREE, FREE, Charge(Fraction(1, 2))]


def test_a_verification_that_does_not_end_is_unknown_and_in_doubt(wire: Wire) -> None:
    found = wire.find(HUNTER, ADA, PERSON, *[RUNNING] * 5, wanted="email_status")
    assert (found.data.full_name, found.data.email_status) == ("Ada Sample", "unknown")
    assert wire.waits == [None, None, 2.0, 4.0, 8.0, 16.0]
    assert wire.cost == Fraction(1, 5)
    assert wire.in_doubt == Fraction(1, 2)


@pytest.mark.parametrize("body", [b"", b"probe failed", {"data": {"status": "valid"}}, {"errors": []}])
def test_a_failed_probe_is_no_verdict_and_is_not_repeated(wire: Wire, body: Body) -> None:
    assert wire.find(HUNTER, ADA, PERSON, (222, body), wanted="email_status").data.email_status == "unknown"
    assert wire.charges[1:] == [Charge(in_doubt=Fraction(1, 2))]


@pytest.mark.parametrize(
    "failure",
    [
        AnswerLost("timeout"),
        StillPending("interrupted"),
        Unavailable(),
        (400, {"errors": [{"id": "invalid_email", "code": 400}]}),
        (401, b""),
        (403, b""),
        (429, b""),
        (500, b""),
        (200, b"<html>hello</html>"),
        (200, {"data": "?"}),
    ],
)
def test_a_failed_verification_keeps_the_person(wire: Wire, failure: ProviderError | tuple[int, Body]) -> None:
    kept = wire.find(HUNTER, ADA, PERSON, failure, wanted="email_status")
    assert kept == replace(wire.find(HUNTER, ADA, PERSON), untold=frozenset({"email_status"}))
    assert kept.data.email_status is None


def test_a_failed_poll_keeps_the_person(wire: Wire) -> None:
    kept = wire.find(HUNTER, ADA, PERSON, RUNNING, Unavailable(), wanted="email_status")
    assert kept == replace(wire.find(HUNTER, ADA, PERSON), untold=frozenset({"email_status"}))


def test_without_an_address_in_the_record_a_failed_verification_leaves_that_untold_too(wire: Wire) -> None:
    record = (200, {"data": DATA | {"email": None}})
    kept = wire.find(HUNTER, ADA, record, Unavailable(), wanted="email_status")
    assert (kept.data.email, kept.untold) == (None, {"email", "email_status"})
