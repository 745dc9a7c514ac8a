from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
TOKEN = "4711|app-secret"
PAGE_FIELDS = (
    "id,name,username,about,bio,category,link,fan_count,followers_count,verification_status,website,emails,phone,"
    "location,single_line_address,is_unclaimed"
)
BASIC_FIELDS = "id,name,location,link,verification_status,is_unclaimed"
SEARCH = "/v25.0/pages/search"


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(path: str, **params: str) -> httpx.Response:
        asked = {"access_token": TOKEN, **params}
        return await client.get(f"{sandbox.base_urls['facebook']}{path}", params=asked)

    return ask


async def search(ask: Ask, company: str, **params: str) -> list[dict[str, Any]]:
    response = await ask(SEARCH, q=company, fields=BASIC_FIELDS, **params)
    assert response.status_code == 200
    data: list[dict[str, Any]] = response.json()["data"]
    return data


def error(response: httpx.Response) -> tuple[int, int, object]:
    """Status, code and subcode."""
    told = response.json()["error"]
    assert told.keys() >= {"message", "type", "code", "fbtrace_id"}
    return response.status_code, told["code"], told.get("error_subcode")


async def test_a_page_found_by_name_is_read_by_its_id(ask: Ask) -> None:
    [candidate] = await search(ask, "Example Pumps +hit")
    assert set(candidate) == set(BASIC_FIELDS.split(","))
    page = (await ask(f"/v25.0/{candidate['id']}", fields=PAGE_FIELDS)).json()
    assert set(page) == set(PAGE_FIELDS.split(","))
    assert (page["name"], page["website"]) == ("Example Pumps", "http://www.example-pumps.example/")
    assert page["emails"] == ["info@example-pumps.example"]
    assert {name: page[name] for name in candidate} == candidate
    assert int(page["id"]) > 2**53


async def test_a_page_is_read_by_its_username_too(ask: Ask) -> None:
    [candidate] = await search(ask, "Example Pumps +hit")
    username = candidate["link"].rstrip("/").rpartition("/")[2]
    assert (await ask(f"/v25.0/{username}", fields="location")).json() == {
        "id": candidate["id"],
        "location": candidate["location"],
    }


async def test_an_id_holds_in_another_sandbox_with_the_same_seed(ask: Ask, client: httpx.AsyncClient) -> None:
    [candidate] = await search(ask, "Example Pumps +hit")
    async with serving(seed=7) as other:
        url = f"{other.base_urls['facebook']}/v25.0/{candidate['id']}"
        page = (await client.get(url, params={"access_token": TOKEN, "fields": BASIC_FIELDS})).json()
    assert page == candidate


async def test_without_fields_only_id_and_name_come(ask: Ask) -> None:
    assert (await ask("/v25.0/example.pumps.hit")).json().keys() == {"id", "name"}


async def test_everything_is_free(ask: Ask, sandbox: Sandbox) -> None:
    await search(ask, "Example Pumps +hit")
    await search(ask, "Example Pumps +miss")
    entry = sandbox.bill().vendors["facebook"]
    assert (entry.hits, entry.misses) == (1, 1)
    assert not entry.units
    assert not entry.usd


async def test_a_search_without_a_result_is_an_empty_list(ask: Ask) -> None:
    assert (await ask(SEARCH, q="Example Pumps +miss")).json() == {"data": []}


async def test_every_candidate_of_a_search_can_be_read_and_some_are_not_the_companys_own(ask: Ask) -> None:
    names, unclaimed = set(), 0
    for number in range(60):
        for candidate in await search(ask, f"Pumps {number}"):
            page = (await ask(f"/v25.0/{candidate['id']}", fields=PAGE_FIELDS)).json()
            assert {name: page.get(name) for name in candidate} == candidate
            names.add(candidate["name"].removeprefix(f"Pumps {number}"))
            unclaimed += page["is_unclaimed"]
    assert {"", ", Inc.", " Fans"} <= names
    assert unclaimed


async def test_the_wrong_page_is_a_namesakes_with_another_website(ask: Ask) -> None:
    for candidate in await search(ask, "Example Pumps +other"):
        page = (await ask(f"/v25.0/{candidate['id']}", fields=PAGE_FIELDS)).json()
        assert page.get("website", "") not in ("http://www.example-pumps.example/", "www.example-pumps.example")


async def test_what_is_unknown_is_left_out(ask: Ask) -> None:
    missing: set[str] = set()
    for number in range(80):
        for candidate in await search(ask, f"Pumps {number}"):
            page = (await ask(f"/v25.0/{candidate['id']}", fields=PAGE_FIELDS)).json()
            assert None not in page.values()
            missing |= set(PAGE_FIELDS.split(",")) - set(page)
    assert missing == set(PAGE_FIELDS.split(",")) - {"id", "name", "link", "is_unclaimed"}


async def test_a_list_is_read_page_by_page(ask: Ask, client: httpx.AsyncClient) -> None:
    for number in range(60):
        whole = await search(ask, f"Pumps {number}")
        if len(whole) < 2:
            continue
        first = (await ask(SEARCH, q=f"Pumps {number}", fields=BASIC_FIELDS, limit="1")).json()
        assert first["data"] == whole[:1]
        assert "access_token=" in first["paging"]["next"]
        after = first["paging"]["cursors"]["after"]
        assert await search(ask, f"Pumps {number}", limit="1", after=after) == whole[1:2]
        assert await search(ask, f"Pumps {number}", limit="5", after=after) == whole[1:]
        return
    pytest.fail("no search with several results")


async def test_no_such_page_has_a_code_of_its_own_for_ids_and_two_texts_for_usernames(ask: Ask) -> None:
    assert error(await ask("/v25.0/109876543210987")) == (400, 100, 33)
    answers = [await ask(f"/v25.0/pumps{number}.miss") for number in range(30)]
    assert {error(answer) for answer in answers} == {(400, 803, None), (404, 803, None)}
    texts = {answer.json()["error"]["message"][7:28] for answer in answers}
    assert texts == {"Cannot query users by", "Some of the aliases y"}


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        (SEARCH, {}, 100),
        (SEARCH, {"q": "Pumps", "limit": "0"}, 100),
        ("/v25.0/example.pumps", {"fields": "name,birthday"}, 100),
        ("/v25.0/example.pumps", {"appsecret_proof": "0" * 64}, 100),
        ("/v25.0/example.pumps/posts", {}, 2500),
        ("/v25.0/example.pumps", {"access_token": ""}, 2500),
        ("/v25.0/example.pumps", {"access_token": "4711|wrong"}, 190),
        ("/v25.0/example.pumps", {"access_token": "wrong|app-secret"}, 190),
        ("/v25.0/example.pumps", {"access_token": "EAABuser"}, 190),
        ("/v25.0/debug_token", {"input_token": "4711|wrong"}, 190),
        ("/oauth/access_token", {"client_id": "4711", "client_secret": "wrong"}, 1),
        ("/oauth/access_token", {"client_id": "wrong", "client_secret": "s"}, 101),
        ("/oauth/access_token", {"client_id": "4711", "client_secret": "s"}, 100),
    ],
)
async def test_what_can_not_be_served_has_status_400_and_a_code(
    ask: Ask, sandbox: Sandbox, path: str, params: dict[str, str], code: int
) -> None:
    assert error(await ask(path, **params)) == (400, code, None)
    assert sandbox.bill().vendors["facebook"].questions == 0


@pytest.mark.parametrize("fetched", [False, True])
async def test_a_proof_that_is_sent_must_fit_the_token(ask: Ask, *, fetched: bool) -> None:
    token = TOKEN
    if fetched:
        app = {"client_id": "4711", "client_secret": "app-secret", "grant_type": "client_credentials"}
        answer = (await ask("/oauth/access_token", **app)).json()
        assert answer["token_type"] == "bearer"
        token = answer["access_token"]
        assert "app-secret" not in token
    proof = hmac.new(b"app-secret", token.encode(), hashlib.sha256).hexdigest()
    asked = {"access_token": token, "appsecret_proof": proof}
    assert (await ask("/v25.0/example.pumps.hit", **asked)).status_code == 200


async def test_a_token_may_come_as_a_bearer(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    url = f"{sandbox.base_urls['facebook']}/v25.0/example.pumps.hit"
    assert (await client.get(url, headers={"Authorization": f"Bearer {TOKEN}"})).status_code == 200


async def test_the_key_can_be_checked_without_harm(ask: Ask) -> None:
    data = (await ask("/v25.0/debug_token", input_token=TOKEN)).json()["data"]
    assert (data["app_id"], data["type"], data["is_valid"]) == ("4711", "APP", True)
    assert (await ask("/v25.0/4711", fields="id,name")).json() == {"id": "4711", "name": "My app"}
    assert (await ask("/v25.0/facebook", fields="id,name")).json()["name"] == "Facebook"


@pytest.mark.parametrize(
    ("path", "served"), [("/v25.0", "v25.0"), ("/v26.0", "v26.0"), ("/v3.1", "v21.0"), ("", "v21.0")]
)
async def test_a_header_says_which_version_has_served(ask: Ask, path: str, served: str) -> None:
    assert (await ask(f"{path}/example.pumps.hit")).headers["facebook-api-version"] == served


@pytest.mark.parametrize(
    ("kind", "status", "code"), [("403", 400, 10), ("429", 403, 4), ("credit", 400, 368), ("500", 500, 2)]
)
async def test_trouble_is_told_by_its_code(client: httpx.AsyncClient, kind: str, status: int, code: int) -> None:
    async with serving(faults=[Fault("facebook", kind)]) as sandbox:
        response = await client.get(f"{sandbox.base_urls['facebook']}/v25.0/pumps", params={"access_token": TOKEN})
    assert error(response) == (status, code, None)
    assert response.json()["error"].get("is_transient", False) is (code in (2, 4))
    assert ("X-App-Usage" in response.headers) is (code == 4)
