from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

import httpx
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.faults import Chances, Fault
from enrich_cli.sandbox.server import Sandbox, serving

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
BEARER = {"Authorization": "Bearer any-key"}


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(email: str | None = None, **params: str) -> httpx.Response:
        asked = params if email is None else {"email": email, **params}
        return await client.get(f"{sandbox.base_urls['clearbit']}/v2/people/find", params=asked, headers=BEARER)

    return ask


def kind(response: httpx.Response) -> object:
    return response.json()["error"]["type"]


async def test_a_hit_has_every_block_of_the_sheet(ask: Ask) -> None:
    response = await ask("ada.sample+hit@example-pumps.com")
    record = response.json()
    assert response.status_code == 200
    assert record["name"] == {"fullName": "Ada Sample", "givenName": "Ada", "familyName": "Sample"}
    assert (record["employment"]["name"], record["employment"]["domain"]) == ("Example Pumps", "example-pumps.com")
    assert record["employment"].keys() == {"domain", "name", "title", "role", "subRole", "seniority"}
    assert record["geo"].keys() == {"city", "state", "stateCode", "country", "countryCode", "lat", "lng"}
    assert record["linkedin"]["handle"].removeprefix("in/") == "ada-sample-at-example-pumps-hit"
    assert (record["twitter"]["handle"], record["emailProvider"], record["fuzzy"]) == ("ada_sample_hit", False, False)


async def test_free_mail_is_said_by_a_boolean(ask: Ask) -> None:
    assert (await ask("ada.sample+hit@gmail.com")).json()["emailProvider"] is True


async def test_the_name_sent_along_is_the_name_found(ask: Ask) -> None:
    record = (await ask("x1+hit@example.com", given_name="Bea", family_name="Bell")).json()
    assert record["name"]["fullName"] == "Bea Bell"


async def test_somebody_else_has_another_name_and_employer_under_the_address_asked_for(ask: Ask) -> None:
    record = (await ask("ada.sample+other@example.com")).json()
    assert record["email"] == "ada.sample+other@example.com"
    assert record["name"]["familyName"] != "Sample"
    assert (record.get("employment") or {}).get("domain") != "example.com"


@pytest.mark.parametrize("mark", ["miss", "objects"])
async def test_a_miss_costs_as_much_as_a_hit(ask: Ask, sandbox: Sandbox, mark: str) -> None:
    response = await ask(f"ada.sample+{mark}@example.com")
    assert (response.status_code, kind(response)) == (404, "unknown_record")
    assert sandbox.bill().vendors["clearbit"].usd == Money.parse("0.10")


async def test_a_queued_lookup_is_charged_once_and_the_next_one_again(ask: Ask, sandbox: Sandbox) -> None:
    email = "ada.sample+queued@example.com"
    assert [(await ask(email)).status_code for _ in range(2)] == [202, 200]
    assert sandbox.bill().vendors["clearbit"].units == 1
    await ask(email)
    assert sandbox.bill().vendors["clearbit"].units == 2


@pytest.mark.parametrize("fault", ["close", "html"])
async def test_a_poll_whose_answer_was_lost_is_as_free_as_the_next_one(ask: Ask, sandbox: Sandbox, fault: str) -> None:
    email = "ada.sample+queued@example.com"
    assert (await ask(email)).status_code == 202
    (desk,) = (desk for desk in sandbox.desks if desk.vendor.name == "clearbit")
    desk.chances = Chances(0, "clearbit", [Fault("clearbit", fault, count=1)])
    with suppress(httpx.RemoteProtocolError):
        await ask(email)
    assert (await ask(email)).json()["email"] == email
    assert sandbox.bill().vendors["clearbit"].units == 1
    await ask(email)
    assert sandbox.bill().vendors["clearbit"].units == 2


async def test_queued_is_said_with_an_empty_body_or_with_a_type_and_may_never_end(ask: Ask, sandbox: Sandbox) -> None:
    answers = [await ask("ada+forever@example.com", cached="true") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {202}
    assert answers[0].content == b""
    assert kind(answers[1]) == "queued"
    assert sandbox.bill().vendors["clearbit"].units == 1


async def test_cached_asks_for_the_answer_at_once(ask: Ask) -> None:
    assert (await ask("ada+queued@example.com", cached="true")).status_code == 200


@pytest.mark.parametrize("email", ["ada", "a da@example.com", "ada@gone.invalid", "info@example.com"])
async def test_an_address_that_can_not_be_looked_up_is_refused_and_free(ask: Ask, sandbox: Sandbox, email: str) -> None:
    response = await ask(email)
    assert (response.status_code, kind(response)) == (422, "email_invalid")
    assert sandbox.bill().vendors["clearbit"].questions == 0


async def test_a_good_key_without_an_address_is_told_so(ask: Ask) -> None:
    response = await ask()
    assert (response.status_code, kind(response)) == (400, "params_invalid")


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "auth_required"),
        ({"Authorization": "Bearer wrong"}, "invalid_api_key"),
        ({"Authorization": "Basic d3Jvbmc6"}, "invalid_api_key"),
    ],
)
async def test_a_key_is_judged_before_the_parameters(
    sandbox: Sandbox, client: httpx.AsyncClient, headers: dict[str, str], said: str
) -> None:
    response = await client.get(f"{sandbox.base_urls['clearbit']}/v2/people/find", headers=headers)
    assert (response.status_code, kind(response)) == (401, said)
    assert response.headers["X-RateLimit-Limit"] == "600"


async def test_a_basic_key_is_as_good_as_a_bearer(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    url = f"{sandbox.base_urls['clearbit']}/v2/people/find"
    response = await client.get(url, params={"email": "ada+hit@example.com"}, auth=httpx.BasicAuth("any-key", ""))
    assert response.status_code == 200


async def test_a_wrong_path_is_no_miss_even_without_a_key(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    response = await client.get(f"{sandbox.base_urls['clearbit']}/v3/people/find")
    assert (response.status_code, kind(response)) == (404, "unknown_route")


async def test_too_many_requests_come_with_the_time_to_wait_for(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("clearbit", "429")]) as sandbox:
        before = time.time()
        response = await client.get(f"{sandbox.base_urls['clearbit']}/v2/people/find", headers=BEARER)
    assert (response.status_code, kind(response)) == (429, "rate_limit")
    assert before < int(response.headers["X-RateLimit-Reset"]) <= time.time() + 2
    assert "Retry-After" not in response.headers
