from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.server import Sandbox

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(*, path: str = "/v3/person.enrich", key: str = "any-key", **body: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return await client.post(f"{sandbox.base_urls['fullcontact']}{path}", json=body, headers=headers)

    return ask


async def test_a_hit_has_every_block_of_the_sheet(ask: Ask) -> None:
    response = await ask(email="ada.sample+hit@example-pumps.com")
    profile = response.json()
    assert response.status_code == 200
    assert (profile["fullName"], profile["organization"]) == ("Ada Sample", "Example Pumps")
    assert profile["linkedin"] == "https://www.linkedin.com/in/ada-sample-at-example-pumps-hit"
    assert profile["twitter"] == "https://twitter.com/ada_sample_hit"
    details = profile["details"]
    assert details["profiles"].keys() == {"twitter", "linkedin"}
    assert details["locations"][0]["formatted"] == profile["location"]
    assert [job["current"] for job in details["employment"]] == [True, False]
    assert details["employment"][0]["start"].keys() == {"year", "month"}


async def test_a_person_lives_where_the_question_says(ask: Ask) -> None:
    name, location = {"full": "Ada Sample"}, {"addressLine1": "12 Main Street", "city": "Galena", "regionCode": "IL"}
    profile = (await ask(email="a+hit@example.com", name=name, location=location)).json()
    assert profile["fullName"] == "Ada Sample"
    assert profile["details"]["locations"][0]["city"] == "Galena"


async def test_somebody_else_lives_elsewhere_under_another_name(ask: Ask) -> None:
    location = {"addressLine1": "12 Main Street", "city": "Galena", "regionCode": "IL"}
    profile = (await ask(email="a+other@example.com", name={"full": "Ada Sample"}, location=location)).json()
    assert "Sample" not in profile["fullName"]
    assert "Galena" not in str(profile)


@pytest.mark.parametrize(
    "identifier",
    [
        {"emails": ["ada@example.com"]},
        {"phone": "+12175550123"},
        {"phones": ["2175550123"]},
        {"profiles": [{"url": "https://www.linkedin.com/in/ada-sample-at-example-pumps-hit"}]},
        {"profiles": [{"service": "twitter", "username": "adasample"}]},
        {"name": {"full": "Ada Sample"}, "location": {"addressLine1": "1 Main Street", "postalCode": "62701"}},
        {"name": {"given": "Ada", "family": "Sample"}, "location": {"addressLine1": "1 A", "city": "B", "region": "C"}},
        {"email": "ada@example.com", "name": {"given": "Ada"}},
    ],
)
async def test_each_set_of_identifiers_is_enough(ask: Ask, identifier: dict[str, object]) -> None:
    assert (await ask(**identifier)).status_code in (200, 202, 404)


async def test_a_person_found_by_a_profile_has_that_profile(ask: Ask) -> None:
    for number in range(20):
        url = f"https://www.linkedin.com/in/ada-sample-{number}/?trk=x"
        response = await ask(profiles=[{"url": url}])
        if response.status_code == 200 and "Sample" in response.json()["fullName"] and response.json().get("linkedin"):
            assert response.json()["linkedin"].endswith(f"/in/ada-sample-{number}")
            return
    pytest.fail("nobody was found")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (422, {}),
        (400, {"name": {"full": "Ada Sample"}}),
        (400, {"location": {"addressLine1": "1 Main Street", "postalCode": "62701"}}),
        (400, {"name": {"full": "Ada Sample"}, "location": {"addressLine1": "1 Main Street", "city": "Galena"}}),
        (400, {"email": ""}),
        (400, {"email": None}),
        (400, {"email": "ada"}),
        (400, {"phone": "12"}),
        (400, {"email": "ada@example.com", "location": {"regionCode": "Illinois"}}),
        (400, {"profiles": [{"username": "ada"}]}),
        (400, {"profiles": {"service": "twitter", "username": "ada"}}),
        (422, {"email": "ada@example.com", "confidenceLevel": "HIGH"}),
        (422, {"email": "ada@example.com", "confidence": "BEST"}),
        (422, {"email": "ada@example.com", "company": "Example"}),
    ],
)
async def test_a_question_that_can_not_be_used_is_refused(
    ask: Ask, sandbox: Sandbox, status: int, body: dict[str, object]
) -> None:
    response = await ask(**body)
    assert (response.status_code, response.json()["status"]) == (status, status)
    assert sandbox.bill().vendors["fullcontact"].questions == 0


async def test_too_many_values_are_said_with_a_code_in_place_of_a_status(ask: Ask) -> None:
    response = await ask(emails=[f"a{number}@example.com" for number in range(26)])
    assert (response.status_code, response.json().keys()) == (400, {"code", "message"})


async def test_a_body_that_is_no_object_can_not_be_processed(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    url, headers = f"{sandbox.base_urls['fullcontact']}/v3/person.enrich", {"Authorization": "Bearer any-key"}
    for body in (b"", b"{", b"[]"):
        response = await client.post(url, content=body, headers=headers)
        assert (response.status_code, response.json()["message"]) == (400, "Unable to process JSON")


async def test_a_wrong_key_is_echoed_and_a_missing_one_is_a_403(ask: Ask) -> None:
    wrong, missing = await ask(key="wrong"), await ask(key="")
    assert (wrong.status_code, wrong.json()["message"]) == (401, "401: Invalid access token: wrong")
    assert (missing.status_code, missing.json()["status"]) == (403, 403)


async def test_a_wrong_path_is_no_miss(ask: Ask) -> None:
    response = await ask(path="/v3/person/enrich")
    assert response.json() == {"status": 404, "message": "Endpoint POST /v3/person/enrich not found"}


async def test_a_queued_question_has_an_id_and_is_charged_when_it_is_answered(ask: Ask, sandbox: Sandbox) -> None:
    first = await ask(email="ada+queued@example.com")
    assert (first.status_code, first.json().keys()) == (202, {"status", "message", "requestId"})
    assert sandbox.bill().vendors["fullcontact"].units == 0
    assert (await ask(email="ada+queued@example.com")).status_code == 200
    assert sandbox.bill().vendors["fullcontact"].usd == Money.parse("0.05")


async def test_about_half_of_the_misses_are_charged_and_always_the_same_ones(ask: Ask, sandbox: Sandbox) -> None:
    for number in range(40):
        response = await ask(email=f"ada{number}+miss@example.com")
        assert (response.status_code, response.json()["message"]) == (404, "Profile not found")
    first = sandbox.bill().vendors["fullcontact"].units
    assert 10 < first < 30
    for number in range(40):
        await ask(email=f"ada{number}+miss@example.com")
    assert sandbox.bill().vendors["fullcontact"].units == 2 * first


async def test_the_statistics_count_matches_and_misses_and_are_free(ask: Ask, sandbox: Sandbox) -> None:
    for mark in ("hit", "hit", "miss"):
        await ask(email=f"ada+{mark}@example.com")
    before = sandbox.bill().vendors["fullcontact"].units
    counts = (await ask(path="/v3/stats.get", stats=["person"])).json()["stats"]["person"]["enrichment"]
    assert (counts["matches"]["count"], counts["misses"]["count"], counts["total"]["count"]) == (2, 1, 3)
    assert sandbox.bill().vendors["fullcontact"].units == before
