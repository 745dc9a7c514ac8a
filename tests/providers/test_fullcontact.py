"""FullContact, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    StillPending,
    Unavailable,
)
from enrich_cli.providers.fullcontact import FullContact
from enrich_cli.providers.lookup import FREE, Charge, Request, Response

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

FULLCONTACT = FullContact()
QUESTION = Request(method="POST", path="/v3/person.enrich", json={"email": "ada@example.com"})
ADA = {"email": "ada@example.com"}
ADDRESS = {"address": "12 Main Street", "postal_code": "62701"}
QUEUED = (202, {"status": 202, "message": "Queued for search …", "requestId": "r-1"})
UNKNOWN = (404, {"status": 404, "message": "Profile not found"})
LINKEDIN = "https://www.linkedin.com/in/ada-sample"
BODY: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "fullcontact.json").read_bytes())


def test_a_key_goes_into_the_authorization_header() -> None:
    sent = FULLCONTACT.auth("fc_secret").on("https://api.fullcontact.com/", {})
    assert sent.headers == {"Authorization": "Bearer fc_secret"}


@pytest.mark.parametrize(
    ("fields", "members"),
    [
        ({"email": "Ada@Example.com"}, {"email": "ada@example.com"}),
        ({"phone": "+1 (212) 555-0123"}, {"phone": "+12125550123"}),
        ({"phone": "212-555-0123"}, {"phone": "+12125550123"}),
        ({"phone": "030 901820", "country": "Germany"}, {"phone": "+4930901820"}),
        ({"linkedin_url": "linkedin.com/in/ada-sample/?trk=x"}, {"profiles": [{"url": LINKEDIN}]}),
        ({"twitter": "@adasample"}, {"profiles": [{"service": "twitter", "username": "adasample"}]}),
        (
            {"name": "Ada Sample", **ADDRESS},
            {
                "name": {"full": "Ada Sample"},
                "location": {"addressLine1": "12 Main Street", "postalCode": "62701"},
            },
        ),
        (
            {"name": "A", "first_name": "Ada", "last_name": "Sample", **ADDRESS},
            {
                "name": {"given": "Ada", "family": "Sample"},
                "location": {"addressLine1": "12 Main Street", "postalCode": "62701"},
            },
        ),
        (
            {
                "name": "Ada Sample",
                "address": "12 Main Street, Springfield, Illinois",
                "city": "Springfield",
                "state": "Illinois",
            },
            {
                "name": {"full": "Ada Sample"},
                "location": {"addressLine1": "12 Main Street", "city": "Springfield", "region": "Illinois"},
            },
        ),
        (
            {"name": "Ada Sample", "address": "12 Main Street", "city": "Springfield", "state": "il", "country": "US"},
            {
                "name": {"full": "Ada Sample"},
                "location": {
                    "addressLine1": "12 Main Street",
                    "city": "Springfield",
                    "regionCode": "IL",
                    "country": "US",
                },
            },
        ),
    ],
)
def test_each_set_of_fields_is_enough(wire: Wire, fields: dict[str, str], members: dict[str, object]) -> None:
    assert FULLCONTACT.can_ask(wire.customer(fields))
    wire.ask(FULLCONTACT, fields, UNKNOWN)
    (request,) = wire.requests
    assert (request.method, request.path, request.params) == ("POST", "/v3/person.enrich", {})
    assert request.json == members


def test_all_that_is_known_goes_into_one_question(wire: Wire) -> None:
    known = (
        ADA | ADDRESS | {"phone": "2125550123", "name": "Ada Sample", "linkedin_url": LINKEDIN, "twitter": "adasample"}
    )
    wire.ask(FULLCONTACT, known | {"company": "Example Pumps", "domain": "example.com"}, UNKNOWN)
    assert wire.requests[0].json == {
        "email": "ada@example.com",
        "phone": "+12125550123",
        "profiles": [{"url": LINKEDIN}, {"service": "twitter", "username": "adasample"}],
        "name": {"full": "Ada Sample"},
        "location": {"addressLine1": "12 Main Street", "postalCode": "62701"},
    }
    assert wire.requests[0].fields == known.keys()
    assert wire.requests[0].fields <= FULLCONTACT.reads


def test_it_is_told_which_parts_of_a_name_go_out(wire: Wire) -> None:
    wire.ask(FULLCONTACT, {"first_name": "Ada", "last_name": "Sample", **ADDRESS}, UNKNOWN)
    assert wire.requests[0].fields == {"first_name", "last_name", "address", "postal_code"}


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ada Sample"},
        ADDRESS,
        {"name": "Ada Sample", "address": "12 Main Street", "city": "Springfield"},
        {"name": "Ada Sample", "city": "Springfield", "state": "IL", "postal_code": "62701"},
        {"first_name": "Ada", **ADDRESS},
        {"company": "Example Pumps", "domain": "example.com"},
        {"phone": "555-0123"},
        {"phone": "030 901820", "country": "Atlantis"},
        {"linkedin_url": "https://www.linkedin.com/company/example-pumps"},
        {"twitter": "https://x.com/i/user/12"},
        {"twitter": "https://twitter.com/intent/user?screen_name=adasample"},
        {"twitter": "ada.sample"},
    ],
)
def test_less_than_that_is_no_question(wire: Wire, fields: dict[str, str]) -> None:
    assert not FULLCONTACT.can_ask(wire.customer(fields))


@pytest.mark.parametrize(
    "rest", [{"name": "Ada Sample"}, ADDRESS, {"phone": "12"}, {"name": "Ada Sample", "address": "12 Main Street"}]
)
def test_an_incomplete_or_invalid_part_is_left_out_beside_another_identifier(wire: Wire, rest: dict[str, str]) -> None:
    wire.ask(FULLCONTACT, ADA | rest, UNKNOWN)
    assert wire.requests[0].json == ADA
    assert wire.requests[0].fields == {"email"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"details": {}},
        {"details": {"gender": "Female", "interests": []}},
        {"gender": "Female", "location": "United States", "details": None},
        BODY | {"isSandboxProfile": True},
    ],
    ids=["empty", "empty details", "other bundles", "only a location", "test persona"],
)
def test_an_answer_that_tells_nothing_is_a_miss_that_costs(wire: Wire, body: Body) -> None:
    assert wire.ask(FULLCONTACT, ADA, (200, body)) == NotFound()
    assert wire.charges == [Charge(Fraction(1))]


def test_whether_a_miss_costs_is_in_doubt(wire: Wire) -> None:
    assert wire.ask(FULLCONTACT, ADA, UNKNOWN) == NotFound()
    assert wire.charges == [Charge(in_doubt=Fraction(1))]


def test_a_queued_question_is_repeated_and_charged_when_it_is_answered(wire: Wire) -> None:
    assert wire.find(FULLCONTACT, ADA, QUEUED, QUEUED, (200, BODY)).data.full_name == "Ada B Sample"
    assert wire.waits == [None, 5.0, 15.0]
    assert [request.json for request in wire.requests] == [ADA] * 3
    assert [request.most for request in wire.requests] == [1, 1, 1]
    assert wire.charges == [FREE, FREE, Charge(Fraction(1))]


def test_a_queued_question_may_end_in_a_miss(wire: Wire) -> None:
    assert wire.ask(FULLCONTACT, ADA, QUEUED, UNKNOWN) == NotFound()
    assert wire.charges == [FREE, Charge(in_doubt=Fraction(1))]


def test_a_search_that_does_not_end_is_no_miss_and_costs_nothing(wire: Wire) -> None:
    with pytest.raises(StillPending, match=r"^still queued$"):
        wire.ask(FULLCONTACT, ADA, *[QUEUED] * 5)
    assert wire.waits == [None, 5.0, 15.0, 40.0, 60.0]
    assert wire.charges == [FREE] * 5


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("API Key is missing or invalid. Please check the documentation.", InvalidCredentials),
        ("Usage limit exceeded for this account", OutOfCredit),
        ("Your quota has been reached", OutOfCredit),
        ("Not included in your plan", OutOfCredit),
        ("Rate limit exceeded", RateLimited),
        ("This operation is not permitted", InvalidCredentials),
        ("", InvalidCredentials),
        (None, InvalidCredentials),
    ],
)
def test_only_the_words_of_a_403_tell_what_it_means(wire: Wire, message: str | None, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        wire.ask(FULLCONTACT, ADA, (403, {"status": 403, "message": message}))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"status": 400, "message": "Unable to process JSON"}, NotAccepted),
        (400, {"code": 400, "message": "…"}, NotAccepted),
        (401, {"status": 401, "message": "401: Invalid access token: fc_secret"}, InvalidCredentials),
        (401, {"status": 401, "message": "Expired access token: fc_secret"}, InvalidCredentials),
        (403, b"<html>no</html>", InvalidCredentials),
        (404, {"status": 404, "message": "Endpoint POST /v3/person.enrch not found"}, BadAnswer),
        (404, b"<html>nothing here</html>", BadAnswer),
        (405, b"", BadAnswer),
        (410, {"status": 410, "message": "…"}, BadAnswer),
        (422, {"status": 422, "message": "phone"}, NotAccepted),
        (429, {"status": 429, "message": "…"}, RateLimited),
        (500, b"", Unavailable),
        (502, b"", Unavailable),
        (503, b"", Unavailable),
        (504, b"", Unavailable),
        (200, b"<html>hello</html>", BadAnswer),
        (200, b'{"fullName": "Ada', BadAnswer),
        (200, ["Ada"], BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.ask(FULLCONTACT, ADA, (status, body))
    assert wire.charges == []
    assert "fc_secret" not in repr(raised.value)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [(429, {}, 1.0), (429, {"retry-after": "0"}, 0.0), (503, {"retry-after": "2"}, 2.0), (503, {}, None)],
)
def test_it_says_how_long_to_wait(status: int, headers: dict[str, str], seconds: float | None) -> None:
    error = FULLCONTACT.error(QUESTION, Response(status, headers=headers))
    assert isinstance(error, RateLimited | Unavailable)
    assert error.retry_after == seconds


def test_a_lookup_costs_one_match_at_most(wire: Wire) -> None:
    assert FULLCONTACT.most(wire.customer(ADA), frozenset()) == 1
    assert str(FULLCONTACT.price) == "0.05"
