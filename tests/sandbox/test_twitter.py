from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
BEARER = {"Authorization": "Bearer AAAA%2Fany%3Dkey"}
FIELDS = (
    "created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username,"
    "verified,verified_type,withheld"
)
ONE = "/2/users/by/username"


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(path: str, **params: str) -> httpx.Response:
        asked = {name.replace("_", "."): text for name, text in params.items()}
        return await client.get(f"{sandbox.base_urls['twitter']}{path}", params=asked, headers=BEARER)

    return ask


async def test_a_hit_has_every_field_that_was_asked_for(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask(f"{ONE}/ada_sample_hit", user_fields=FIELDS)
    user = response.json()["data"]
    assert response.status_code == 200
    assert (user["name"], user["username"].lower()) == ("Ada Sample", "ada_sample_hit")
    assert set(user) == set(FIELDS.split(",")) - {"withheld"}
    assert int(user["id"]) > 2**53
    assert user["public_metrics"].keys() >= {"followers_count", "tweet_count"}
    assert user["entities"]["url"]["urls"][0]["expanded_url"] == "https://ada-sample.example.com"
    assert sandbox.bill().vendors["twitter"].usd == Money.parse("0.01")


async def test_without_fields_only_id_name_and_handle_come(ask: Ask) -> None:
    assert (await ask(f"{ONE}/ada_sample_hit")).json()["data"].keys() == {"id", "name", "username"}


async def test_a_handle_that_says_no_name_is_shown_as_it_is(ask: Ask) -> None:
    for number in range(40):
        data = (await ask(f"{ONE}/examplepumps{number}")).json().get("data", {})
        if data.get("name") == f"examplepumps{number}":
            return
    pytest.fail("nobody was found")


async def test_a_miss_is_free_and_said_in_an_answer_without_data(ask: Ask, sandbox: Sandbox) -> None:
    said = set()
    for number in range(60):
        response = await ask(f"{ONE}/ada_miss{number}_miss", user_fields=FIELDS)
        body = response.json()
        error = body["errors"][0] if response.status_code == 200 else body
        assert "data" not in body
        assert error["type"].endswith("/resource-not-found")
        assert error["value"] == error["resource_id"] == f"ada_miss{number}_miss"
        said.add((response.status_code, error["title"]))
    assert said == {(status, title) for status in (200, 404) for title in ("Not Found Error", "Forbidden")}
    assert sandbox.bill().vendors["twitter"].misses == 60
    assert not sandbox.bill().usd


async def test_somebody_else_has_another_name_behind_the_handle_asked_for(ask: Ask) -> None:
    user = (await ask(f"{ONE}/ada_bell_other")).json()["data"]
    assert user["username"].lower() == "ada_bell_other"
    assert "Bell" not in user["name"]


async def test_a_batch_is_charged_by_the_user_and_names_the_missing(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask("/2/users/by", usernames="ada_hit,bea_miss,cem_hit", user_fields="name")
    body = response.json()
    assert {user["username"].lower() for user in body["data"]} == {"ada_hit", "cem_hit"}
    assert [error["value"] for error in body["errors"]] == ["bea_miss"]
    assert sandbox.bill().vendors["twitter"].units == 2


async def test_a_user_can_be_asked_for_by_id(ask: Ask) -> None:
    answers = [(await ask(f"/2/users/12345678901234567{number:02}")).json() for number in range(40)]
    found = [answer["data"]["id"] for answer in answers if "data" in answer]
    assert {len(number) for number in found} == {19}
    assert 10 < len(found) < 40


async def test_clearbit_and_twitter_tell_the_same_of_a_handle(
    ask: Ask, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    url = f"{sandbox.base_urls['clearbit']}/v2/people/find"
    params = {"email": "ada.sample+hit@example-pumps.example"}
    known = (await client.get(url, params=params, headers=BEARER)).json()["twitter"]
    user = (await ask(f"{ONE}/{known['handle']}", user_fields=FIELDS)).json()["data"]
    assert (user["id"], user["public_metrics"]["followers_count"]) == (str(known["id"]), known["followers"])


@pytest.mark.parametrize(
    ("path", "params", "parameter"),
    [
        (f"{ONE}/sixteen_letters_", {}, "username"),
        (f"{ONE}/ada.sample", {}, "username"),
        (f"{ONE}/ada_hit", {"user_fields": "name,affiliation"}, "user.fields"),
        ("/2/users/by", {}, "usernames"),
        ("/2/users/by", {"usernames": "ada_hit," * 100 + "bea"}, "usernames"),
    ],
)
async def test_a_question_that_can_not_be_used_is_refused_and_free(
    ask: Ask, sandbox: Sandbox, path: str, params: dict[str, str], parameter: str
) -> None:
    response = await ask(path, **params)
    body = response.json()
    assert (response.status_code, body["title"]) == (400, "Invalid Request")
    assert body["errors"][0]["parameters"].keys() == {parameter}
    assert sandbox.bill().vendors["twitter"].questions == 0


async def test_search_refuses_app_only_tokens(ask: Ask) -> None:
    response = await ask("/2/users/search", query="ada")
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (403, "unsupported-authentication")


async def test_the_usage_tells_a_good_token_and_the_balance_is_not_to_be_had(ask: Ask) -> None:
    assert (await ask("/2/usage/tweets")).json()["data"]["project_cap"] == "10000"
    credit = await ask("/2/usage/credits")
    assert (credit.status_code, credit.content) == (404, b"")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
async def test_a_wrong_token_is_unauthorized(
    sandbox: Sandbox, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await client.get(f"{sandbox.base_urls['twitter']}{ONE}/ada", headers=headers)
    assert (response.status_code, response.json()["title"]) == (401, "Unauthorized")


@pytest.mark.parametrize(
    ("kind", "status", "title"),
    [
        ("402", 402, "Payment Required"),
        ("credit", 402, "CreditsDepleted"),
        ("403", 403, "Client Forbidden"),
        ("429", 429, "Too Many Requests"),
        ("503", 503, "Internal Server Error"),
    ],
)
async def test_trouble_is_told_as_a_problem(client: httpx.AsyncClient, kind: str, status: int, title: str) -> None:
    async with serving(faults=[Fault("twitter", kind)]) as sandbox:
        response = await client.get(f"{sandbox.base_urls['twitter']}{ONE}/ada_hit", headers=BEARER)
    assert (response.status_code, response.json()["title"]) == (status, title)


async def test_the_reset_is_an_epoch_soon_after_too_many_requests_and_a_window_away_else(
    ask: Ask, client: httpx.AsyncClient
) -> None:
    assert int((await ask(f"{ONE}/ada_hit")).headers["x-rate-limit-reset"]) > time.time() + 800
    async with serving(faults=[Fault("twitter", "429")]) as sandbox:
        response = await client.get(f"{sandbox.base_urls['twitter']}{ONE}/ada_hit", headers=BEARER)
    assert int(response.headers["x-rate-limit-reset"]) <= time.time() + 2
    assert "Retry-After" not in response.headers
