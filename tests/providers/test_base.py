"""What every vendor's file says, where it says nothing of its own."""

from __future__ import annotations

from fractions import Fraction

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import FREE, Charge, Choose, Lookup, Request, Response

QUESTION = Request(method="GET", path="/who")


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
