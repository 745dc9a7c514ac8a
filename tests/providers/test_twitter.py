"""X (Twitter), by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Identity, NotFound, Place
from enrich_cli.domain.social import Profile, Social
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import FREE, Charge, Request, Response
from enrich_cli.providers.twitter import Twitter

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

TWITTER = Twitter()
ADA = {"twitter": "@AdaSample"}
DATA: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "twitter.json").read_bytes())
PROBLEMS = "https://api.twitter.com/2/problems"
MISSING = {
    "value": "nobody",
    "detail": "Could not find user with username: [nobody].",
    "title": "Not Found Error",
    "resource_type": "user",
    "parameter": "username",
    "resource_id": "nobody",
    "type": f"{PROBLEMS}/resource-not-found",
}
SUSPENDED = MISSING | {"title": "Forbidden", "detail": "User has been suspended: [nobody]."}
USAGE_CAPPED = {
    "title": "UsageCapExceeded",
    "period": "Monthly",
    "scope": "Product",
    "type": "https://api.x.com/2/problems/usage-capped",
}
QUESTION = Request(method="GET", path="/2/users/by/username/AdaSample")


def user(**changes: object) -> tuple[int, Body]:
    return 200, {"data": DATA | changes}


def error(status: int, body: object, headers: dict[str, str] | None = None, at: float = 0.0) -> ProviderError | None:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return TWITTER.error(QUESTION, Response(status, content, headers or {}, at))


def test_a_token_is_sent_unchanged_in_a_header_and_nowhere_else() -> None:
    sent = TWITTER.auth("AAAA%2Fb%3D").on("https://api.x.com/2/users", {})
    assert sent.headers == {"Authorization": "Bearer AAAA%2Fb%3D"}
    assert "AAAA" not in sent.url


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("AdaSample", "AdaSample"),
        ("@ada_s", "ada_s"),
        ("https://twitter.com/AdaSample", "AdaSample"),
        ("https://x.com/AdaSample?s=20", "AdaSample"),
        ("mobile.twitter.com/AdaSample/", "AdaSample"),
        ("https://www.x.com/AdaSample/status/42", "AdaSample"),
        ("abcdefghijklmno", "abcdefghijklmno"),
    ],
)
def test_a_handle_is_asked_for_in_whatever_form_it_came(wire: Wire, given: str, asked: str) -> None:
    assert TWITTER.can_ask(wire.customer({"twitter": given}))
    wire.ask(TWITTER, {"twitter": given}, user())
    (request,) = wire.requests
    assert (request.method, request.path, request.json) == ("GET", f"/2/users/by/username/{asked}", None)
    assert request.fields == {"twitter"}
    assert request.most == TWITTER.most(wire.customer({"twitter": given}), frozenset()) == 1


def test_it_asks_for_the_fields_that_do_not_come_by_themselves(wire: Wire) -> None:
    wire.ask(TWITTER, ADA, user())
    asked = wire.requests[0].params["user.fields"].split(",")
    assert {"description", "entities", "location", "public_metrics", "verified", "verified_type"} <= set(asked)
    assert not {"affiliation", "pinned_tweet_id", "most_recent_tweet_id"} & set(asked)


@pytest.mark.parametrize(
    "fields",
    [
        {"twitter": "https://x.com/i/user/123"},
        {"twitter": "https://twitter.com/Intent/follow?screen_name=ada"},
        {"twitter": "https://x.com/search?q=ada"},
        {"twitter": "home"},
        {"twitter": "abcdefghijklmnop"},
        {"twitter": "ada.sample"},
        {"twitter": "adä"},
        {"name": "Ada Sample", "email": "ada@example.com", "company": "Example Pumps", "domain": "example.com"},
    ],
)
def test_without_a_handle_that_an_account_can_have_nobody_is_asked_about(wire: Wire, fields: dict[str, str]) -> None:
    assert not TWITTER.can_ask(wire.customer(fields))


def test_a_user_fills_a_profile(wire: Wire) -> None:
    assert wire.find(TWITTER, ADA, user()).data == Social(
        twitter=Profile(
            url="https://x.com/AdaSample",
            handle="AdaSample",
            display_name="Ada Sample",
            bio="Sales at Example Pumps",
            website="https://www.example.com",
            followers=5120,
            verified=True,
            location="Springfield, IL",
        )
    )
    assert wire.charges == [Charge(Fraction(1))]


def test_name_website_and_place_are_evidence_and_the_handle_asked_by_is_not(wire: Wire) -> None:
    assert wire.find(TWITTER, ADA, user()).identity == Identity(
        asked_by=frozenset({"twitter"}),
        names=("Ada Sample",),
        domains=("https://www.example.com",),
        places=(Place(city="Springfield", state="IL"),),
    )


def test_a_minimal_user_is_somebody(wire: Wire) -> None:
    found = wire.find(TWITTER, ADA, (200, {"data": {"id": "1", "name": "Ada Sample", "username": "AdaSample"}}))
    assert found.data.twitter == Profile(url="https://x.com/AdaSample", handle="AdaSample", display_name="Ada Sample")
    assert found.identity == Identity(asked_by=frozenset({"twitter"}), names=("Ada Sample",))


@pytest.mark.parametrize("nothing", [None, "", {}, [], 7])
def test_all_but_name_and_handle_may_say_nothing(wire: Wire, nothing: object) -> None:
    blocks = ("public_metrics", "entities", "verified", "verified_type")
    twitter = wire.find(TWITTER, ADA, user(**dict.fromkeys(blocks, nothing))).data.twitter
    assert (twitter.website, twitter.followers) == (None, None)
    assert twitter.display_name == "Ada Sample"


@pytest.mark.parametrize(
    ("changes", "verified"),
    [
        ({"verified": False}, False),
        ({"verified": "true"}, True),
        ({"verified": None, "verified_type": "business"}, True),
        ({"verified": None, "verified_type": "none"}, False),
        ({"verified": None, "verified_type": None}, None),
    ],
)
def test_verification_may_be_told_by_its_kind_alone(
    wire: Wire, changes: dict[str, object], verified: bool | None
) -> None:
    assert wire.find(TWITTER, ADA, user(**changes)).data.twitter.verified is verified


@pytest.mark.parametrize(
    ("company", "bio", "evidence"),
    [
        ("Example Pumps", "Sales at Example Pumps", ("Sales at Example Pumps",)),
        ("Example Pumps Inc.", "Sales at Example Pumps", ("Sales at Example Pumps",)),
        ("Other Tools", "Sales at Example Pumps", ()),
        ("Example Pumps", "Runner. Father of two.", ()),
        ("Example Pumps", None, ()),
    ],
)
def test_a_bio_is_evidence_when_it_names_the_company_and_else_says_nothing(
    wire: Wire, company: str, bio: str | None, evidence: tuple[str, ...]
) -> None:
    assert wire.find(TWITTER, ADA | {"company": company}, user(description=bio)).identity.companies == evidence


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ("Springfield, IL", (Place(city="Springfield", state="IL"),)),
        (
            "Springfield, Illinois, United States",
            (Place(city="Springfield", state="Illinois", country="United States"),),
        ),
        ("Leeds, UK", (Place(city="Leeds", country="UK"),)),
        ("Illinois, USA", (Place(state="Illinois", country="USA"),)),
        ("the moon", ()),
        ("here, there and everywhere", ()),
        ("Springfield, Ogdenville, North Haverbrook, USA", ()),
        (", ", ()),
        (None, ()),
    ],
)
def test_a_location_is_a_place_only_where_it_names_a_state_or_a_country(
    wire: Wire, location: str | None, places: tuple[Place, ...]
) -> None:
    assert wire.find(TWITTER, ADA, user(location=location)).identity.places == places


def test_a_website_may_be_a_profile_on_linkedin(wire: Wire) -> None:
    url = "https://www.linkedin.com/in/ada-sample"
    found = wire.find(TWITTER, ADA, user(entities={"url": {"urls": [{"expanded_url": url}]}}))
    assert found.data.twitter.website == url
    assert (found.identity.linkedin, found.identity.domains) == ((url,), ())


def test_a_user_with_a_partial_failure_is_found_and_charged(wire: Wire) -> None:
    body = {"data": DATA, "errors": [{"title": "Not Found Error", "type": f"{PROBLEMS}/resource-not-found"}]}
    assert wire.find(TWITTER, ADA, (200, body)).data.twitter.handle == "AdaSample"
    assert wire.cost == 1


@pytest.mark.parametrize(
    "miss",
    [
        (200, {"errors": [MISSING]}),
        (200, {"errors": [SUSPENDED]}),
        (200, {"data": None}),
        (200, {"data": {}}),
        (200, {}),
        (404, MISSING),
        (404, {"errors": [SUSPENDED]}),
    ],
    ids=["not found", "suspended", "null", "empty", "nothing", "404 problem", "404 errors"],
)
def test_a_user_that_is_not_there_is_a_free_miss(wire: Wire, miss: tuple[int, Body]) -> None:
    assert wire.ask(TWITTER, ADA, miss) == NotFound()
    assert wire.charges == [FREE]


def test_a_user_that_tells_neither_name_nor_handle_is_nobody_and_costs(wire: Wire) -> None:
    assert wire.ask(TWITTER, ADA, (200, {"data": {"id": "1"}})) == NotFound()
    assert wire.cost == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"errors": [{"message": "The `username`…"}], "type": f"{PROBLEMS}/invalid-request"}, NotAccepted),
        (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}, InvalidCredentials),
        (402, {"account_id": 1, "title": "CreditsDepleted", "type": f"{PROBLEMS}/credits"}, OutOfCredit),
        (402, {"title": "Payment Required", "type": f"{PROBLEMS}/credits-depleted"}, OutOfCredit),
        (403, {"title": "SpendCapReached"}, OutOfCredit),
        (403, {"errors": [{"title": "SpendCapReached"}]}, OutOfCredit),
        (403, {"title": "Client Forbidden", "reason": "client-not-enrolled"}, InvalidCredentials),
        (
            403,
            {"title": "Unsupported Authentication", "type": f"{PROBLEMS}/unsupported-authentication"},
            InvalidCredentials,
        ),
        (403, {"title": "Forbidden"}, InvalidCredentials),
        (403, b"<html>blocked</html>", Unavailable),
        (404, b"", BadAnswer),
        (404, b"<html>nothing here</html>", BadAnswer),
        (404, {"errors": [{"code": 34, "message": "Sorry, that page does not exist"}]}, BadAnswer),
        (429, {"title": "Too Many Requests", "type": "about:blank", "status": 429}, RateLimited),
        (429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, RateLimited),
        (429, USAGE_CAPPED, OutOfCredit),
        (500, {"title": "Internal Server Error"}, Unavailable),
        (503, b"<html>over capacity</html>", Unavailable),
        (200, {"errors": [{"title": "Service Unavailable", "type": f"{PROBLEMS}/service-unavailable"}]}, BadAnswer),
        (200, {"errors": [{"code": 131, "message": "Internal error"}]}, BadAnswer),
        (200, {"errors": "internal"}, BadAnswer),
        (200, {"data": [DATA]}, BadAnswer),
        (200, [DATA], BadAnswer),
        (200, b"<html>hello</html>", BadAnswer),
        (200, b"", BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind):
        wire.ask(TWITTER, ADA, (status, body))
    assert wire.charges == []


def test_an_app_that_is_not_enrolled_is_told_where_it_has_to_be() -> None:
    assert "project" in str(error(403, {"title": "Client Forbidden", "reason": "client-not-enrolled"}))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-rate-limit-reset": "1003"}, 4.0),
        ({"x-rate-limit-reset": "990"}, 1.0),
        ({"x-rate-limit-reset": "99999999999"}, 99_999_999_000.0),
        ({"x-rate-limit-reset": "soon"}, None),
        ({}, None),
    ],
)
def test_a_rate_limit_ends_a_little_after_its_reset_time(headers: dict[str, str], seconds: float | None) -> None:
    limited = error(429, {"title": "Too Many Requests"}, headers, at=1000.0)
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1003"}, 4.0),
        ({"x-rate-limit-remaining": "1", "x-rate-limit-reset": "1003"}, None),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1900"}, None),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "900"}, None),
        ({"x-rate-limit-remaining": "0"}, None),
        ({"x-rate-limit-reset": "1003"}, None),
        ({"x-rate-limit-remaining": "none", "x-rate-limit-reset": "1003"}, None),
        ({}, None),
    ],
)
def test_the_last_request_of_a_window_tells_that_the_next_one_begins_soon(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert TWITTER.pause_after(Response(200, b"{}", headers, 1000.0)) == seconds


@pytest.mark.parametrize("status", [200, 400, 401, 402, 403, 404, 429, 500])
def test_no_error_quotes_the_question_or_the_body(status: int) -> None:
    told = error(status, {"title": "AAAA adasample", "detail": "adasample", "type": "adasample", "data": "adasample"})
    assert "adasample" not in repr(told)
    assert "AAAA" not in repr(told)


def test_a_user_costs_a_cent() -> None:
    assert (TWITTER.price, TWITTER.rate) == (Money.parse("0.01"), "20/1m")
