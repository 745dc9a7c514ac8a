"""LinkedIn through RapidAPI, by the facts of its sheet."""

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
from enrich_cli.providers.linkedin import LinkedIn
from enrich_cli.providers.lookup import Charge, Request, Response
from enrich_cli.settings import VendorOptions

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

LINKEDIN = LinkedIn()
ADA = {"linkedin_url": "https://www.linkedin.com/in/ada-sample/"}
DATA: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "linkedin.json").read_bytes())
HIT, IN_DOUBT = Charge(Fraction(1)), Charge(in_doubt=Fraction(1))
QUESTION = Request(method="GET", path="/get-personal-profile")
NO_ENDPOINT = {"message": "Endpoint '/get-personal-profile' does not exist"}
MONTHLY = {"message": "You have exceeded the MONTHLY quota for Credits on your current plan, BASIC. Upgrade…"}
PER_MINUTE = {
    "message": "You have exceeded the rate limit per minute for your plan, BASIC, by the API provider",
}


def profile(**changes: object) -> tuple[int, Body]:
    return 200, {"data": DATA | changes, "message": "ok"}


def error(status: int, body: object, headers: dict[str, str] | None = None, at: float = 0.0) -> ProviderError | None:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return LINKEDIN.error(QUESTION, Response(status, content, headers or {}, at))


def test_the_key_goes_into_a_header_and_nowhere_else() -> None:
    sent = LINKEDIN.auth("ra_secret").on("https://x.p.rapidapi.com/get", {})
    assert sent.headers == {"X-RapidAPI-Key": "ra_secret"}
    assert "secret" not in sent.url


def test_it_asks_for_one_profile_and_for_no_extra_that_costs(wire: Wire) -> None:
    wire.ask(LINKEDIN, ADA, profile())
    (request,) = wire.requests
    assert (request.method, request.path, request.json) == ("GET", "/get-personal-profile", None)
    assert request.params["linkedin_url"] == "https://www.linkedin.com/in/ada-sample"
    extras = {name: value for name, value in request.params.items() if name != "linkedin_url"}
    assert len(extras) == 11
    assert all(name.startswith("include_") for name in extras)
    assert set(extras.values()) == {"false"}
    assert request.fields == {"linkedin_url"}
    assert request.most == LINKEDIN.most(wire.customer(ADA), frozenset()) == 1


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://uk.linkedin.com/in/ada-sample", "ada-sample"),
        ("linkedin.com/in/ada-sample", "ada-sample"),
        ("HTTP://WWW.LinkedIn.com/in/ada-sample?trk=x#top", "ada-sample"),
        ("https://www.linkedin.com/in/ada-sample/de", "ada-sample"),
        ("https://www.linkedin.com/in/ACoAAEXAMPLE", "ACoAAEXAMPLE"),
        ("https://www.linkedin.com/in/josé-søm", "jos%C3%A9-s%C3%B8m"),
        ("https://www.linkedin.com/in/jos%C3%A9-s%C3%B8m/", "jos%C3%A9-s%C3%B8m"),
    ],
)
def test_an_address_is_normalised(wire: Wire, address: str, asked: str) -> None:
    assert LINKEDIN.can_ask(wire.customer({"linkedin_url": address}))
    wire.ask(LINKEDIN, {"linkedin_url": address}, profile())
    assert wire.requests[0].params["linkedin_url"] == f"https://www.linkedin.com/in/{asked}"


@pytest.mark.parametrize(
    "fields",
    [
        {"linkedin_url": "https://www.linkedin.com/company/example-pumps"},
        {"linkedin_url": "https://www.linkedin.com/school/example"},
        {"linkedin_url": "https://www.linkedin.com/sales/people/ACwAA"},
        {"linkedin_url": "https://www.linkedin.com/pub/dir/Ada/Sample"},
        {"linkedin_url": "https://example.com/in/ada-sample"},
        {"name": "Ada Sample", "company": "Example Pumps", "email": "ada@example.com", "phone": "+12125550123"},
    ],
)
def test_whoever_has_no_person_s_address_is_not_asked_about(wire: Wire, fields: dict[str, str]) -> None:
    assert not LINKEDIN.can_ask(wire.customer(fields))


def test_a_member_fills_a_profile(wire: Wire) -> None:
    assert wire.find(LINKEDIN, ADA, profile()).data == Social(
        linkedin=Profile(
            url="https://www.linkedin.com/in/ada-sample/",
            handle="ada-sample",
            display_name="Ada Sample",
            headline="Head of Sales at Example Pumps",
            bio="Builds pumps.",
            company="Example Pumps",
            followers=4120,
            verified=True,
            location="Springfield, Illinois, United States",
        )
    )
    assert wire.charges == [HIT]


def test_name_employer_and_place_are_evidence_and_the_address_asked_by_is_not(wire: Wire) -> None:
    assert wire.find(LINKEDIN, ADA, profile()).identity == Identity(
        asked_by=frozenset({"linkedin_url"}),
        names=("Ada Sample",),
        companies=("Example Pumps",),
        domains=("www.example.com",),
        places=(Place(city="Springfield", state="Illinois", country="United States"),),
    )


@pytest.mark.parametrize("nothing", ["", None, {}, []])
def test_all_but_a_name_may_say_nothing(wire: Wire, nothing: object) -> None:
    data = dict.fromkeys(DATA, nothing) | {"full_name": "Ada Sample"}
    found = wire.find(LINKEDIN, ADA, (200, {"data": data, "message": "ok"}))
    assert found.data == Social(linkedin=Profile(display_name="Ada Sample"))
    assert found.identity == Identity(asked_by=frozenset({"linkedin_url"}), names=("Ada Sample",))


def test_all_but_a_name_may_be_missing(wire: Wire) -> None:
    data = {"first_name": "Ada", "last_name": "Sample"}
    assert wire.find(LINKEDIN, ADA, (200, {"data": data})).data == Social(linkedin=Profile(display_name="Ada Sample"))


def test_between_jobs_there_is_no_company(wire: Wire) -> None:
    past = [{"company": "Old Pumps", "is_current": False}, {"company": "Older Pumps"}, "?"]
    found = wire.find(LINKEDIN, ADA, profile(company="", company_domain="", experiences=past))
    assert found.data.linkedin.company is None
    assert (found.identity.companies, found.identity.domains) == ((), ())


def test_without_a_main_company_a_current_job_tells_it(wire: Wire) -> None:
    jobs = [{"company": "Old Pumps", "is_current": False}, {"company": "Other Pumps", "is_current": "true"}]
    assert wire.find(LINKEDIN, ADA, profile(company="", experiences=jobs)).data.linkedin.company == "Other Pumps"


def test_other_current_jobs_are_evidence_beside_the_main_one(wire: Wire) -> None:
    jobs = [{"company": "Example Pumps", "is_current": True}, {"company": "Other Pumps", "is_current": True}]
    assert wire.find(LINKEDIN, ADA, profile(experiences=jobs)).identity.companies == ("Example Pumps", "Other Pumps")


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"linkedin_url": ""}, "url", "https://www.linkedin.com/in/ada-sample"),
        ({"public_id": ""}, "handle", "ada-sample"),
        ({"public_id": "ada-renamed"}, "handle", "ada-renamed"),
        ({"follower_count": "4120"}, "followers", 4120),
        ({"follower_count": 0}, "followers", 0),
        ({"follower_count": None, "followers_count": 7}, "followers", 7),
        ({"follower_count": -1}, "followers", None),
        ({"follower_count": 1e300}, "followers", None),
        ({"is_verified": None}, "verified", None),
        ({"is_verified": False}, "verified", False),
        ({"location": ""}, "location", "Springfield, Illinois, United States"),
        ({"location": "", "state": ""}, "location", "Springfield, United States"),
        ({"full_name": ""}, "display_name", "Ada Sample"),
    ],
)
def test_a_value_may_come_in_another_way(wire: Wire, changes: dict[str, object], field: str, value: object) -> None:
    assert getattr(wire.find(LINKEDIN, ADA, profile(**changes)).data.linkedin, field) == value


@pytest.mark.parametrize(
    "miss",
    [
        (200, {"data": None, "message": "ok"}),
        (200, {"data": {}, "message": "ok"}),
        (200, {"data": {"public_id": "ada-sample", "full_name": ""}, "message": "ok"}),
        (200, {"data": DATA, "message": "profile not found"}),
        (200, {"message": "Person not found"}),
        (404, {"message": "Profile not found"}),
        (404, {"data": None}),
    ],
)
def test_a_miss_may_have_been_charged(wire: Wire, miss: tuple[int, Body]) -> None:
    assert wire.ask(LINKEDIN, ADA, miss) == NotFound()
    assert wire.charges == [IN_DOUBT]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (
            401,
            {"message": "Invalid API key. Go to https://docs.rapidapi.com/docs/keys for more info."},
            InvalidCredentials,
        ),
        (403, {"message": "Invalid API key."}, InvalidCredentials),
        (403, {"message": "You are not subscribed to this API."}, InvalidCredentials),
        (404, NO_ENDPOINT, InvalidCredentials),
        (404, {"message": "API doesn't exists"}, InvalidCredentials),
        (404, b"<html>nothing here</html>", BadAnswer),
        (404, b"", BadAnswer),
        (402, {"message": "…"}, OutOfCredit),
        (429, MONTHLY, OutOfCredit),
        (429, {"message": "You have exceeded the DAILY quota for Requests on your current plan, BASIC."}, OutOfCredit),
        (429, PER_MINUTE, RateLimited),
        (429, {"message": "Too many requests"}, RateLimited),
        (400, {"message": "…"}, NotAccepted),
        (422, {"message": "…"}, NotAccepted),
        (502, {"messages": "The API is unreachable, please contact the API provider"}, Unavailable),
        (503, b"", Unavailable),
        (504, b"<html>", Unavailable),
        (200, {"success": False, "message": "We are no longer providing this service…", "data": None}, BadAnswer),
        (200, b"<html>hello</html>", BadAnswer),
        (200, b"", BadAnswer),
        (200, [DATA], BadAnswer),
        (200, {"data": [DATA], "message": "ok"}, BadAnswer),
        (200, {"firstName": "Ada", "geo": {"full": "Springfield"}}, BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind):
        wire.ask(LINKEDIN, ADA, (status, body))
    assert wire.charges == []


def test_a_404_that_the_gateway_made_is_no_miss_whatever_it_says() -> None:
    assert isinstance(error(404, {"message": "?"}, {"x-rapidapi-proxy-response": "true"}), InvalidCredentials)
    assert error(404, {"message": "?"}, {"x-rapidapi-proxy-response": "false"}) is None


def test_a_missing_subscription_names_the_listing() -> None:
    assert "web-scraping-api2.p.rapidapi.com" in str(error(403, {"message": "You are not subscribed to this API."}))


def test_a_429_without_credits_left_is_the_end_of_the_plan() -> None:
    assert isinstance(error(429, PER_MINUTE, {"x-ratelimit-credits-remaining": "0"}), OutOfCredit)
    assert isinstance(error(429, PER_MINUTE, {"x-ratelimit-credits-remaining": "12"}), RateLimited)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset": "17"}, 17.0),
        ({"x-ratelimit-reset": "2588083"}, 2_588_083.0),
        ({"x-ratelimit-reset": "1790000030"}, 30.0),
        ({"x-ratelimit-reset": "1789999990"}, 1.0),
        ({"x-ratelimit-reset": "soon"}, 60.0),
        ({"x-ratelimit-reset": "17", "retry-after": "2"}, 17.0),
        ({"retry-after": "2"}, 2.0),
        ({}, 60.0),
    ],
)
def test_a_rate_limit_ends_after_a_span_or_at_a_time(headers: dict[str, str], seconds: float) -> None:
    limited = error(429, PER_MINUTE, headers, at=1_790_000_000.0)
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == seconds


@pytest.mark.parametrize("status", [200, 400, 401, 402, 403, 404, 422, 429, 500])
def test_no_error_quotes_the_question_or_the_body(status: int) -> None:
    assert "ada-sample" not in repr(error(status, {"message": "ra_secret ada-sample", "success": False}))
    assert "secret" not in repr(error(status, {"message": "ra_secret ada-sample", "success": False}))


def test_the_listing_is_a_setting_and_stays_in_its_header(wire: Wire) -> None:
    other = "fresh-linkedin-profile-data.p.rapidapi.com"
    chosen = LINKEDIN.configured(VendorOptions.load(linkedin_host=other, linkedin_path="/enrich-lead"))
    assert chosen.base_url == f"https://{other}"
    wire.ask(chosen, ADA, profile())
    (request,) = wire.requests
    assert (request.path, request.headers["x-rapidapi-host"]) == ("/enrich-lead", other)


def test_the_default_listing_is_that_of_the_settings(wire: Wire) -> None:
    chosen = LINKEDIN.configured(VendorOptions.load())
    wire.ask(LINKEDIN, ADA, profile())
    wire.ask(chosen, ADA, profile())
    assert wire.requests[0] == wire.requests[1]
    assert chosen.base_url == LINKEDIN.base_url == "https://web-scraping-api2.p.rapidapi.com"


def test_a_profile_costs_two_cents_and_may_take_a_minute() -> None:
    assert (LINKEDIN.price, LINKEDIN.timeout, LINKEDIN.rate) == (Money.parse("0.02"), 60.0, "20/1m")
