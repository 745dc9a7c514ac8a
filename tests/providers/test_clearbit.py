"""Clearbit, by the facts of its sheet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.clearbit import Clearbit
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
from enrich_cli.providers.lookup import FREE, Charge, Request, Response

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

CLEARBIT = Clearbit()
ADA = {"email": "ada@example.com"}
QUEUED = (202, {"error": {"type": "queued", "message": "…"}})
UNKNOWN = (404, {"error": {"type": "unknown_record", "message": "…"}})
BODY: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "clearbit.json").read_bytes())


def question(email: str = "ada@example.com", *, poll_after: float | None = None) -> Request:
    return Request(method="GET", path="/v2/people/find", params={"email": email}, poll_after=poll_after)


def test_a_key_goes_into_the_authorization_header_and_nowhere_else() -> None:
    sent = CLEARBIT.auth("sk_secret").on("https://person.clearbit.com/v2/people/find", {})
    assert sent.headers == {"Authorization": "Bearer sk_secret"}
    assert "secret" not in sent.url
    assert "secret" not in repr(CLEARBIT.auth("sk_secret"))


def test_nothing_but_an_email_is_enough(wire: Wire) -> None:
    others = {"name": "Ada Sample", "phone": "+12125550123", "linkedin_url": "https://www.linkedin.com/in/ada-sample"}
    assert CLEARBIT.can_ask(wire.customer(ADA))
    assert not CLEARBIT.can_ask(wire.customer(others))


def test_it_asks_by_email_and_pins_the_shape_of_the_body(wire: Wire) -> None:
    wire.ask(CLEARBIT, {"email": "Ada+Test@Example.com"}, UNKNOWN)
    (request,) = wire.requests
    assert (request.method, request.path, request.json) == ("GET", "/v2/people/find", None)
    assert request.params == {"email": "ada+test@example.com"}
    assert request.headers == {"accept": "application/json", "api-version": "2019-12-19"}
    assert request.fields == {"email"}
    assert request.most == CLEARBIT.most(wire.customer(ADA), frozenset()) == 1


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ({"first_name": "Ada", "last_name": "Sample"}, {"given_name": "Ada", "family_name": "Sample"}),
        (
            {"name": "A. Other", "first_name": "Ada", "last_name": "Sample"},
            {"given_name": "Ada", "family_name": "Sample"},
        ),
        ({"last_name": "Sample"}, {"family_name": "Sample"}),
    ],
)
def test_the_parts_of_a_name_are_sent_as_they_are(wire: Wire, name: dict[str, str], sent: dict[str, str]) -> None:
    wire.ask(CLEARBIT, ADA | name, UNKNOWN)
    assert wire.requests[0].params == ADA | sent
    assert wire.requests[0].fields == {"email", *(name.keys() - {"name"})}


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Ada Sample", {"given_name": "Ada", "family_name": "Sample"}),
        ("Ada B Sample", {"given_name": "Ada", "family_name": "Sample"}),
    ],
)
def test_a_whole_name_is_split(wire: Wire, name: str, sent: dict[str, str]) -> None:
    wire.ask(CLEARBIT, {**ADA, "name": name}, UNKNOWN)
    assert wire.requests[0].params == ADA | sent
    assert wire.requests[0].fields == {"email", "name"}


@pytest.mark.parametrize("name", ["Ada", "Sample, Ada"])
def test_a_name_that_can_not_be_split_surely_stays_here(wire: Wire, name: str) -> None:
    wire.ask(CLEARBIT, {**ADA, "name": name}, UNKNOWN)
    assert wire.requests[0].params == ADA
    assert wire.requests[0].fields == {"email"}


def test_nothing_else_of_the_customer_goes_out(wire: Wire) -> None:
    others = {"company": "Example Pumps", "domain": "example.com", "city": "Springfield", "twitter": "adasample"}
    wire.ask(CLEARBIT, ADA | others, UNKNOWN)
    assert wire.requests[0].params == ADA
    assert wire.requests[0].fields <= CLEARBIT.reads


@pytest.mark.parametrize("body", [{}, {"person": None}, {"name": None, "employment": None, "bio": "?"}, {"name": {}}])
def test_an_answer_without_name_and_employment_is_a_miss_that_costs(wire: Wire, body: Body) -> None:
    assert wire.ask(CLEARBIT, ADA, (200, body)) == NotFound()
    assert wire.cost == 1


def test_an_unknown_record_is_a_miss_that_costs_as_much_as_a_hit(wire: Wire) -> None:
    assert wire.ask(CLEARBIT, ADA, UNKNOWN) == NotFound()
    assert wire.cost == 1
    assert wire.in_doubt == 0


def test_a_queued_question_is_repeated_and_charged_once(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, (202, b""), QUEUED, (200, BODY)).data.full_name == "Ada Sample"
    assert wire.waits == [None, 2.0, 4.0]
    assert [request.params for request in wire.requests] == [ADA] * 3
    assert [request.most for request in wire.requests] == [1, 0, 0]
    assert wire.charges == [Charge(Fraction(1)), FREE, FREE]


def test_a_queued_question_may_end_in_a_miss(wire: Wire) -> None:
    assert wire.ask(CLEARBIT, ADA, QUEUED, UNKNOWN) == NotFound()
    assert wire.cost == 1


def test_the_last_resort_is_what_the_cache_has(wire: Wire) -> None:
    assert wire.find(CLEARBIT, ADA, *[QUEUED] * 5, (200, BODY)).data.full_name == "Ada Sample"
    assert wire.waits == [None, 2.0, 4.0, 8.0, 16.0, 0.0]
    assert wire.requests[-1].params == ADA | {"cached": "true"}
    assert wire.cost == 1


@pytest.mark.parametrize("last", [QUEUED, UNKNOWN])
def test_a_search_that_does_not_end_is_no_miss(wire: Wire, last: tuple[int, Body]) -> None:
    with pytest.raises(StillPending, match=r"^still queued$"):
        wire.ask(CLEARBIT, ADA, *[QUEUED] * 5, last)
    assert wire.cost == 1
    assert len(wire.requests) == 6


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("email", ["info@example.com", "no-reply@example.com", "sales+eu@example.com"])
def test_a_refused_role_mailbox_is_a_free_miss(wire: Wire, status: int, email: str) -> None:
    assert wire.ask(CLEARBIT, {"email": email}, (status, {"error": {"type": "email_invalid"}})) == NotFound()
    assert wire.charges == [FREE]


@pytest.mark.parametrize("email", ["ada@exampel.com", "information@example.com", "ada@info.com"])
def test_any_other_refused_address_is_not_accepted(wire: Wire, email: str) -> None:
    with pytest.raises(NotAccepted):
        wire.ask(CLEARBIT, {"email": email}, (422, {"error": {"type": "email_invalid"}}))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": {"type": "auth_required"}}, InvalidCredentials),
        (401, {"error": {"type": "invalid_api_key"}}, InvalidCredentials),
        (402, {"error": {"type": "over_quota"}}, OutOfCredit),
        (404, {"error": {"type": "unknown_route"}}, BadAnswer),
        (404, b"<html>nothing here</html>", BadAnswer),
        (404, b"", BadAnswer),
        (429, {"error": {"type": "rate_limit"}}, RateLimited),
        (500, {"error": {"type": "api_error"}}, Unavailable),
        (503, b"", Unavailable),
        (200, b"<html>hello</html>", BadAnswer),
        (200, b'{"name": {"fullName": "Ada', BadAnswer),
        (200, b"", BadAnswer),
        (200, ["Ada"], BadAnswer),
    ],
)
def test_what_is_no_answer_bears_its_name_and_no_charge(
    wire: Wire, status: int, body: Body, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind):
        wire.ask(CLEARBIT, ADA, (status, body))
    assert wire.charges == []


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset": "1003"}, 3.0),
        ({"x-ratelimit-reset": "990"}, 1.0),
        ({"x-ratelimit-reset": "99999999999"}, 99_999_998_999.0),
        ({"x-ratelimit-reset": "soon"}, 60.0),
        ({"x-ratelimit-reset": "nan"}, 60.0),
        ({}, 60.0),
        ({"retry-after": "5"}, 5.0),
    ],
)
def test_a_rate_limit_ends_at_its_reset_time(headers: dict[str, str], seconds: float) -> None:
    error = CLEARBIT.error(question(), Response(429, headers=headers, at=1000.0))
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


def test_an_answer_that_the_generator_can_not_read_is_a_bad_answer(wire: Wire) -> None:
    lookup = CLEARBIT.lookup(wire.customer(ADA), frozenset(), wire.choose)
    next(lookup)
    with pytest.raises(BadAnswer):
        lookup.send(Response(200, b"[]"))


@pytest.mark.parametrize("status", [400, 401, 402, 404, 422, 429, 500])
def test_no_error_quotes_the_question_or_the_body(status: int) -> None:
    error = CLEARBIT.error(question(), Response(status, b"sk_secret ada@example.com"))
    assert "sk_secret" not in repr(error)
    assert "ada" not in repr(error)


@pytest.mark.parametrize(
    ("status", "poll_after", "charge"),
    [(200, None, 1), (201, None, 1), (202, None, 1), (404, None, 1), (422, None, 0), (200, 2.0, 0), (404, 0.0, 0)],
)
def test_a_lookup_is_charged_at_its_first_answer(status: int, poll_after: float | None, charge: int) -> None:
    assert CLEARBIT.charged(question(poll_after=poll_after), Response(status)) == Charge(Fraction(charge))


def test_its_placeholder_price_is_ten_cents() -> None:
    assert str(CLEARBIT.price) == "0.10"
