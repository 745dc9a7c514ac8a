"""Google Places, by the facts of its sheet."""

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
    Unavailable,
)
from enrich_cli.providers.google_places import GooglePlaces
from enrich_cli.providers.lookup import Charge, Request, Response

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

GOOGLE = GooglePlaces()
ACME = {"company": "Acme Dental Care", "city": "Chicago"}
NOBODY: tuple[int, Body] = (200, {})
QUESTION = Request(method="POST", path="/v1/places:searchText")
LISTING: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "google_places.json").read_bytes())


def place(name: str, **more: object) -> dict[str, object]:
    return {"displayName": {"text": name}, **more}


def refused(status: int, reason: str | None = None, **info: object) -> tuple[int, Body]:
    """An error as the vendor words it; its message may change at any time."""
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, **info}
    help_link = {"@type": "type.googleapis.com/google.rpc.Help", "links": []}
    details = [help_link, detail] if reason else []
    return status, {"error": {"code": status, "message": "AIza-secret", "status": "…", "details": details}}


def test_a_key_goes_into_its_header_and_nowhere_else() -> None:
    sent = GOOGLE.auth("AIza-secret").on(f"{GOOGLE.base_url}{QUESTION.path}", {})
    assert sent.headers == {"X-Goog-Api-Key": "AIza-secret"}
    assert "secret" not in sent.url
    assert sent.url == "https://places.googleapis.com/v1/places:searchText"


def test_it_asks_once_for_all_fields_of_a_few_places(wire: Wire) -> None:
    wire.ask(GOOGLE, ACME, NOBODY)
    (request,) = wire.requests
    assert (request.method, request.path, request.params) == ("POST", "/v1/places:searchText", {})
    assert request.json == {
        "textQuery": "Acme Dental Care, Chicago",
        "languageCode": "en",
        "pageSize": 5,
        "includePureServiceAreaBusinesses": True,
    }
    assert request.most == GOOGLE.most(wire.customer(ACME), frozenset()) == 1


def test_the_mask_names_every_field_without_spaces(wire: Wire) -> None:
    wire.ask(GOOGLE, ACME, NOBODY)
    assert list(wire.requests[0].headers) == ["X-Goog-FieldMask"]
    mask = wire.requests[0].headers["X-Goog-FieldMask"]
    assert " " not in mask
    assert all(path.startswith("places.") for path in mask.split(","))
    assert {f"places.{field}" for field in LISTING} <= set(mask.split(","))


def test_the_query_holds_name_and_address_in_their_order(wire: Wire) -> None:
    fields = ACME | {"address": "120 Example Ave", "state": "IL", "postal_code": "60601", "country": "United States"}
    wire.ask(GOOGLE, fields | {"phone": "+1 312 555 0142"}, NOBODY)
    assert wire.requests[0].json is not None
    assert wire.requests[0].json["textQuery"] == ("Acme Dental Care, 120 Example Ave, Chicago, IL 60601, United States")
    assert wire.requests[0].json["regionCode"] == "US"
    assert wire.requests[0].fields == fields.keys()
    assert wire.requests[0].fields <= GOOGLE.reads


@pytest.mark.parametrize(
    ("where", "query"),
    [
        ({"city": "Chicago"}, "Acme, Chicago"),
        ({"postal_code": "60601"}, "Acme, 60601"),
        ({"address": "c/o Ada Sample, 120 Example Ave"}, "Acme, 120 Example Ave"),
        ({"address": "PO Box 7", "city": "Chicago"}, "Acme, Chicago"),
        ({"state": "Illinois", "country": "us"}, "Acme, Illinois, us"),
    ],
)
def test_a_name_with_any_place_is_enough(wire: Wire, where: dict[str, str], query: str) -> None:
    assert GOOGLE.can_ask(wire.customer({"company": "Acme"} | where))
    wire.ask(GOOGLE, {"company": "Acme"} | where, NOBODY)
    assert wire.requests[0].json is not None
    assert wire.requests[0].json["textQuery"] == query


def test_an_address_that_is_left_out_is_not_told_as_sent(wire: Wire) -> None:
    wire.ask(GOOGLE, ACME | {"address": "PO Box 7"}, NOBODY)
    assert wire.requests[0].fields == {"company", "city"}


@pytest.mark.parametrize(
    ("fields", "query", "region"),
    [
        ({"phone": "(312) 555-0142"}, "+1 3125550142", "US"),
        ({"phone": "+44 20 7946 0958"}, "+44 2079460958", "GB"),
        ({"phone": "020 7946 0958", "country": "UK"}, "+44 2079460958", "GB"),
        ({"phone": "312-555-0142", "company": "Acme"}, "+1 3125550142", "US"),
        ({"phone": "312-555-0142", "company": "gmail.com", "city": "Chicago"}, "+1 3125550142", "US"),
    ],
)
def test_without_name_and_place_a_phone_is_the_whole_query(
    wire: Wire, fields: dict[str, str], query: str, region: str
) -> None:
    assert GOOGLE.can_ask(wire.customer(fields))
    wire.ask(GOOGLE, fields, NOBODY)
    assert wire.requests[0].json is not None
    assert (wire.requests[0].json["textQuery"], wire.requests[0].json["regionCode"]) == (query, region)
    assert wire.requests[0].fields == {"phone"} | fields.keys() & {"country"}


@pytest.mark.parametrize(
    "fields",
    [
        {"company": "Acme"},
        {"company": "Acme", "country": "US"},
        {"company": "Acme", "address": "P.O. Box 12"},
        {"company": "gmail.com", "city": "Chicago"},
        {"city": "Chicago", "address": "120 Example Ave"},
        {"phone": "call me"},
        {"name": "Ada Sample", "email": "ada@example.com", "domain": "example.com", "city": "Chicago"},
    ],
)
def test_what_is_too_little_is_not_asked(wire: Wire, fields: dict[str, str]) -> None:
    assert not GOOGLE.can_ask(wire.customer(fields))
    assert wire.ask(GOOGLE, fields) == NotFound()


def test_nothing_of_a_person_goes_out(wire: Wire) -> None:
    person = {"name": "Ada Sample", "email": "ada@example.com", "domain": "example.com", "twitter": "adasample"}
    wire.ask(GOOGLE, ACME | person, NOBODY)
    assert wire.requests[0].json is not None
    assert wire.requests[0].json["textQuery"] == "Acme Dental Care, Chicago"


@pytest.mark.parametrize("body", [{}, {"places": []}, {"places": None}, {"places": [{}, None, {"id": "x"}]}])
def test_a_miss_is_a_success_that_costs(wire: Wire, body: Body) -> None:
    assert wire.ask(GOOGLE, ACME, (200, body)) == NotFound()
    assert wire.charges == [Charge(Fraction(1))]


def test_one_place_is_found(wire: Wire) -> None:
    found = wire.find(GOOGLE, ACME, (200, {"places": [LISTING], "nextPageToken": "…"}))
    assert found.data.name == "Acme Dental Care"
    assert found.identity.asked_by == {"company", "city"}
    assert found.rivals == ()
    assert wire.charges == [Charge(Fraction(1))]


def test_of_several_places_the_one_that_is_believed_is_taken(wire: Wire) -> None:
    """A namesake in another city stands first."""
    wire.chosen = 1
    places = [place("Acme Dental Care", postalAddress={"locality": "Boston"}), LISTING, place("Acme Pizza")]
    found = wire.find(GOOGLE, ACME, (200, {"places": places}))
    assert found.data.rating == 4.6
    assert [rival.companies for rival in found.rivals] == [("Acme Dental Care",), ("Acme Pizza",)]
    assert [one.places[0].city for one in wire.candidates[0][:2]] == ["Boston", "Chicago"]
    assert found.identity == wire.candidates[0][1]


def test_when_none_is_believed_the_first_is_handed_on_to_be_judged(wire: Wire) -> None:
    wire.chosen = None
    found = wire.find(GOOGLE, ACME, (200, {"places": [place("Other"), place("Another")]}))
    assert found.data.name == "Other"
    assert [rival.companies for rival in found.rivals] == [("Another",)]
    assert len(wire.requests) == 1


def test_a_business_that_has_moved_stands_back_for_where_it_is_now(wire: Wire) -> None:
    moved = place("Acme", id="old", businessStatus="CLOSED_PERMANENTLY", movedPlaceId="new")
    found = wire.find(GOOGLE, ACME, (200, {"places": [moved, place("Acme", id="new", rating=4)]}))
    assert (found.data.rating, found.rivals) == (4, ())
    alone = wire.find(GOOGLE, ACME, (200, {"places": [moved]}))
    assert alone.data.business_status == "CLOSED_PERMANENTLY"


@pytest.mark.parametrize(
    ("said", "asked_by"),
    [
        ({"internationalPhoneNumber": "+1 312-555-0142"}, {"phone"}),
        ({"nationalPhoneNumber": "(312) 555-0142", "postalAddress": {"regionCode": "US"}}, {"phone"}),
        ({"internationalPhoneNumber": "+1 312-555-0199"}, set()),
        ({}, set()),
    ],
)
def test_a_place_with_another_phone_was_not_found_by_it(
    wire: Wire, said: dict[str, object], asked_by: set[str]
) -> None:
    found = wire.find(GOOGLE, {"phone": "312 555 0142"}, (200, {"places": [place("Acme", **said)]}))
    assert found.identity.asked_by == asked_by


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refused(400, "API_KEY_INVALID"), InvalidCredentials),
        (refused(400), NotAccepted),
        (refused(403, "SERVICE_DISABLED"), InvalidCredentials),
        (refused(403, "BILLING_DISABLED"), OutOfCredit),
        (refused(403, "API_KEY_SERVICE_BLOCKED"), InvalidCredentials),
        (refused(403, "API_KEY_HTTP_REFERRER_BLOCKED"), InvalidCredentials),
        (refused(403, "API_KEY_IP_ADDRESS_BLOCKED"), InvalidCredentials),
        (refused(403, "API_KEY_ANDROID_APP_BLOCKED"), InvalidCredentials),
        (refused(403, "API_KEY_IOS_APP_BLOCKED"), InvalidCredentials),
        (refused(403, "CONSUMER_SUSPENDED"), InvalidCredentials),
        (refused(403, "CONSUMER_INVALID"), InvalidCredentials),
        (refused(403, "SOMETHING_NEW"), InvalidCredentials),
        (refused(403), InvalidCredentials),
        (refused(404), BadAnswer),
        (refused(429, "RATE_LIMIT_EXCEEDED", metadata={"quota_limit": "SearchTextPerDayPerProject"}), OutOfCredit),
        (refused(429, "RATE_LIMIT_EXCEEDED", metadata={"quota_limit": "SearchTextPerMinutePerProject"}), RateLimited),
        (refused(429), RateLimited),
        ((429, b"<html>slow down</html>"), RateLimited),
        (refused(500), Unavailable),
        (refused(504), Unavailable),
        ((503, b"<html>busy</html>"), Unavailable),
        ((403, b"<html>proxy</html>"), BadAnswer),
        ((404, b"<html>nothing here</html>"), BadAnswer),
        ((301, b""), BadAnswer),
        ((200, b"<html>hello</html>"), BadAnswer),
        ((200, b'{"places": [{"id"'), BadAnswer),
        ((200, b""), BadAnswer),
        ((200, [LISTING]), BadAnswer),
        ((200, {"places": "none"}), BadAnswer),
        ((200, {"places": {}}), BadAnswer),
        ((200, {"error": {"code": 500}}), BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, said: tuple[int, Body], kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.ask(GOOGLE, ACME, said)
    assert wire.charges == []
    assert "secret" not in repr(raised.value)


@pytest.mark.parametrize("details", [None, {}, ["?"], [{"@type": 7}], [{"reason": "API_KEY_INVALID"}]])
def test_details_of_another_form_say_nothing(wire: Wire, details: object) -> None:
    with pytest.raises(NotAccepted):
        wire.ask(GOOGLE, ACME, (400, {"error": {"code": 400, "details": details}}))


@pytest.mark.parametrize(
    ("status", "headers", "delay", "seconds"),
    [
        (429, {}, None, 60.0),
        (429, {"retry-after": "5"}, "7s", 5.0),
        (429, {}, "7s", 7.0),
        (429, {}, "0.5s", 0.5),
        (429, {}, "soon", 60.0),
        (503, {}, None, None),
        (503, {}, "2s", 2.0),
    ],
)
def test_it_waits_as_long_as_header_or_body_say(
    status: int, headers: dict[str, str], delay: str | None, seconds: float | None
) -> None:
    detail = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}
    body = orjson.dumps({"error": {"details": [detail] if delay else []}})
    error = GOOGLE.error(QUESTION, Response(status, body, headers=headers))
    assert isinstance(error, RateLimited | Unavailable)
    assert error.retry_after == seconds


def test_a_search_costs_four_cents() -> None:
    assert str(GOOGLE.price) == "0.04"
