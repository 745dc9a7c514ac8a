"""How each vendor's key is proved without spending, by the facts of its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from enrich_cli.providers.attom import Attom
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.providers.clearbit import Clearbit
from enrich_cli.providers.corelogic import CoreLogic
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.facebook import Facebook
from enrich_cli.providers.fullcontact import FullContact
from enrich_cli.providers.google_places import GooglePlaces
from enrich_cli.providers.linkedin import LinkedIn
from enrich_cli.providers.opencorporates import OpenCorporates
from enrich_cli.providers.twitter import Twitter

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire


def google(reason: str) -> Mapping[str, object]:
    return {"error": {"details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]}}


def graph(code: int, message: str = "…") -> Mapping[str, object]:
    return {"error": {"code": code, "message": message, "type": "OAuthException"}}


def matches(**told: object) -> Mapping[str, object]:
    return {"period": {"end": "2027-04-10T00:00:00Z"}, "stats": {"person": {"enrichment": {"matches": told}}}}


def allowance(**told: object) -> Mapping[str, object]:
    return {"api_version": "0.4.8", "results": {"account_status": told}}


NO_PATH = {"message": "Endpoint '/no-such-path' does not exist"}
MISS: Body = {"status": {"version": "1.0.0", "code": 400, "msg": "SuccessWithoutResult", "total": 0}}
USAGE = (200, {"data": {"project_id": "1", "project_cap": "10000", "project_usage": 7, "cap_reset_day": 1}})
TOKEN = {"access_token": "t0ken", "token_type": "Bearer", "expires_in": "3599"}


@dataclass(frozen=True)
class Asked:
    """What a probe is to send, and what it makes of one answer."""

    provider: Provider
    request: str
    answer: tuple[int, Body]
    words: str


FIRST_REQUESTS = [
    Asked(Clearbit(), "GET /v2/people/find", (400, {"error": {"type": "params_invalid"}}), "the plan is not reported"),
    Asked(FullContact(), "POST /v3/stats.get", (200, matches(count=4839, quota=10_000)), "4,839 of 10,000 matches"),
    Asked(GooglePlaces(), "POST /v1/places:searchText", (200, {"places": [{"id": "ChIJ1"}]}), "API and billing"),
    Asked(OpenCorporates(), "GET /v0.4/account_status", (200, allowance(plan="essentials")), "plan essentials"),
    Asked(LinkedIn(), "GET /no-such-path/of-this-listing", (404, NO_PATH), "subscribed"),
    Asked(Facebook(), "GET /v25.0/facebook", (200, {"id": "20531316728", "name": "Facebook"}), "Pages can be read"),
    Asked(Attom(), "GET /propertyapi/v1.0.0/property/expandedprofile", (400, MISS), "is not reported"),
    Asked(CoreLogic(), "POST /oauth/token", (200, TOKEN), "is not reported"),
]


@pytest.mark.parametrize("asked", FIRST_REQUESTS, ids=lambda asked: asked.provider.name)
def test_one_request_of_the_sheet_proves_the_key(wire: Wire, asked: Asked) -> None:
    assert asked.words in wire.probe(asked.provider, asked.answer)
    (request,) = wire.requests
    assert f"{request.method} {request.path}" == asked.request


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_probe_costs_nothing_and_says_nothing_of_any_customer(provider: Provider) -> None:
    probe = provider.probe()
    assert probe is not None
    request = next(probe)
    assert request.most == 0
    assert not request.fields
    assert request.poll_after is None
    probe.close()


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_vendor_in_trouble_proves_nothing(wire: Wire, provider: Provider) -> None:
    with pytest.raises(Unavailable):
        wire.probe(provider, (503, b"<html>Service Unavailable</html>"))


@pytest.mark.parametrize(
    ("provider", "answer", "kind"),
    [
        (Clearbit(), (401, {"error": {"type": "invalid_api_key"}}), InvalidCredentials),
        (Clearbit(), (402, {"error": {"type": "over_quota"}}), OutOfCredit),
        (Clearbit(), (404, {"error": {"type": "unknown_route"}}), BadAnswer),
        (FullContact(), (401, {"status": 401, "message": "401: Invalid access token: k3y"}), InvalidCredentials),
        (FullContact(), (403, {"status": 403, "message": "API Key is missing or invalid"}), InvalidCredentials),
        (FullContact(), (404, {"status": 404, "message": "Profile not found"}), BadAnswer),
        (GooglePlaces(), (400, google("API_KEY_INVALID")), InvalidCredentials),
        (GooglePlaces(), (403, google("SERVICE_DISABLED")), InvalidCredentials),
        (GooglePlaces(), (403, google("BILLING_DISABLED")), OutOfCredit),
        (GooglePlaces(), (400, google("")), NotAccepted),
        (OpenCorporates(), (401, {"error": {"message": "Invalid Api Token."}}), InvalidCredentials),
        (OpenCorporates(), (403, {"error": {"message": "…"}}), OutOfCredit),
        (OpenCorporates(), (404, {"error": {"message": "…"}}), BadAnswer),
        (OpenCorporates(), (200, {"results": {"companies": []}}), BadAnswer),
        (LinkedIn(), (401, {"message": "Invalid API key. Go to https://docs.rapidapi.com"}), InvalidCredentials),
        (LinkedIn(), (403, {"message": "You are not subscribed to this API."}), InvalidCredentials),
        (LinkedIn(), (404, {"message": "API doesn't exists"}), InvalidCredentials),
        (Twitter(), (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}), InvalidCredentials),
        (Twitter(), (404, b""), BadAnswer),
        (Twitter(), (404, {"title": "Not Found Error", "type": "https://api.x.com/2/problems/x"}), BadAnswer),
        (Facebook(), (400, graph(190, "Invalid OAuth access token signature.")), InvalidCredentials),
        (Facebook(), (400, graph(10, "… 'Page Public Content Access' …")), InvalidCredentials),
        (Facebook(), (403, graph(4)), RateLimited),
        (Attom(), (401, {"Response": {"status": {"code": "401", "msg": "Unauthorized"}}}), InvalidCredentials),
        (Attom(), (403, {"Response": {"status": {"code": "403", "msg": "Forbidden"}}}), InvalidCredentials),
        (CoreLogic(), (401, {"ErrorCode": "invalid_client"}), InvalidCredentials),
        (CoreLogic(), (400, {"ErrorCode": "invalid_request"}), InvalidCredentials),
        (CoreLogic(), (429, {"fault": {}}), RateLimited),
        (CoreLogic(), (200, {"expires_in": 3599}), Unavailable),
        (CoreLogic(), (404, b""), Unavailable),
    ],
)
def test_any_other_answer_is_what_the_vendor_s_sheet_calls_it(
    wire: Wire, provider: Provider, answer: tuple[int, Body], kind: type[ProviderError]
) -> None:
    with pytest.raises(kind) as raised:
        wire.probe(provider, answer)
    assert "k3y" not in str(raised.value)


def test_google_is_asked_for_ids_alone_which_are_free(wire: Wire) -> None:
    wire.probe(GooglePlaces(), (200, {}))
    (request,) = wire.requests
    assert request.headers == {"X-Goog-FieldMask": "places.id"}
    assert request.json is not None
    assert request.json["pageSize"] == 1


def test_clearbit_is_asked_without_an_email_which_is_not_counted(wire: Wire) -> None:
    wire.probe(Clearbit(), (422, {"error": {"type": "email_invalid"}}))
    assert wire.requests[0].params == {}


def test_linkedin_s_probe_names_the_listing_that_the_settings_chose(wire: Wire) -> None:
    wire.probe(LinkedIn("other.p.rapidapi.com", "/enrich-lead"), (404, NO_PATH))
    assert wire.requests[0].headers == {"x-rapidapi-host": "other.p.rapidapi.com"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"count": 4839, "quota": 10_000}, "4,839 of 10,000 matches used until 2027-04-10"),
        ({"count": 5, "quota": 0, "overQuota": True}, "5 matches used until 2027-04-10, without a quota"),
        ({"count": 5, "quota": None}, "5 matches used until 2027-04-10, without a quota"),
        ({}, "what is left of the contract is not reported"),
    ],
)
def test_fullcontact_tells_the_matches_of_the_period(wire: Wire, told: dict[str, object], words: str) -> None:
    assert wire.probe(FullContact(), (200, matches(**told))) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            {
                "plan": "essentials",
                "expiry_date": "2027-03-01",
                "calls_remaining": {"today": 197, "this_month": 1380},
            },
            "plan essentials, 197 calls left today, 1,380 this month, until 2027-03-01",
        ),
        ({"calls_remaining": {"today": 0}}, "0 calls left today"),
        ({"plan": "\x1b[2Jessentials"}, "what is left of the plan is not reported"),
        ({}, "what is left of the plan is not reported"),
    ],
)
def test_opencorporates_tells_plan_calls_left_and_end(wire: Wire, told: dict[str, object], words: str) -> None:
    assert wire.probe(OpenCorporates(), (200, allowance(**told))) == words


@pytest.mark.parametrize(
    ("balance", "words"),
    [
        ((200, {"data": {"total_balance": 12.5, "free_balance": 0}}), "$12.50 of credit left"),
        ((200, {"data": {"total_balance": "3.075"}}), "$3.075 of credit left"),
        ((200, {"data": {"total_balance": 1e300}}), "what is left of the credit is not reported"),
        ((200, {"data": {}}), "what is left of the credit is not reported"),
        ((404, b""), "what is left of the credit is not reported"),
        ((503, b""), "what is left of the credit is not reported"),
    ],
)
def test_twitter_tells_its_balance_where_there_is_one(wire: Wire, balance: tuple[int, Body], words: str) -> None:
    assert wire.probe(Twitter(), USAGE, balance) == words
    assert [request.path for request in wire.requests] == ["/2/usage/tweets", "/2/usage/credits"]


@pytest.mark.parametrize(
    "balance",
    [(200, {"data": {"total_balance": -0.03}}), (402, {"title": "CreditsDepleted", "type": "…/problems/credits"})],
)
def test_twitter_without_credit_says_so(wire: Wire, balance: tuple[int, Body]) -> None:
    with pytest.raises(OutOfCredit):
        wire.probe(Twitter(), USAGE, balance)


def test_facebook_without_such_a_page_still_proves_the_key(wire: Wire) -> None:
    missing = graph(803, "Some of the aliases you requested do not exist: facebook")
    assert wire.probe(Facebook(), (404, missing)) == "whether Pages can be read is not reported"
