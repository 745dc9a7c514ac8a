"""Hunter's account, by the facts of its sheet: the credits that are left, and nothing of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.providers.errors import BadAnswer, InvalidCredentials, OutOfCredit, RateLimited
from enrich_cli.providers.hunter import Hunter

if TYPE_CHECKING:
    from tests.providers.conftest import Body, Wire

HUNTER = Hunter()
OWNER = {"first_name": "Olive", "last_name": "Owner", "email": "olive.owner@example.com"}


def told(**requests: object) -> Body:
    return {"data": {**OWNER, "plan_name": "Starter", "reset_date": "2026-12-01", "requests": requests}}


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        ({"credits": {"used": 60, "available": 50, "remaining": 2_000.8}}, "2,000.8 of 50 credits left"),
        ({"credits": {"used": 0.2, "available": 50}}, "49.8 of 50 credits left"),
        (
            {
                "searches": {"used": 1, "available": 500, "remaining": 499},
                "verifications": {"used": 0, "available": 100, "remaining": 100},
            },
            "499 of 500 searches and 100 of 100 verifications left",
        ),
        (
            {"credits": {"used": 0, "available": 50}, "searches": {"used": 0, "available": 50}},
            "50 of 50 credits left",
        ),
    ],
)
def test_the_bucket_that_the_plan_has_is_told(wire: Wire, requests: dict[str, object], words: str) -> None:
    assert wire.probe(HUNTER, (200, told(**requests))) == f"{words} until 2026-12-01"
    assert [request.path for request in wire.requests] == ["/v2/usage"]


@pytest.mark.parametrize("missing", [(404, {"errors": [{"id": "not_found"}]}), (404, b"<html></html>"), (404, b"")])
def test_where_the_usage_is_missing_the_account_is_asked(wire: Wire, missing: tuple[int, Body]) -> None:
    account = told(credits={"used": 3, "available": 50})
    assert wire.probe(HUNTER, missing, (200, account)) == "47 of 50 credits left until 2026-12-01"
    assert [request.path for request in wire.requests] == ["/v2/usage", "/v2/account"]


@pytest.mark.parametrize("body", [{"data": OWNER}, {"data": {"requests": {"credits": {"used": 1}}}}, {"data": None}])
def test_an_account_that_tells_no_credits_is_accepted_all_the_same(wire: Wire, body: Body) -> None:
    assert wire.probe(HUNTER, (200, body)) == "what is left of the plan is not reported"


@pytest.mark.parametrize(("status", "kind"), [(401, InvalidCredentials), (403, RateLimited), (429, OutOfCredit)])
def test_what_refuses_a_lookup_refuses_the_probe(wire: Wire, status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        wire.probe(HUNTER, (status, {"errors": [{"id": "…", "code": status}]}))


def test_neither_page_there_is_no_answer(wire: Wire) -> None:
    with pytest.raises(BadAnswer):
        wire.probe(HUNTER, (404, b""), (404, b""))
