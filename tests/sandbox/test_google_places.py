from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
PRO = "places.id,places.displayName,places.formattedAddress,places.postalAddress,places.businessStatus"
ENTERPRISE = (
    f"{PRO},places.nationalPhoneNumber,places.internationalPhoneNumber,places.websiteUri,places.rating,"
    "places.userRatingCount,places.priceLevel,places.regularOpeningHours,places.primaryType,places.types,"
    "places.pureServiceAreaBusiness"
)
FULL = f"{ENTERPRISE},places.reviews"
LINE = "Acme Dental Care hit, 120 Example Ave Suite 4, Chicago, IL 60601, US"


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(line: str, mask: str | None = FULL, key: str = "any-key", **more: Any) -> httpx.Response:
        body = {"textQuery": line, "regionCode": "US", "includePureServiceAreaBusinesses": True, **more}
        headers = {"X-Goog-Api-Key": key} | ({"X-Goog-FieldMask": mask} if mask else {})
        url = f"{sandbox.base_urls['google_places']}/v1/places:searchText"
        return await client.post(url, json=body, headers={name: value for name, value in headers.items() if value})

    return ask


def reason(response: httpx.Response) -> object:
    return next((detail.get("reason") for detail in response.json()["error"]["details"]), None)


async def test_a_hit_is_the_business_at_the_place_of_the_question(ask: Ask) -> None:
    place = (await ask(LINE)).json()["places"][0]
    assert place["displayName"]["text"] == "Acme Dental Care"
    assert place["formattedAddress"] == "120 Example Ave Suite 4, Chicago, IL 60601, USA"
    assert place["postalAddress"] == {
        "regionCode": "US",
        "languageCode": "en-US",
        "postalCode": "60601",
        "administrativeArea": "Illinois",
        "locality": "Chicago",
        "addressLines": ["120 Example Ave Suite 4"],
    }
    assert place["internationalPhoneNumber"].startswith("+1 312-555-01")
    assert place["websiteUri"] == "https://www.acme-dental-care.example/"
    assert (1.0 <= place["rating"] <= 5.0, len(place["reviews"]) <= 5) == (True, True)
    assert len(place["regularOpeningHours"]["weekdayDescriptions"]) == 7


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme hit, Boise", {"locality": "Boise"}),
        ("Acme hit, 83702", {"administrativeArea": "Idaho", "postalCode": "83702"}),
        ("Acme hit, Idaho", {"administrativeArea": "Idaho"}),
        ("Acme, Inc. hit, 9 Mill Ln, Boise, ID", {"addressLines": ["9 Mill Ln"], "locality": "Boise"}),
        ("Acme hit, 9 Mill Ln, Suite 4, Boise, ID 83702, USA", {"addressLines": ["9 Mill Ln, Suite 4"]}),
    ],
)
async def test_a_line_is_read_whatever_parts_are_left_out(ask: Ask, line: str, expected: dict[str, object]) -> None:
    address = (await ask(line)).json()["places"][0]["postalAddress"]
    assert {name: address[name] for name in expected} == expected


async def test_a_phone_alone_finds_the_business_that_has_it(ask: Ask) -> None:
    lines = [f"+1 31255501{number:02}" for number in range(20)]
    found = [place for line in lines for place in (await ask(line)).json().get("places", [])]
    phones = {place.get("internationalPhoneNumber", "").replace("-", "") for place in found}
    assert len(phones & {line.replace("-", "") for line in lines}) > 10


async def test_a_directory_now_and_then_writes_a_name_otherwise(ask: Ask) -> None:
    lines = [f"Acme{number} & Sons, Boise, ID" for number in range(60)]
    names = {place["displayName"]["text"] for line in lines for place in (await ask(line)).json().get("places", [])}
    assert any(" and Sons" in name for name in names)
    assert any(" & Sons" in name for name in names)


async def test_a_place_abroad_says_its_country(ask: Ask) -> None:
    place = (await ask("Acme hit, 9 Mill Ln, Leeds, United Kingdom", regionCode="GB")).json()["places"][0]
    assert (place["postalAddress"]["regionCode"], place["postalAddress"]["locality"]) == ("GB", "Leeds")
    assert place["internationalPhoneNumber"].startswith("+44 2079460")


async def test_a_miss_has_no_places_at_all_and_costs_as_much_as_a_hit(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask("Acme Pumps miss, Chicago, IL")
    assert (response.status_code, response.json()) == (200, {})
    assert str(sandbox.bill().vendors["google_places"].usd) == "0.04"


@pytest.mark.parametrize(
    ("mask", "usd"), [("places.id", "0.00"), (PRO, "0.032"), (ENTERPRISE, "0.035"), (FULL, "0.04")]
)
async def test_the_highest_tier_in_the_mask_makes_the_price(ask: Ask, sandbox: Sandbox, mask: str, usd: str) -> None:
    place = (await ask(LINE, mask)).json()["places"][0]
    assert {f"places.{name}" for name in place} <= set(mask.split(","))
    assert str(sandbox.bill().vendors["google_places"].usd) == usd


async def test_the_same_question_has_the_same_answer(ask: Ask) -> None:
    assert (await ask("Acme, Boise, ID")).content == (await ask("Acme, Boise, ID")).content


async def test_some_are_not_known_some_have_rivals_and_some_give_little_away(ask: Ask) -> None:
    answers = [(await ask(f"Acme{number} Pumps, Boise, ID")).json().get("places", []) for number in range(200)]
    first = [places[0] for places in answers if places]
    right = [place for place in first if place["displayName"]["text"].startswith("Acme")]
    assert 10 < sum(not places for places in answers) < 40
    assert 5 < len(first) - len(right) < 50
    assert any(len(places) > 1 for places in answers)
    assert any(place["postalAddress"]["locality"] != "Boise" for place in right)
    assert any("rating" not in place for place in right)
    assert all(value is not None for place in right for value in place.values())


async def test_something_else_stands_there_under_another_name(ask: Ask) -> None:
    (place,) = (await ask("Acme Pumps other, Boise, ID")).json()["places"]
    assert "Acme" not in place["displayName"]["text"]
    assert place["postalAddress"]["locality"] == "Boise"


async def test_a_page_holds_no_more_than_was_asked_for(ask: Ask) -> None:
    sizes = {len((await ask(f"Acme{number}, Boise, ID", pageSize=1)).json().get("places", [])) for number in range(40)}
    assert sizes == {0, 1}


async def test_a_business_without_a_shop_is_found_only_when_asked_for_and_has_no_street(ask: Ask) -> None:
    found = [f"Acme{number}, Boise, ID" for number in range(150)]
    lines = [line for line in found for place in (await ask(line)).json().get("places", [])[:1]
             if place["pureServiceAreaBusiness"]]  # fmt: skip
    assert lines
    places = [(await ask(line)).json()["places"][0] for line in lines]
    assert not any("formattedAddress" in place or "addressLines" in place["postalAddress"] for place in places)
    assert (await ask(lines[0], includePureServiceAreaBusinesses=False)).json() == {}


async def test_periods_and_texts_say_the_same_hours(ask: Ask) -> None:
    for number in range(30):
        hours = (await ask(f"Acme{number} hit, Boise, ID")).json()["places"][0]["regularOpeningHours"]
        open_days = {period["open"]["day"] for period in hours["periods"]}
        closed = {text.partition(":")[0] for text in hours["weekdayDescriptions"] if text.endswith("Closed")}
        assert len(closed) == 7 - len(open_days)


async def test_details_of_an_id_are_the_place_that_was_found(
    ask: Ask, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    url, headers = f"{sandbox.base_urls['google_places']}/v1/places", {"X-Goog-Api-Key": "any-key"}
    for number in range(20):
        for place in (await ask(f"Acme{number}, Boise, ID", ENTERPRISE)).json().get("places", []):
            mask = {"X-Goog-FieldMask": ENTERPRISE.replace("places.", "")}
            details = await client.get(f"{url}/{place['id']}", headers={**headers, **mask})
            assert details.json() == place
    gone = await client.get(f"{url}/ChIJgone", headers={**headers, "X-Goog-FieldMask": "id"})
    assert (gone.status_code, gone.json()["error"]["status"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("mask", "more"),
    [
        (None, {}),
        ("id", {}),
        ("places.id, places.rating", {}),
        ("places.stars", {}),
        (FULL, {"textQuery": ""}),
        (FULL, {"languageCode": "english"}),
        (FULL, {"regionCode": "USA"}),
        (FULL, {"pageSize": -1}),
    ],
)
async def test_a_bad_argument_is_refused_without_a_reason_and_free(
    ask: Ask, sandbox: Sandbox, mask: str | None, more: dict[str, object]
) -> None:
    response = await ask(LINE, mask, **more)
    error = response.json()["error"]
    assert (response.status_code, error["status"], reason(response)) == (400, "INVALID_ARGUMENT", None)
    assert not sandbox.bill().usd


async def test_a_bad_key_is_a_400_and_a_missing_one_a_403(ask: Ask) -> None:
    wrong, missing = await ask(LINE, key="wrong"), await ask(LINE, key="")
    assert (wrong.status_code, reason(wrong)) == (400, "API_KEY_INVALID")
    assert (missing.status_code, reason(missing)) == (403, None)


async def test_the_colon_of_the_path_is_literal(sandbox: Sandbox) -> None:
    url = httpx.URL(sandbox.base_urls["google_places"]).copy_with(raw_path=b"/v1/places%3AsearchText")
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.post(url, json={"textQuery": LINE}, headers={"X-Goog-Api-Key": "any-key"})
    assert (response.status_code, response.content[:9]) == (404, b"<!DOCTYPE")


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("403", 403, "SERVICE_DISABLED"),
        ("402", 403, "BILLING_DISABLED"),
        ("429", 429, "RATE_LIMIT_EXCEEDED"),
        ("credit", 429, "RATE_LIMIT_EXCEEDED"),
        ("503", 503, None),
    ],
)
async def test_trouble_is_told_by_its_reason(
    client: httpx.AsyncClient, kind: str, status: int, said: str | None
) -> None:
    async with serving(faults=[Fault("google_places", kind)]) as sandbox:
        response = await client.post(f"{sandbox.base_urls['google_places']}/v1/places:searchText", json={})
    assert (response.status_code, reason(response)) == (status, said)
    limit = "".join(detail.get("metadata", {}).get("quota_limit", "") for detail in response.json()["error"]["details"])
    assert ("PerMinute" in limit, "PerDay" in limit) == (kind == "429", kind == "credit")
