from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Get: TypeAlias = Callable[..., Awaitable[httpx.Response]]
PROFILE, VALUE, PERMITS = "property/expandedprofile", "attomavm/detail", "property/buildingpermits"
HIT = {"address1": "742 Hit St Apt 2", "address2": "Springfield, IL 62704"}
MISS = {"address1": "742 Miss St", "address2": "Springfield, IL 62704"}


@pytest.fixture
def get(sandbox: Sandbox, client: httpx.AsyncClient) -> Get:
    async def get(path: str, key: str | None = "any-key", **params: str | int) -> httpx.Response:
        url = f"{sandbox.base_urls['attom']}/propertyapi/v1.0.0/{path}"
        return await client.get(url, params=params, headers={"apikey": key} if key else {})

    return get


def only(response: httpx.Response) -> dict[str, Any]:
    assert response.json()["status"]["msg"] == "SuccessWithResult"
    (found,) = response.json()["property"]
    return dict(found)


async def test_a_profile_has_the_standardised_address_and_every_block(get: Get) -> None:
    found = only(await get(PROFILE, **HIT))
    assert found["address"]["oneLine"] == "742 HIT ST APT 2, SPRINGFIELD, IL 62704"
    assert {name: found["address"][name] for name in ("situsHouseNumber", "situsUnitValue", "countrySubd")} == {
        "situsHouseNumber": "742",
        "situsUnitValue": "2",
        "countrySubd": "IL",
    }
    assert found["assessment"]["owner"]["owner1"]["fullName"]
    assert found["assessment"]["owner"]["owner3"]["fullName"] is None
    assert found["assessment"]["market"]["mktTtlValue"] > found["assessment"]["assessed"]["assdTtlValue"] > 0
    assert found["building"]["rooms"]["beds"] >= 1
    assert found["lot"]["lotSize2"] == pytest.approx(found["lot"]["lotSize1"] * 43_560, rel=0.01)


async def test_three_reports_speak_of_one_parcel_and_cost_three_units(get: Get, sandbox: Sandbox) -> None:
    found = only(await get(PROFILE, **HIT))
    number = found["identifier"]["attomId"]
    value, permits = only(await get(VALUE, attomid=number)), only(await get(PERMITS, AttomID=number))
    assert value["identifier"]["attomId"] == permits["identifier"]["attomId"] == number
    assert value["avm"]["amount"]["low"] <= value["avm"]["amount"]["value"] <= value["avm"]["amount"]["high"]
    assert value["building"]["size"]["universalsize"] == found["building"]["size"]["universalSize"]
    assert {"effectiveDate", "permitNumber"} <= permits["buildingPermits"][0].keys()
    assert str(sandbox.bill().vendors["attom"].usd) == "0.30"


async def test_a_property_is_one_however_its_address_is_written(get: Get) -> None:
    ways: list[dict[str, str | int]] = [
        {"address1": "742 Hit Street #2", "address2": "springfield, Illinois 62704-1234"},
        {"address1": "742 HIT ST UNIT 2", "address2": "Springfield, IL"},
        {"address": "742 Hit St Apt 2, Springfield, IL 62704"},
    ]
    numbers = [only(await get(PROFILE, **way))["identifier"]["attomId"] for way in ways]
    unit = only(await get(PROFILE, **ways[0]))["address"]["situsUnitValue"]
    assert numbers[0] == numbers[2]
    assert unit == "2"
    assert numbers[0] == only(await get(PROFILE, **HIT))["identifier"]["attomId"]
    assert only(await get(PROFILE, address1="742 Hit St", address2="62704"))["address"]["countrySubd"] == "IL"


@pytest.mark.parametrize("path", [PROFILE, VALUE, PERMITS])
async def test_a_miss_is_a_400_and_free(get: Get, sandbox: Sandbox, path: str) -> None:
    for params in (MISS, {"attomid": 51000001}, {"address1": "PO Box 7", "address2": "Springfield, IL 62704"}):
        response = await get(path, **params)
        assert (response.status_code, response.json()["status"]["msg"]) == (400, "SuccessWithoutResult")
        assert not response.json().get("property")
    assert (sandbox.bill().vendors["attom"].misses, str(sandbox.bill().usd)) == (3, "0.00")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({**HIT, "postalcode": "62704"}, -4),
        ({**HIT, "attomid": "7"}, -4),
        ({}, -1),
        ({"address1": "742 Hit St"}, -1),
    ],
)
async def test_a_bad_query_has_a_negative_code(get: Get, params: dict[str, str], code: int) -> None:
    response = await get(PROFILE, **params)
    assert (response.status_code, response.json()["status"]["code"]) == (400, code)
    assert response.json()["status"]["msg"] != "SuccessWithoutResult"


@pytest.mark.parametrize("key", [None, "wrong"])
async def test_a_refused_key_is_wrapped_and_writes_numbers_as_text(get: Get, key: str | None) -> None:
    response = await get(PROFILE, key, **HIT)
    said = response.json()["Response"]["status"]
    assert (response.status_code, said["code"], said["msg"], said["total"]) == (401, "401", "Unauthorized", "0")


async def test_something_else_is_the_house_next_door(get: Get) -> None:
    found = only(await get(PROFILE, address1="742 Other St", address2="Springfield, IL 62704"))
    assert found["address"]["situsHouseNumber"] == "744"


async def test_some_parcels_are_unknown_and_some_have_no_value_permits_units_or_sale(get: Get) -> None:
    asked = [await get(PROFILE, address1=f"{n} Mill Ln Apt 3", address2="Boise, ID 83702") for n in range(10, 210)]
    found = [only(response) for response in asked if response.status_code == 200]
    numbers = [parcel["identifier"]["attomId"] for parcel in found]
    assert 0.65 < len(found) / 200 < 0.85
    assert {(await get(VALUE, attomid=number)).status_code for number in numbers} == {200, 400}
    assert {(await get(PERMITS, attomid=number)).status_code for number in numbers} == {200, 400}
    assert {parcel["address"]["situsUnitValue"] for parcel in found} == {"3", None}
    assert {parcel["assessment"]["owner"]["absenteeOwnerStatus"] for parcel in found} == {"O", "A"}
    assert {parcel["assessment"]["owner"]["corporateIndicator"] for parcel in found} == {"N", "Y"}
    assert any(parcel["sale"]["amount"]["saleAmt"] == 0 for parcel in found)
    assert any(parcel["building"]["rooms"]["beds"] is None for parcel in found)


async def test_a_zip_left_out_does_not_change_whether_a_parcel_is_known(get: Get) -> None:
    for number in range(10, 40):
        line = f"{number} Mill Ln"
        with_zip = await get(PROFILE, address1=line, address2="Boise, ID 83702")
        assert (await get(PROFILE, address1=line, address2="Boise, ID")).status_code == with_zip.status_code


async def test_too_many_requests_and_a_plan_without_the_endpoint_are_told_apart(client: httpx.AsyncClient) -> None:
    for kind, status, msg in (("429", 429, "Quota Exceeded"), ("403", 403, "Forbidden")):
        async with serving(faults=[Fault("attom", kind)]) as sandbox:
            url = f"{sandbox.base_urls['attom']}/propertyapi/v1.0.0/{PROFILE}"
            response = await client.get(url, params=HIT, headers={"apikey": "any-key"})
        assert (response.status_code, response.json()["Response"]["status"]["msg"]) == (status, msg)


async def test_a_number_means_the_same_parcel_to_a_sandbox_started_anew(client: httpx.AsyncClient) -> None:
    bodies: list[object] = []
    for _ in range(2):
        async with serving(seed=3) as sandbox:
            root, headers = f"{sandbox.base_urls['attom']}/propertyapi/v1.0.0", {"apikey": "any-key"}
            if not bodies:
                profile = only(await client.get(f"{root}/{PROFILE}", params=HIT, headers=headers))
            number = {"attomid": profile["identifier"]["attomId"]}
            bodies.append((await client.get(f"{root}/{VALUE}", params=number, headers=headers)).json())
    assert bodies[0] == bodies[1]
