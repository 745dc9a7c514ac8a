from __future__ import annotations

from collections.abc import Awaitable, Callable
from fractions import Fraction
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.server import Sandbox

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
PERSON, FINDER, VERIFIER = "/v2/people/find", "/v2/email-finder", "/v2/email-verifier"


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(path: str, **params: str) -> httpx.Response:
        url, headers = f"{sandbox.base_urls['hunter']}{path}", {"X-API-KEY": "any-key"}
        return await client.get(url, params=params, headers=headers)

    return ask


async def find_one(ask: Ask, *, hit: bool) -> dict[str, Any]:
    """The finder's answer to the first of a few names that it knows, or does not know."""
    for number in range(40):
        domain = f"pumps-{number}.example"
        response = await ask(FINDER, first_name="Ada", last_name="Sample", domain=domain)
        data: dict[str, Any] = response.json()["data"]
        if (data["email"] is not None) is hit and (not hit or data["domain"] == domain):
            return data
    pytest.fail("no such answer")


def error_id(response: httpx.Response) -> object:
    error = response.json()["errors"][0]
    assert error.keys() == {"id", "code", "details"}
    assert error["code"] == response.status_code
    return error["id"]


async def test_a_person_has_every_block_of_the_sheet_in_an_envelope(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask(PERSON, email="ada.sample+hit@example-pumps.com")
    person = response.json()["data"]
    assert (response.status_code, response.json()["meta"]) == (200, {"email": "ada.sample+hit@example-pumps.com"})
    assert person["name"]["fullName"] == "Ada Sample"
    assert person["employment"]["name"] == "Example Pumps"
    assert isinstance(person["emailProvider"], str)
    assert person["linkedin"]["handle"].removeprefix("in/") == "ada-sample-at-example-pumps-hit"
    assert sandbox.bill().vendors["hunter"].usd == Money.parse("0.0049")


async def test_of_an_address_and_a_handle_the_handle_wins(ask: Ask) -> None:
    for number in range(40):
        handle = f"ada-sample-{number}"
        response = await ask(PERSON, email="bea.bell+hit@example.com", linkedin_handle=handle)
        if response.status_code == 200 and response.json()["data"]["name"]["familyName"] == "Sample":
            assert response.json()["meta"] == {"linkedin_handle": handle}
            return
    pytest.fail("nobody was found")


async def test_nobody_known_is_free(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask(PERSON, email="ada+miss@example.com")
    assert (response.status_code, error_id(response)) == (404, "not_found")
    assert sandbox.bill().vendors["hunter"].misses == 1
    assert sandbox.bill().usd == Money.parse("0")


@pytest.mark.parametrize("path", [PERSON, VERIFIER])
async def test_a_person_who_objected_is_withheld(ask: Ask, path: str) -> None:
    response = await ask(path, email="ada+objects@example.com")
    assert (response.status_code, error_id(response)) == (451, "claimed_email")


@pytest.mark.parametrize(
    ("path", "params", "said"),
    [
        (PERSON, {}, "wrong_params"),
        (PERSON, {"email": "ada"}, "invalid_email"),
        (PERSON, {"linkedin_handle": "in/ada"}, "wrong_params"),
        (VERIFIER, {}, "wrong_params"),
        (VERIFIER, {"email": "ada"}, "invalid_email"),
        (FINDER, {"domain": "example.com"}, "wrong_params"),
        (FINDER, {"full_name": "Ada Sample"}, "wrong_params"),
        (FINDER, {"first_name": "Ada", "domain": "example.com"}, "wrong_params"),
        (FINDER, {"first_name": "A*", "last_name": "Sample", "domain": "example.com"}, "invalid_first_name"),
        (FINDER, {"first_name": "Ada", "last_name": "S" * 101, "domain": "example.com"}, "invalid_last_name"),
        (FINDER, {"full_name": "Ada\tSample", "domain": "example.com"}, "invalid_full_name"),
        (FINDER, {"full_name": "Ada Sample", "domain": "gone.invalid"}, "invalid_domain"),
        (FINDER, {"full_name": "Ada Sample", "domain": "example.com", "max_duration": "30"}, "invalid_max_duration"),
    ],
)
async def test_a_question_that_can_not_be_used_is_refused_and_free(
    ask: Ask, sandbox: Sandbox, path: str, params: dict[str, str], said: str
) -> None:
    response = await ask(path, **params)
    assert (response.status_code, error_id(response)) == (400, said)
    assert sandbox.bill().vendors["hunter"].questions == 0


async def test_the_finder_answers_a_hit_with_an_address_of_that_domain(ask: Ask, sandbox: Sandbox) -> None:
    data = await find_one(ask, hit=True)
    entry = sandbox.bill().vendors["hunter"]
    assert data["email"] == f"ada.sample@{data['domain']}"
    assert (data["first_name"], data["last_name"]) == ("Ada", "Sample")
    assert 0 <= data["score"] <= 100
    assert entry.units == entry.hits


async def test_a_miss_of_the_finder_is_a_200_without_an_address(ask: Ask, sandbox: Sandbox) -> None:
    data = await find_one(ask, hit=False)
    entry = sandbox.bill().vendors["hunter"]
    assert (data["email"], data["score"], data["verification"]) == (None, None, None)
    assert entry.misses == 1
    assert entry.units == entry.hits


@pytest.mark.parametrize("name", [{"full_name": "Ada Sample"}, {"first_name": "Ada", "last_name": "Sample"}])
async def test_with_a_company_alone_the_finder_chooses_the_domain(ask: Ask, name: dict[str, str]) -> None:
    response = await ask(FINDER, company="Example Pumps", **name)
    assert response.status_code == 200
    assert response.json()["meta"]["params"] == {
        **dict.fromkeys(("first_name", "last_name", "full_name", "domain", "max_duration")),
        "company": "Example Pumps",
        **name,
    }


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("ada+hit@example.com", "valid"),
        ("ada+miss@example.com", "invalid"),
        ("ada@gone.invalid", "invalid"),
    ],
)
async def test_a_verdict_costs_half_a_credit(ask: Ask, sandbox: Sandbox, email: str, status: str) -> None:
    response = await ask(VERIFIER, email=email)
    assert (response.status_code, response.json()["data"]["status"]) == (200, status)
    assert sandbox.bill().vendors["hunter"].units == Fraction(1, 2)


async def test_a_verification_that_runs_long_is_charged_once(ask: Ask, sandbox: Sandbox) -> None:
    answers = [await ask(VERIFIER, email="ada+queued@example.com") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 200]
    assert sandbox.bill().vendors["hunter"].units == Fraction(1, 2)


async def test_the_verifier_knows_every_status_of_the_sheet_and_an_unusable_2xx(ask: Ask) -> None:
    said = set()
    for number in range(300):
        response = await ask(VERIFIER, email=f"ada{number}@example.com")
        said.add(response.json()["data"]["status"] if response.status_code == 200 else response.status_code)
    assert said == {"valid", "accept_all", "invalid", "disposable", "unknown", 202, 222}


@pytest.mark.parametrize(
    ("headers", "params", "status"),
    [
        ({}, {}, 401),
        ({"X-API-KEY": "wrong"}, {}, 401),
        ({"X-API-KEY": "any-key"}, {}, 200),
        ({"Authorization": "Bearer any-key"}, {}, 200),
        ({}, {"api_key": "any-key"}, 200),
    ],
)
async def test_a_key_may_come_in_three_ways(
    sandbox: Sandbox, client: httpx.AsyncClient, headers: dict[str, str], params: dict[str, str], status: int
) -> None:
    url = f"{sandbox.base_urls['hunter']}/v2/account"
    assert (await client.get(url, params=params, headers=headers)).status_code == status


async def test_account_and_usage_tell_the_credits_to_the_tenth_and_are_free(ask: Ask, sandbox: Sandbox) -> None:
    await ask(PERSON, email="ada+hit@example.com")
    account = (await ask("/v2/account")).json()["data"]["requests"]["credits"]
    usage = (await ask("/v2/usage")).json()["data"]["requests"]["credits"]
    assert account == {"used": 0.2, "available": 50_000}
    assert usage == {**account, "remaining": 49_999.8}
    assert sandbox.bill().vendors["hunter"].units == Fraction(1, 5)


async def test_a_wrong_path_is_a_page_and_no_miss(ask: Ask) -> None:
    response = await ask("/v3/people/find", email="ada@example.com")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
