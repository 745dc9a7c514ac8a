"""The chains of all four data types, and what of them is seen from outside."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess
    from tests.e2e.vendors.conftest import Row

NESTED = {"address", "ownership", "building", "lot_size_sqft", "zoning", "permits"}


@pytest.fixture
def source(ten: Cli, header: str, row: Row) -> str:
    """A file with one customer whom all vendors know."""
    return ten.write("one.csv", f"{header}\n{row('Birch Tooling')}\n")


def only_line(cli: Cli, name: str = "out.ndjson") -> dict[str, Any]:
    line: dict[str, Any] = json.loads((cli.folder / name).read_text())
    return line


def test_what_is_learned_of_a_person_reaches_the_business_and_the_profiles(ten: Cli, sandbox: SandboxProcess) -> None:
    """The row itself has nothing that a business or a profile could be asked by."""
    source = ten.write("bare.csv", "Name,Email\nAda Sample,ada.sample+hit@pumps.example\n")
    result = ten.run("enrich", source, "-o", "out.ndjson", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 1})
    assert sandbox.vendors_asked() == {"clearbit", "opencorporates", "linkedin", "twitter", "facebook"}
    line = only_line(ten)
    person, profiles = line["person"]["data"], line["social"]["data"]["profiles"]
    assert profiles["linkedin"]["url"].rstrip("/") == person["linkedin_url"]
    assert profiles["twitter"]["handle"] == person["twitter"]
    assert line["property"]["status"] == "skipped"


def test_without_the_person_such_a_row_has_nobody_to_be_asked_about(ten: Cli, sandbox: SandboxProcess) -> None:
    source = ten.write("bare.csv", "Name,Email\nAda Sample,ada.sample+hit@pumps.example\n")
    result = ten.run("enrich", source, "--types", "business,social", "--json")
    assert (result.code, result.counts, sandbox.asked()) == (0, {"not_found": 1}, 0)


def test_a_refresh_without_the_person_goes_by_what_is_stored_of_them(ten: Cli, sandbox: SandboxProcess) -> None:
    source = ten.write("bare.csv", "Name,Email\nAda Sample,ada.sample+hit@pumps.example\n")
    ten.run("enrich", source)
    sandbox.reset()
    refresh = ("refresh", "--types", "business,social", "--json")
    expected = ten.run(*refresh, "--dry-run").report
    assert (expected["to_look_up"], sandbox.asked()) == (1, 0)
    result = ten.run(*refresh, "-o", "out.ndjson")
    assert (result.code, result.counts) == (0, {"enriched": 1})
    assert sandbox.vendors_asked() == {"opencorporates", "linkedin", "twitter", "facebook"}
    assert only_line(ten)["social"]["source"] == "linkedin,twitter"


def test_types_chooses_who_is_asked(ten: Cli, sandbox: SandboxProcess, source: str) -> None:
    result = ten.run("enrich", source, "--types", "social,property", "-o", "out.ndjson", "--json")
    assert sandbox.vendors_asked() == {"linkedin", "twitter", "facebook", "attom"}
    assert only_line(ten).keys() == {"input", "customer_id", "enrichment_status", "social", "property"}
    assert {entry["data_type"] for entry in result.report["providers"]} == {"social", "property"}


@pytest.mark.parametrize(
    ("data_type", "order", "source_of"),
    [
        ("person", "hunter", "hunter"),
        ("business", "opencorporates,google_places", "opencorporates,google_places"),
        ("social", "facebook, Twitter", "facebook,twitter"),
        ("property", "corelogic,attom", "corelogic"),
    ],
)
def test_a_chain_can_be_reordered_and_trimmed(
    ten: Cli, sandbox: SandboxProcess, source: str, data_type: str, order: str, source_of: str
) -> None:
    ten.settings[f"ENRICHMENT_{data_type.upper()}_PROVIDERS"] = order
    result = ten.run("enrich", source, "--types", data_type, "-o", "out.ndjson", "--json")
    assert result.code == 0
    assert only_line(ten)[data_type]["source"] == source_of
    assert sandbox.vendors_asked() == set(source_of.split(","))
    assert [entry["provider"] for entry in result.report["providers"]] == order.lower().replace(" ", "").split(",")


def test_a_chain_of_another_types_provider_is_refused(ten: Cli, sandbox: SandboxProcess, source: str) -> None:
    ten.settings["ENRICHMENT_SOCIAL_PROVIDERS"] = "twitter,hunter"
    result = ten.run("enrich", source, "--json")
    assert (result.code, result.out, sandbox.asked()) == (5, "", 0)
    assert "ENRICHMENT_SOCIAL_PROVIDERS" in result.err


def test_free_has_two_types_and_names_the_tier_of_the_others(ten: Cli, sandbox: SandboxProcess, source: str) -> None:
    some = ten.run("--company", "small", "enrich", source, "--json")
    assert (some.code, some.counts) == (0, {"enriched": 1})
    assert some.report["skipped_types"] == {"social": "needs tier pro", "property": "needs tier pro"}
    assert sandbox.vendors_asked() == {"clearbit", "google_places", "opencorporates"}
    requests = sandbox.asked()
    none = ten.run("--company", "small", "enrich", source, "--types", "property", "--json")
    assert (none.code, none.out, sandbox.asked()) == (5, "", requests)
    assert "property needs tier pro" in none.err


def test_every_field_names_its_provider(ten: Cli, source: str) -> None:
    ten.run("enrich", source, "-o", "out.ndjson")
    line = only_line(ten)
    business = line["business"]
    said_by = {
        vendor: {field for field, source in business["provenance"].items() if source == vendor}
        for vendor in business["source"].split(",")
    }
    assert said_by["google_places"] >= {"name", "rating", "hours", "phone", "website"}
    assert said_by["opencorporates"] >= {"company_number", "jurisdiction", "registration_status"}
    assert line["social"]["provenance"] == {network: network for network in ("linkedin", "twitter", "facebook")}
    for data_type in ("person", "business"):
        given = {field for field, value in line[data_type]["data"].items() if value not in (None, [], {})}
        assert line[data_type]["provenance"].keys() == given


def test_a_property_is_nested_in_ndjson_and_flat_in_csv(ten: Cli, source: str) -> None:
    ten.run("enrich", source, "-o", "out.ndjson")
    again = ten.run("enrich", source, "-o", "out.csv", "--json")
    assert again.counts == {"cached": 1}
    (found,) = only_line(ten)["property"]["data"]["properties"]
    assert found.keys() == NESTED
    with (ten.folder / "out.csv").open() as file:
        (flat,) = csv.DictReader(file)
    assert flat["property_market_value"] == str(found["ownership"]["market_value"])
    assert flat["property_year_built"] == str(found["building"]["year_built"])
    assert json.loads(flat["property_owners"]) == found["ownership"]["owners"]
    assert flat["property_zoning"] == found["zoning"] != ""
    assert "property_ownership" not in flat


def test_that_there_are_no_permits_is_an_answer(ten: Cli, sandbox: SandboxProcess) -> None:
    houses = "".join(f"C-{number},{number} Oak St,Chicago,IL,60601\n" for number in range(1, 9))
    source = ten.write("houses.csv", f"id,address,city,state,zip\n{houses}")
    ten.settings["ATTOM_REPORTS"] = "profile,permits"
    order = ("enrich", source, "--types", "property", "--require", "permits")
    first = ten.run(*order, "-o", "out.ndjson", "--json")
    found = [json.loads(line)["property"] for line in (ten.folder / "out.ndjson").read_text().splitlines()]
    permits = [house["data"]["properties"][0]["permits"] for house in found]
    assert [] in permits
    assert None not in permits
    assert {house["provenance"]["permits"] for house in found} == {"attom"}
    assert (first.counts, sandbox.vendors_asked()) == ({"enriched": 8}, {"attom"})
    again = ten.run(*order, "-o", "out.csv", "--json")
    with (ten.folder / "out.csv").open() as file:
        assert [json.loads(row["property_permits"]) for row in csv.DictReader(file)] == permits
    assert (again.counts, sandbox.vendors_asked()) == ({"cached": 8}, {"attom"})


def test_officers_are_bought_only_when_required(ten: Cli, sandbox: SandboxProcess, source: str) -> None:
    ten.run("enrich", source, "--types", "business", "-o", "out.ndjson")
    assert (only_line(ten)["business"]["data"]["officers"], sandbox.requests()["opencorporates"]) == (None, {"200": 1})
    more = ten.run("enrich", source, "--types", "business", "--require", "officers", "-o", "out.ndjson", "--json")
    business = only_line(ten)["business"]
    assert more.counts == {"enriched": 1}
    assert (business["data"]["officers"][0].keys(), business["provenance"]["officers"]) == (
        {"name", "role"},
        "opencorporates",
    )
    # The search is there already: the record alone is bought.
    assert (sandbox.requests()["opencorporates"], more.report["cost_usd"]) == ({"200": 2}, "0.51")


def test_the_status_of_an_address_is_bought_only_when_required(ten: Cli, sandbox: SandboxProcess, source: str) -> None:
    ten.run("enrich", source, "--types", "person", "-o", "out.ndjson")
    assert (only_line(ten)["person"]["data"]["email_status"], sandbox.vendors_asked()) == (None, {"clearbit"})
    ten.run("enrich", source, "--types", "person", "--require", "email_status", "-o", "out.ndjson")
    person = only_line(ten)["person"]
    assert person["data"]["email_status"] == "deliverable"
    assert person["provenance"]["email_status"] == "hunter"
    assert sandbox.requests()["clearbit"] == {"200": 1}
    ten.assert_whole(sandbox.bill())
