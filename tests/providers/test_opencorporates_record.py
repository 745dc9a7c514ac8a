"""A record of a company register, read through OpenCorporates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from enrich_cli.domain.business import Business, Officer
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.providers.opencorporates import OpenCorporates

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

OPENCORPORATES = OpenCorporates()
ACME = {"company": "Acme Dental Care"}
BODIES = Path(__file__).parent / "bodies"
RECORD: dict[str, object] = orjson.loads((BODIES / "opencorporates.json").read_bytes())
DETAIL = RECORD | orjson.loads((BODIES / "opencorporates_detail.json").read_bytes())
ILLINOIS, CHICAGO = Place(state="IL", country="US"), Place(city="Chicago", state="IL")


def answer(*records: object) -> tuple[int, dict[str, object]]:
    return 200, {"results": {"companies": [{"company": record} for record in records]}}


def find(wire: Wire, *records: object) -> Any:
    return wire.find(OPENCORPORATES, ACME, answer(*records))


def business(wire: Wire, **said: object) -> Business:
    found: Business = find(wire, {"name": "ACME LLC"} | said).data
    return found


def test_a_full_record_fills_the_registration(wire: Wire) -> None:
    assert find(wire, DETAIL).data == Business(
        name="ACME DENTAL CARE LLC",
        categories=("Dentists",),
        company_number="LLC00123456",
        jurisdiction="us_il",
        incorporated_on="2014-03-11",
        company_type="Limited Liability Company",
        registration_status="active",
        registered_address="120 Example Ave, Chicago, IL, 60601, United States",
        officers=(Officer(name="SAM SAMPLE", role="manager"),),
        registry_url="https://registry.example.com/LLC00123456",
    )


def test_all_names_the_officers_the_registered_address_and_the_register_are_evidence(wire: Wire) -> None:
    assert find(wire, DETAIL).identity == Identity(
        asked_by=frozenset({"company"}),
        names=("SAM SAMPLE",),
        companies=("ACME DENTAL CARE LLC", "ACME FAMILY DENTISTRY LLC", "ACME DENTAL"),
        places=(
            Place(address="120 Example Ave", city="Chicago", state="IL", postal_code="60601", country="United States"),
            ILLINOIS,
        ),
    )


@pytest.mark.parametrize("nothing", [None, [], {}, "", [None], [{}], ["?"]])
def test_any_member_may_say_nothing(wire: Wire, nothing: object) -> None:
    found = find(wire, dict.fromkeys(DETAIL, nothing) | {"name": "ACME LLC"})
    assert found.data == Business(name="ACME LLC")
    assert found.identity == Identity(asked_by=frozenset({"company"}), companies=("ACME LLC",))


def test_a_name_alone_is_a_record(wire: Wire) -> None:
    assert business(wire) == Business(name="ACME LLC")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"current_status": "Active", "inactive": False}, "active"),
        ({"current_status": "In Good Standing"}, "active"),
        ({"current_status": "LIVE"}, "active"),
        ({"inactive": "false"}, "active"),
        ({"inactive": False, "current_status": "Unusual"}, "active"),
        ({"inactive": True, "current_status": "Dormant"}, "inactive"),
        ({"inactive": True, "current_status": "Active"}, "inactive"),
        ({"inactive": True, "current_status": "Voluntarily Dissolved"}, "dissolved"),
        ({"inactive": False, "current_status": "Charter REVOKED"}, "dissolved"),
        ({"current_status": "In liquidation"}, "dissolved"),
        ({"current_status": "Struck off"}, "dissolved"),
        ({"current_status": "Forfeited"}, "dissolved"),
        ({"dissolution_date": "2019-01-31", "inactive": False}, "dissolved"),
        ({"dissolution_date": "2019-01-31", "retrieved_at": "2026-09-28T00:00:00+00:00"}, "dissolved"),
        ({"dissolution_date": "2027-01-31", "retrieved_at": "2026-09-28T00:00:00+00:00", "inactive": False}, "active"),
        ({"dissolution_date": "2027-01-31", "source": {"retrieved_at": "2026-09-28"}, "inactive": False}, "active"),
        ({"dissolution_date": "2026-11-24", "inactive": False}, "dissolved"),
        ({"dissolution_date": "2026-11-25", "inactive": False}, "active"),
        ({"dissolution_date": "2026-11-25", "retrieved_at": None, "source": {}, "inactive": False}, "active"),
        ({"dissolution_date": "some day", "inactive": False}, "active"),
        ({"current_status": "Pending"}, None),
        ({}, None),
    ],
)
def test_a_register_s_status_becomes_one_of_three(wire: Wire, said: dict[str, object], status: str | None) -> None:
    assert business(wire, **said).registration_status == status


@pytest.mark.parametrize(("number", "text"), [("00445790", "00445790"), (445790, "445790"), (" A-1 ", "A-1")])
def test_a_company_number_is_a_text(wire: Wire, number: object, text: str) -> None:
    assert business(wire, company_number=number).company_number == text


@pytest.mark.parametrize(
    ("given", "date"),
    [("2014-03-11", "2014-03-11"), ("2014-03-11T00:00:00Z", "2014-03-11"), ("2014", None), ("2014-02-30", None)],
)
def test_a_date_is_a_day_or_nothing(wire: Wire, given: str, date: str | None) -> None:
    assert business(wire, incorporation_date=given).incorporated_on == date


def test_an_address_is_made_of_its_parts_when_it_is_not_given_in_full(wire: Wire) -> None:
    address = {"street_address": "1 High St", "locality": "Leeds", "postal_code": None}
    assert business(wire, registered_address=address).registered_address == "1 High St, Leeds"


def test_the_link_is_the_vendor_s_own_when_the_register_has_none(wire: Wire) -> None:
    assert business(wire, opencorporates_url="https://opencorporates.com/x").registry_url == (
        "https://opencorporates.com/x"
    )


def test_only_officers_of_today_are_named(wire: Wire) -> None:
    officers = [
        {"name": "SAMPLE, SAM", "position": None},
        {"name": "EXAMPLE AGENTS INC", "position": "agent", "end_date": "", "inactive": None},
        {"name": "OLD HAND", "end_date": "2020-01-01"},
        {"name": "OLD SOUL", "inactive": True},
        {"name": None, "position": "director"},
    ]
    said = business(wire, officers=[{"officer": officer} for officer in officers])
    assert said.officers == (Officer(name="SAMPLE, SAM"), Officer(name="EXAMPLE AGENTS INC", role="agent"))


@pytest.mark.parametrize(
    ("jurisdiction", "place"),
    [
        ("us_il", ILLINOIS),
        ("us_de", Place(country="US")),
        ("ca_on", Place(state="ON", country="CA")),
        ("ca", Place(country="CA")),
        ("gb", Place(country="GB")),
        ("ae_az", Place(country="AE")),
    ],
)
def test_the_register_tells_the_country_and_mostly_the_state(wire: Wire, jurisdiction: str, place: Place) -> None:
    assert find(wire, {"name": "ACME LLC", "jurisdiction_code": jurisdiction}).identity.places == (place,)


def test_living_home_records_come_first(wire: Wire) -> None:
    records = [
        {"name": "ACME ONE", "inactive": False, "branch": "F"},
        {"name": "ACME TWO", "dissolution_date": "2019-01-31"},
        {"name": "ACME THREE", "inactive": False},
        {"name": "ACME FOUR", "inactive": True},
    ]
    found = find(wire, *records)
    assert [found.data.name, *(rival.companies[0] for rival in found.rivals)] == [
        "ACME THREE",
        "ACME FOUR",
        "ACME ONE",
        "ACME TWO",
    ]


def test_a_dissolved_company_is_found_when_it_is_the_only_one(wire: Wire) -> None:
    assert business(wire, dissolution_date="2019-01-31").registration_status == "dissolved"


def test_a_branch_lends_its_place_to_its_home_and_is_no_rival(wire: Wire) -> None:
    home = {"name": "ACME, INC.", "jurisdiction_code": "us_de", "company_number": "1"}
    branch = {"name": "Acme Inc", "jurisdiction_code": "us_il", "company_number": "2", "branch": "F"}
    gone = {"name": "ACME INC", "jurisdiction_code": "us_nv", "company_number": "3", "current_status": "Dissolved"}
    found = find(wire, branch | {"registered_address": {"locality": "Chicago", "region": "IL"}}, gone, home)
    assert found.data.company_number == "1"
    assert found.identity.places == (Place(country="US"), CHICAGO, ILLINOIS)
    assert [rival.places for rival in found.rivals] == [(Place(state="NV", country="US"),)]


@pytest.mark.parametrize(
    "homes",
    [
        [],
        [{"name": "ACME INC"}, {"name": "ACME INC"}],
        [{"name": "ACME LLC"}],
        [{"name": "ACME INC", "current_status": "Dissolved"}],
    ],
    ids=["none", "two", "another", "a dissolved one"],
)
def test_a_branch_without_one_living_home_of_its_name_stands_for_itself(
    wire: Wire, homes: list[dict[str, object]]
) -> None:
    branch = {"name": "ACME INC", "jurisdiction_code": "us_il", "branch": "F"}
    found = find(wire, branch, *homes)
    assert [ILLINOIS in one.places for one in (found.identity, *found.rivals)].count(True) == 1
    assert len(found.rivals) == len(homes)


@pytest.mark.parametrize("homes", [0, 2])
@pytest.mark.parametrize(
    ("state", "jurisdiction"), [("Texas", "us_tx"), ("CA", "us_ca"), ("OR", "us_il"), ("", "us_il")]
)
def test_branches_of_one_name_are_no_rivals_of_one_another_and_the_one_in_the_customer_s_state_stands_for_them(
    wire: Wire, homes: int, state: str, jurisdiction: str
) -> None:
    branches = [{"name": "ACME INC", "jurisdiction_code": code, "branch": "F"} for code in ("us_il", "us_ca", "us_tx")]
    records = [*branches, *({"name": "ACME INC", "jurisdiction_code": f"us_{code}"} for code in ("nv", "nm")[:homes])]
    wire.chosen = homes
    found = wire.find(OPENCORPORATES, ACME | {"state": state}, answer(*records))
    assert found.data.jurisdiction == jurisdiction
    assert {place.state for place in found.identity.places} == {"IL", "CA", "TX"}
    assert len(found.rivals) == homes


def test_two_firms_of_one_name_are_rivals(wire: Wire) -> None:
    firms = [{"name": "ACME INC", "jurisdiction_code": code} for code in ("us_il", "us_ca")]
    found = find(wire, *firms)
    assert found.identity.places == (ILLINOIS,)
    assert [rival.places for rival in found.rivals] == [(Place(state="CA", country="US"),)]


def test_a_hit_by_a_former_name_tells_it(wire: Wire) -> None:
    record = {"name": "ZENITH HOLDINGS", "previous_names": [{"company_name": "ACME DENTAL CARE"}]}
    assert find(wire, record).identity.companies == ("ZENITH HOLDINGS", "ACME DENTAL CARE")


@pytest.mark.parametrize("unnamed", [None, {}, {"company_number": "1"}, "?"])
def test_a_hit_without_a_name_is_passed_over(wire: Wire, unnamed: object) -> None:
    found = find(wire, unnamed, {"name": "ACME LLC"})
    assert (found.data.name, found.rivals) == ("ACME LLC", ())
