from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Get: TypeAlias = Callable[..., Awaitable[httpx.Response]]
HIT = {"streetAddress": "742 Hit St Apt 2", "city": "Springfield", "state": "IL", "zipCode": "62704"}


async def token(
    client: httpx.AsyncClient, sandbox: Sandbox, key: str = "key", secret: str = "secret"
) -> httpx.Response:
    url = f"{sandbox.base_urls['corelogic']}/oauth/token?grant_type=client_credentials"
    return await client.post(url, auth=httpx.BasicAuth(key, secret))


async def bearer(client: httpx.AsyncClient, sandbox: Sandbox) -> dict[str, str]:
    return {"Authorization": f"Bearer {(await token(client, sandbox)).json()['access_token']}"}


@pytest.fixture
async def get(sandbox: Sandbox, client: httpx.AsyncClient) -> Get:
    headers = await bearer(client, sandbox)

    async def get(path: str, **params: str) -> httpx.Response:
        url = f"{sandbox.base_urls['corelogic']}/v2/properties/{path}"
        return await client.get(url, params=params, headers=headers)

    return get


async def best_match(get: Get, **asked: str) -> dict[str, Any]:
    (item,) = (await get("search", bestMatch="true", **asked)).json()["items"]
    return dict(item)


def errorcode(response: httpx.Response) -> str:
    return str(response.json()["fault"]["detail"]["errorcode"])


async def test_a_search_gives_a_number_and_the_standardised_address(get: Get) -> None:
    item = await best_match(get, **HIT)
    assert (len(item["clip"]), item["clip"].isdecimal()) == (10, True)
    address = item["propertyAddress"]
    assert (address["streetAddress"], address["city"], address["zipCode"]) == (
        "742 HIT ST APT 2",
        "SPRINGFIELD",
        "62704",
    )
    assert address["propertyStreetAddressParsed"]["unitNumber"] == "2"
    assert item["addressMatchInformation"]["propertyMatchScore"] == 10


async def test_without_best_match_all_matches_come(get: Get) -> None:
    body = (await get("search", **HIT)).json()
    assert body["metadata"]["totalRecords"] == len(body["items"]) == 2
    assert body["items"][1]["addressMatchInformation"]["addressType"] == "RELATED"


async def test_detail_permits_and_value_follow_by_number_and_cost_a_unit_each(get: Get, sandbox: Sandbox) -> None:
    clip = (await best_match(get, **HIT))["clip"]
    detail = (await get(f"{clip}/property-detail")).json()
    permits = (await get(f"{clip}/building-permits")).json()
    value = (await get(f"{clip}/avm/thv/thvConsumers/summary")).json()["summary"]
    assert detail["ownership"]["data"]["clip"] == clip
    owner = detail["ownership"]["data"]["currentOwners"]["ownerNames"][0]
    assert owner["fullName"] == f"{owner['lastName']} {owner['firstName']} {owner['middleName']}"
    assert permits["meta"]["totalRecords"] == len(permits["items"]) > 0
    assert value["lowValue"] <= value["estimatedValue"] <= value["highValue"]
    assert sandbox.bill().vendors["corelogic"].units == 4


async def test_both_property_vendors_say_the_same_of_one_address(
    get: Get, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    asked = {"address1": HIT["streetAddress"], "address2": "Springfield, IL 62704"}
    url = f"{sandbox.base_urls['attom']}/propertyapi/v1.0.0/property/expandedprofile"
    profile = (await client.get(url, params=asked, headers={"apikey": "any-key"})).json()["property"][0]
    detail = (await get(f"{(await best_match(get, **HIT))['clip']}/property-detail")).json()
    building = detail["buildings"]["data"]["allBuildingsSummary"]
    sale = detail["lastMarketSale"]["items"][0]["transactionDetails"]
    owner = detail["ownership"]["data"]["currentOwners"]["ownerNames"][0]
    assert building["livingAreaSquareFeet"] == profile["building"]["size"]["universalSize"]
    assert building["bedroomsCount"] == profile["building"]["rooms"]["beds"]
    assert sale["saleDateDerived"] == profile["sale"]["saleTransDate"]
    assert sale["saleAmount"] == profile["sale"]["amount"]["saleAmt"]
    assert set(owner["fullName"].split()) == set(profile["assessment"]["owner"]["owner1"]["fullName"].split())
    assert detail["siteLocation"]["data"]["landUseAndZoningCodes"]["zoningCode"] == profile["lot"]["siteZoningIdent"]


async def test_a_number_of_the_other_vendor_is_no_clip(get: Get, sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    asked = {"address1": HIT["streetAddress"], "address2": "Springfield, IL 62704"}
    url = f"{sandbox.base_urls['attom']}/propertyapi/v1.0.0/property/expandedprofile"
    profile = (await client.get(url, params=asked, headers={"apikey": "any-key"})).json()["property"][0]
    assert (await get(f"{profile['identifier']['attomId']}/property-detail")).status_code == 404
    assert (await get("no-clip/building-permits")).status_code == 404


async def test_a_miss_is_an_empty_list_or_a_404_and_half_of_them_are_charged(get: Get, sandbox: Sandbox) -> None:
    asked = [{"streetAddress": f"{n} Miss St", "city": "Boise", "state": "ID"} for n in range(100)]
    answers = [await get("search", bestMatch="true", **each) for each in asked]
    assert {answer.status_code for answer in answers} == {200, 404}
    assert not any(answer.json().get("items") for answer in answers)
    assert 30 < sandbox.bill().vendors["corelogic"].units < 70


@pytest.mark.parametrize("wrong", [{"zipCode": "62704-1234"}, {"state": "Illinois"}, {"streetAddress": "PO Box 7"}])
async def test_state_and_zip_are_compared_exactly(get: Get, wrong: dict[str, str]) -> None:
    response = await get("search", bestMatch="true", **{**HIT, **wrong})
    assert response.json().get("items", []) == []


@pytest.mark.parametrize("asked", [{}, {"streetAddress": "742 Hit St"}, {"city": "Boise", "state": "ID"}])
async def test_too_few_parameters_are_refused_and_free(get: Get, sandbox: Sandbox, asked: dict[str, str]) -> None:
    response = await get("search", **asked)
    assert (response.status_code, response.json()["ErrorResponse"]["httpStatus"]) == (400, 400)
    assert not sandbox.bill().usd


async def test_something_else_is_the_house_next_door(get: Get) -> None:
    item = await best_match(get, streetAddress="742 Other St", city="Springfield", state="IL")
    assert item["propertyAddress"]["propertyStreetAddressParsed"]["houseNumber"] == "744"


async def test_parcels_differ_in_what_is_known_of_them(get: Get) -> None:
    asked = [{"streetAddress": f"{n} Mill Ln", "city": "Boise", "state": "ID"} for n in range(10, 160)]
    answers = [await get("search", bestMatch="true", **each) for each in asked]
    clips = [answer.json()["items"][0]["clip"] for answer in answers if answer.json().get("items")]
    assert 0.5 < len(clips) / 150 < 0.8
    details = [(await get(f"{clip}/property-detail")).json() for clip in clips]
    assert {name for detail in details for name in detail["buildings"]["data"]} >= {"Buildings", "buildings"}
    taxes = [detail["taxAssessment"]["items"][0]["assessedValue"] for detail in details]
    assert {tax["calculatedTotalValueSourceCode"] for tax in taxes} == {"A", "M"}
    transfers = [detail["mostRecentOwnerTransfer"]["items"][0]["transactionDetails"] for detail in details]
    assert any(transfer["isInterfamilyRelated"] for transfer in transfers)
    values = [await get(f"{clip}/avm/thv/thvMarketing/summary") for clip in clips]
    assert {value.status_code for value in values} == {200, 404}
    assert any(value.status_code == 200 and value.json()["summary"]["estimatedValue"] == 0 for value in values)
    permits = [await get(f"{clip}/building-permits") for clip in clips]
    assert {permit.status_code for permit in permits} == {200, 404}
    assert any(permit.json().get("items") == [] for permit in permits)


async def test_a_token_is_free_and_says_how_long_it_is_good(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    response = await token(client, sandbox)
    body = response.json()
    assert (response.status_code, body["token_type"], int(body["expires_in"])) == (200, "Bearer", 3599)
    assert not sandbox.bill().usd


async def test_some_hosts_write_the_seconds_as_text(client: httpx.AsyncClient) -> None:
    kinds = set()
    for seed in (0, 1):
        async with serving(seed=seed) as sandbox:
            kinds.add(type((await token(client, sandbox)).json()["expires_in"]))
    assert kinds == {int, str}


async def test_a_token_expires_and_a_new_one_opens_again(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(token_seconds=60) as sandbox:
        url = f"{sandbox.base_urls['corelogic']}/v2/properties/search"
        headers = await bearer(client, sandbox)
        assert (await client.get(url, params=HIT, headers=headers)).status_code == 200
        later = time.time() + 61
        monkeypatch.setattr(time, "time", lambda: later)
        late = await client.get(url, params=HIT, headers=headers)
        assert (late.status_code, errorcode(late)) == (401, "keymanagement.service.access_token_expired")
        again = await client.get(url, params=HIT, headers=await bearer(client, sandbox))
        assert again.status_code == 200
        assert sandbox.bill().vendors["corelogic"].units == 2


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer 9999999999999.made-up"}])
async def test_a_token_that_was_not_given_out_opens_nothing(
    sandbox: Sandbox, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await client.get(f"{sandbox.base_urls['corelogic']}/v2/properties/search", params=HIT, headers=headers)
    assert (response.status_code, errorcode(response)) == (401, "oauth.v2.InvalidAccessToken")


@pytest.mark.parametrize(("key", "secret"), [("wrong", "secret"), ("key", "wrong"), ("key", "")])
async def test_a_wrong_key_or_secret_gets_no_token(
    sandbox: Sandbox, client: httpx.AsyncClient, key: str, secret: str
) -> None:
    response = await token(client, sandbox, key, secret)
    assert (response.status_code, response.json()["ErrorCode"]) == (401, "invalid_client")


async def test_a_token_needs_its_grant_type(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    url = f"{sandbox.base_urls['corelogic']}/oauth/token"
    assert (await client.post(url, auth=httpx.BasicAuth("key", "secret"))).status_code == 400


async def test_a_missing_entitlement_and_a_quota_are_told_apart(client: httpx.AsyncClient) -> None:
    for kind, status, text in (("403", 403, "entitlements"), ("429", 429, "Spike"), ("credit", 429, "quota")):
        async with serving(faults=[Fault("corelogic", kind)]) as sandbox:
            url = f"{sandbox.base_urls['corelogic']}/v2/properties/search"
            response = await client.get(url, headers={"Authorization": "Bearer x"})
        assert response.status_code == status
        assert text in response.json()["fault"]["faultstring"]
