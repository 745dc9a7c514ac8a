from __future__ import annotations

from collections.abc import Awaitable, Callable
from fractions import Fraction
from typing import Any, TypeAlias

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Ask: TypeAlias = Callable[..., Awaitable[httpx.Response]]
HOST, PATH = "web-scraping-api2.p.rapidapi.com", "/get-personal-profile"
OTHER_HOST = "fresh-linkedin-profile-data.p.rapidapi.com"
MEMBERS = (
    "about city company company_description company_domain company_employee_count company_employee_range "
    "company_industry company_linkedin_url company_logo_url company_website company_year_founded "
    "connection_count country current_company_join_month current_company_join_year current_job_duration "
    "educations email experiences first_name follower_count full_name headline hq_city hq_country hq_region "
    "is_creator is_influencer is_premium is_verified job_title languages last_name linkedin_url location phone "
    "profile_id profile_image_url public_id school state urn"
)
"""What the sheet's body has."""
HEADERS = {"X-RapidAPI-Key": "any-key", "X-RapidAPI-Host": HOST}


@pytest.fixture
def ask(sandbox: Sandbox, client: httpx.AsyncClient) -> Ask:
    async def ask(slug: str, **flags: str) -> httpx.Response:
        params = {"linkedin_url": f"https://www.linkedin.com/in/{slug}", **flags}
        return await client.get(f"{sandbox.base_urls['linkedin']}{PATH}", params=params, headers=HEADERS)

    return ask


async def get(sandbox: Sandbox, client: httpx.AsyncClient, path: str, **headers: str) -> httpx.Response:
    """Ask with other headers, in which `_` stands for a hyphen; empty ones are left out."""
    asked = {**HEADERS, **{name.replace("_", "-"): text for name, text in headers.items()}}
    sent = {name: text for name, text in asked.items() if text}
    params = {"linkedin_url": "https://www.linkedin.com/in/ada-sample-hit"}
    return await client.get(f"{sandbox.base_urls['linkedin']}{path}", params=params, headers=sent)


def is_of_the_gateway(response: httpx.Response) -> bool:
    return "X-RapidAPI-Proxy-Response" in response.headers


async def test_a_hit_has_every_member_of_the_sheet(ask: Ask, sandbox: Sandbox) -> None:
    response = await ask("ada-sample-at-example-pumps-hit")
    body = response.json()
    data = body["data"]
    assert (response.status_code, body["message"]) == (200, "ok")
    assert (data["full_name"], data["public_id"]) == ("Ada Sample", "ada-sample-at-example-pumps-hit")
    assert (data["company"], data["company_domain"]) == ("Example Pumps", "www.example-pumps.example")
    assert data["experiences"][0]["is_current"] is True
    assert (data["email"], data["phone"]) == ("", "")
    assert sorted(data) == MEMBERS.split()
    assert sandbox.bill().vendors["linkedin"].units == 1
    assert response.headers["x-ratelimit-credits-remaining"] == "4498"
    assert not is_of_the_gateway(response)


async def test_each_flag_that_is_set_costs_half_a_profile_more(ask: Ask, sandbox: Sandbox) -> None:
    await ask("ada-sample-hit", include_skills="true", include_patents="true", include_honors="false")
    assert sandbox.bill().vendors["linkedin"].units == 2
    await ask("ada-sample-hit", include_skills="true")
    assert sandbox.bill().vendors["linkedin"].units == Fraction(7, 2)


async def test_between_jobs_everything_of_the_employer_is_an_empty_text_and_the_last_job_is_past(ask: Ask) -> None:
    data = (await ask("ada-sample-hit")).json()["data"]
    assert (data["company"], data["job_title"], data["company_year_founded"]) == ("", "", "")
    assert [job["is_current"] for job in data["experiences"]] == [False]


async def test_what_is_unknown_is_missing_or_an_empty_text_and_never_null(ask: Ask) -> None:
    found: list[dict[str, Any]] = []
    for number in range(60):
        response = await ask(f"ada-sample-at-pumps{number}")
        if response.status_code == 200 and (data := response.json()["data"]):
            found.append(data)
    assert all(value is not None for data in found for value in data.values())
    assert {data.get("is_verified", "absent") for data in found} >= {True, False, "absent"}
    assert {"follower_count" in data for data in found} == {True, False}


async def test_a_miss_takes_four_forms_and_half_of_them_are_charged(ask: Ask, sandbox: Sandbox) -> None:
    forms = set()
    for number in range(80):
        response = await ask(f"ada-sample{number}-miss")
        assert not is_of_the_gateway(response)
        body = response.json()
        forms.add((response.status_code, str(body.get("data", "absent")), body["message"]))
    assert forms == {
        (200, "None", "ok"),
        (200, "{}", "ok"),
        (200, "None", "profile not found"),
        (404, "absent", "Profile not found"),
    }
    entry = sandbox.bill().vendors["linkedin"]
    assert entry.misses == 80
    assert 25 < entry.units < 55


async def test_somebody_else_is_another_member(ask: Ask) -> None:
    data = (await ask("ada-sample-other")).json()["data"]
    assert data["last_name"] != "Sample"
    assert data["public_id"] != "ada-sample-other"


async def test_a_non_ascii_slug_may_come_encoded_once_more(ask: Ask) -> None:
    data = (await ask("zo%C3%AB-m%C3%BCller-hit")).json()["data"]
    assert data["full_name"] == "Zoë Müller"


async def test_an_opaque_id_is_somebodys(ask: Ask) -> None:
    answers = [await ask(f"ACoAAB-x_{number}") for number in range(20)]
    names = {answer.json()["data"]["full_name"] for answer in answers if (answer.json().get("data") or {})}
    assert len(names) > 5


@pytest.mark.parametrize("url", ["", "ada", "https://www.linkedin.com/company/example", "https://example.com/in/ada"])
async def test_an_address_of_no_profile_is_refused_and_free(
    sandbox: Sandbox, client: httpx.AsyncClient, url: str
) -> None:
    asked = f"{sandbox.base_urls['linkedin']}{PATH}"
    assert (await client.get(asked, params={"linkedin_url": url}, headers=HEADERS)).status_code == 400
    assert sandbox.bill().vendors["linkedin"].questions == 0


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        (HOST, PATH, 200),
        (HOST.upper(), PATH, 200),
        (OTHER_HOST, "/enrich-lead", 200),
        (OTHER_HOST, "/get-linkedin-profile", 200),
        (OTHER_HOST, PATH, 404),
        (HOST, "/enrich-lead", 404),
        ("127.0.0.1", PATH, 404),
    ],
)
async def test_each_listing_has_its_own_path(
    sandbox: Sandbox, client: httpx.AsyncClient, host: str, path: str, status: int
) -> None:
    response = await get(sandbox, client, path, X_RapidAPI_Host=host)
    assert response.status_code == status
    assert is_of_the_gateway(response) is (status == 404)


@pytest.mark.parametrize("key", ["", "wrong"])
async def test_a_wrong_key_is_told_before_a_wrong_path(sandbox: Sandbox, client: httpx.AsyncClient, key: str) -> None:
    response = await get(sandbox, client, "/nowhere", X_RapidAPI_Key=key)
    assert (response.status_code, response.json()["message"][:15]) == (401, "Invalid API key")
    assert "x-ratelimit-requests-limit" not in response.headers


async def test_a_good_key_is_told_by_the_path_that_is_not_there(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    response = await get(sandbox, client, "/nowhere")
    assert (response.status_code, response.json()) == (404, {"message": "Endpoint '/nowhere' does not exist"})


@pytest.mark.parametrize(
    ("kind", "status", "member", "words"),
    [
        ("403", 403, "message", "not subscribed"),
        ("402", 402, "message", "used up"),
        ("429", 429, "message", "rate limit per minute"),
        ("credit", 429, "message", "MONTHLY quota"),
        ("502", 502, "messages", "unreachable"),
        ("503", 503, "messages", "unreachable"),
    ],
)
async def test_trouble_is_told_by_the_gateway(
    client: httpx.AsyncClient, kind: str, status: int, member: str, words: str
) -> None:
    async with serving(faults=[Fault("linkedin", kind)]) as sandbox:
        response = await get(sandbox, client, PATH)
    assert response.status_code == status
    assert words in response.json()[member]
    assert is_of_the_gateway(response)


async def test_a_used_up_plan_shows_no_credits_and_a_full_minute_its_reset(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("linkedin", "credit", count=1), Fault("linkedin", "429")]) as sandbox:
        empty, fast = [await get(sandbox, client, PATH) for _ in range(2)]
    assert (empty.headers["x-ratelimit-credits-remaining"], "x-ratelimit-reset" in empty.headers) == ("0", False)
    assert (fast.headers["x-ratelimit-credits-remaining"], fast.headers["x-ratelimit-reset"]) == ("4500", "2")
