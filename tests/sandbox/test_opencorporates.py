from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import quote

import httpx
import pytest

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

Get: TypeAlias = Callable[..., Awaitable[httpx.Response]]
Search: TypeAlias = Callable[..., Awaitable[list[dict[str, Any]]]]
KEY = {"X-API-TOKEN": "any-key"}


@pytest.fixture
def get(sandbox: Sandbox, client: httpx.AsyncClient) -> Get:
    async def get(path: str, headers: dict[str, str] | None = None, **params: str | int) -> httpx.Response:
        url = f"{sandbox.base_urls['opencorporates']}/v0.4/{path}"
        return await client.get(url, params=params, headers=KEY if headers is None else headers)

    return get


@pytest.fixture
def search(get: Get) -> Search:
    async def search(name: str, **params: str | int) -> list[dict[str, Any]]:
        asked = {"country_code": "us", "order": "score", **params}
        body = (await get("companies/search", q=name, **asked)).json()
        return [wrapped["company"] for wrapped in body["results"]["companies"]]

    return search


def detail_path(company: dict[str, Any]) -> str:
    return f"companies/{company['jurisdiction_code']}/{quote(company['company_number'], safe='')}"


async def test_a_hit_names_the_company_as_registers_write_it(search: Search) -> None:
    companies = await search("Acme Dental Care LLC hit")
    home = companies[0]
    assert (home["name"], home["jurisdiction_code"], home["branch"]) == ("ACME DENTAL CARE LLC", "us_de", None)
    assert (home["company_type"], home["inactive"]) == ("Limited Liability Company", False)
    assert isinstance(home["company_number"], str)
    branches = {company["jurisdiction_code"] for company in companies if company["branch"] == "F"}
    assert {"us_il", "us_ca", "us_ny"} <= branches


async def test_a_firm_that_is_asked_for_in_no_state_is_mostly_registered_in_many(search: Search) -> None:
    """Whoever asks knows it from somewhere."""
    found = [await search(f"Acme{number} Pumps") for number in range(60)]
    states = [{company["jurisdiction_code"] for company in companies} for companies in found if companies]
    assert sum({"us_ca", "us_il", "us_ny"} <= known for known in states) > 0.75 * len(states)


async def test_a_search_result_has_no_officers_and_the_record_has(get: Get, search: Search) -> None:
    (company, *_) = await search("Acme Pumps hit")
    record = (await get(detail_path(company))).json()["results"]["company"]
    assert "officers" not in company
    assert {name: record[name] for name in company} == company
    assert {officer["officer"]["position"] for officer in record["officers"]} >= {"agent"}
    assert record["industry_codes"][0]["industry_code"]["code_scheme_id"] == "us_sic"


async def test_every_found_number_can_be_asked_for_whatever_it_holds(get: Get, search: Search) -> None:
    companies = [*await search("Acme Pumps hit"), *[c for n in range(30) for c in await search(f"Zoë & Söhne {n}")]]
    assert {mark for company in companies for mark in " -/" if mark in company["company_number"]} == set(" -/")
    for company in companies:
        record = (await get(detail_path(company))).json()["results"]["company"]
        assert (record["name"], record["company_number"]) == (company["name"], company["company_number"])


async def test_a_slash_in_a_number_must_be_encoded(get: Get, search: Search) -> None:
    company = next(company for company in await search("Acme hit") if "/" in company["company_number"])
    path = f"companies/{company['jurisdiction_code']}/{company['company_number']}"
    assert (await get(path)).status_code == 404
    assert (await get(detail_path(company))).status_code == 200


async def test_sparse_leaves_the_details_out_and_officers_can_be_had_alone(get: Get, search: Search) -> None:
    (company, *_) = await search("Acme Pumps hit")
    sparse = (await get(detail_path(company), sparse="true")).json()["results"]["company"]
    officers = (await get(f"{detail_path(company)}/officers")).json()["results"]["officers"]
    assert sparse == company
    assert len(officers) == 3


async def test_a_miss_is_an_empty_list_and_a_strange_number_a_404(get: Get) -> None:
    response = await get("companies/search", q="Acme Pumps miss", country_code="us", order="score")
    assert (response.status_code, response.json()["results"]["companies"]) == (200, [])
    assert response.json()["results"]["total_count"] == 0
    assert (await get("companies/us_il/00445790")).status_code == 404


async def test_every_call_that_finds_something_is_charged_and_half_of_the_empty_ones(
    get: Get, search: Search, sandbox: Sandbox
) -> None:
    (company, *_) = await search("Acme Pumps hit")
    await get(detail_path(company))
    assert str(sandbox.bill().vendors["opencorporates"].usd) == "1.02"
    for number in range(100):
        await search(f"Acme{number} miss")
    assert 30 < sandbox.bill().vendors["opencorporates"].units - 2 < 70


async def test_one_register_alone_names_its_companies_alone(search: Search) -> None:
    assert {c["jurisdiction_code"] for c in await search("Acme hit", jurisdiction_code="us_il")} == {"us_il"}
    assert {c["jurisdiction_code"] for c in await search("Acme hit", jurisdiction_code="us_il|us_de")} == {
        "us_il",
        "us_de",
    }
    assert {c["jurisdiction_code"] for c in await search("Acme hit", jurisdiction_code="ca_on")} == {"ca_on"}
    assert {c["jurisdiction_code"] for c in await search("Acme hit", country_code="gb")} == {"gb"}


async def test_pages_part_the_list(get: Get) -> None:
    async def page(number: int) -> dict[str, Any]:
        asked = {"q": "Acme hit", "country_code": "us", "order": "score", "per_page": 10, "page": number}
        results: dict[str, Any] = (await get("companies/search", **asked)).json()["results"]
        return results

    first = await page(1)
    pages = [first] + [await page(number) for number in range(2, first["total_pages"] + 1)]
    numbers = [
        (c["company"]["jurisdiction_code"], c["company"]["company_number"]) for p in pages for c in p["companies"]
    ]
    assert len(set(numbers)) == len(numbers) == first["total_count"]
    assert 2 < first["total_pages"] < 5


async def test_without_a_score_the_list_is_alphabetical(search: Search) -> None:
    names = [(c["name"], c["jurisdiction_code"]) for c in await search("Acme hit", order="")]
    assert names == sorted(names)


async def test_registers_hold_dissolved_and_renamed_companies_and_namesakes_and_leave_gaps(search: Search) -> None:
    companies = [company for number in range(200) for company in await search(f"Acme{number} Pumps")]
    assert any(company["dissolution_date"] and company["inactive"] for company in companies)
    assert any(company["previous_names"] and "HOLDINGS" in company["name"] for company in companies)
    assert any(not company["registered_address"] for company in companies)
    firsts = [bool(await search(f"Acme{number} Pumps")) for number in range(200)]
    assert 0.6 < sum(firsts) / len(firsts) < 0.8


async def test_a_company_has_the_address_that_google_gives_it(
    sandbox: Sandbox, client: httpx.AsyncClient, search: Search
) -> None:
    headers = {"X-Goog-Api-Key": "any-key", "X-Goog-FieldMask": "places.postalAddress"}
    url, compared = f"{sandbox.base_urls['google_places']}/v1/places:searchText", 0
    for name in (f"Acme{number} Pumps" for number in range(60)):
        body = {"textQuery": f"{name} hit, OR", "regionCode": "US"}
        place = (await client.post(url, json=body, headers=headers)).json()["places"][0]["postalAddress"]
        for company in await search(name, jurisdiction_code="us_or"):
            address = company["registered_address"] or {}
            if "Agents" not in address.get("street_address", "Agents"):
                assert [address["street_address"]] == place["addressLines"]
                assert (address["locality"], address["postal_code"]) == (place["locality"], place["postalCode"])
                compared += 1
    assert compared > 5


@pytest.mark.parametrize("headers", [{}, {"X-API-TOKEN": "wrong"}])
async def test_a_missing_and_a_wrong_key_are_one(get: Get, headers: dict[str, str]) -> None:
    response = await get("account_status", headers)
    assert (response.status_code, response.json()["error"]["message"][:17]) == (401, "Invalid Api Token")


@pytest.mark.parametrize("params", [{}, {"q": "?!"}, {"q": "Acme", "page": 101}, {"q": "Acme", "per_page": "many"}])
async def test_a_bad_query_is_refused_and_free(get: Get, sandbox: Sandbox, params: dict[str, str | int]) -> None:
    response = await get("companies/search", **params)
    assert (response.status_code, list(response.json()["error"])) == (400, ["message"])
    assert not sandbox.bill().usd


async def test_the_account_says_what_is_left_and_costs_nothing(get: Get, search: Search, sandbox: Sandbox) -> None:
    await search("Acme hit")
    account = (await get("account_status")).json()["results"]["account_status"]
    assert (account["usage"]["today"], account["calls_remaining"]["today"]) == (1, 199)
    assert sandbox.bill().vendors["opencorporates"].units == 1


async def test_a_used_up_plan_is_json_and_a_blocked_address_html(client: httpx.AsyncClient) -> None:
    for kind, start in (("credit", b"{"), ("403", b"<html>")):
        async with serving(faults=[Fault("opencorporates", kind)]) as sandbox:
            response = await client.get(f"{sandbox.base_urls['opencorporates']}/v0.4/companies/search", headers=KEY)
        assert (response.status_code, response.content[: len(start)]) == (403, start)
