"""What every vendor's file is made of."""

from __future__ import annotations

from fractions import Fraction

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import FREE, Charge, Choose, Lookup, Provider, Request, Response
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)

QUESTION = Request(method="GET", path="/who")
NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z


class Plain(Provider):
    """A vendor that overrides nothing that it need not."""

    name = "plain"
    data_type = DataType.PERSON
    keys = ("PLAIN_API_KEY",)
    needs = (frozenset({"email"}), frozenset({"name", "company"}))
    reads = frozenset({"email", "name", "company"})

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(*keys)

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        yield QUESTION
        return NotFound()

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return Fraction(1)

    def charged(self, request: Request, response: Response) -> Charge:
        return FREE


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("Thu, 01 Jan 2026 12:00:30 GMT", 30.0),
        ("Thu, 01 Jan 2026 12:00:30 -0000", 30.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert Response(503, headers={"retry-after": header}, at=NOON).retry_after() == seconds


def test_retry_after_may_be_absent() -> None:
    assert Response(503, at=NOON).retry_after() is None


def test_a_body_is_read_as_json() -> None:
    assert Response(200, b'{"name": "Ada"}').json() == {"name": "Ada"}


def test_a_text_that_was_cut_within_an_emoji_spoils_no_answer() -> None:
    body = rb'{"cut": "a\ud83d", "last": "\uDE00b", "two": "\ud83d\ud83d\ude00", "text": "\\ud83d"}'
    assert Response(200, body).json() == {
        "cut": "a\ufffd",
        "last": "\ufffdb",
        "two": "\ufffd😀",
        "text": r"\ud83d",
    }


@pytest.mark.parametrize("body", [b"", b"<html>Ada Sample</html>", b'{"name": "Ada Sam', b"\xff\xfe"])
def test_a_body_that_is_no_json_is_a_bad_answer_and_is_not_quoted(body: bytes) -> None:
    with pytest.raises(BadAnswer, match=r"^the answer \(status 200\) is not JSON$"):
        Response(200, body).json()


@pytest.mark.parametrize("status", [200, 201, 202, 204, 404])
def test_success_and_a_miss_are_answers(status: int) -> None:
    assert Plain().error(QUESTION, Response(status)) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, BadAnswer),
        (400, NotAccepted),
        (401, InvalidCredentials),
        (402, OutOfCredit),
        (403, InvalidCredentials),
        (405, BadAnswer),
        (410, BadAnswer),
        (422, NotAccepted),
        (429, RateLimited),
        (500, Unavailable),
        (502, Unavailable),
        (503, Unavailable),
        (504, Unavailable),
    ],
)
def test_other_statuses_are_errors_that_do_not_quote_the_body(status: int, kind: type[ProviderError]) -> None:
    error = Plain().error(QUESTION, Response(status, b"secret-key ada@example.com"))
    assert type(error) is kind
    assert "secret" not in str(error)
    assert "ada" not in str(error)


@pytest.mark.parametrize("status", [429, 503])
def test_an_error_carries_how_long_to_wait(status: int) -> None:
    error = Plain().error(QUESTION, Response(status, headers={"retry-after": "7"}))
    assert isinstance(error, RateLimited | Unavailable)
    assert error.retry_after == 7.0


def test_a_vendor_can_be_asked_with_any_one_of_the_sets_that_it_needs() -> None:
    def can_ask(**fields: str) -> bool:
        return Plain().can_ask(Customer(id=CustomerId("1"), **fields))

    assert can_ask(email="ada@example.com")
    assert can_ask(first_name="Ada", last_name="Sample", company="Example Pumps")
    assert not can_ask(name="Ada Sample")
    assert not can_ask(company="Example Pumps", domain="example.com")
