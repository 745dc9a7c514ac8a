"""Customers who share a company, an address or a profile share its answer, which is bought once."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess
    from tests.e2e.vendors.conftest import Row

PEOPLE = ("Ada Sample", "Ben Archer", "Eve Marlow")
OF_THE_COMPANY = {"google_places": 1, "opencorporates": 1, "facebook": 2, "attom": 1}
"""Requests for one company at one address; Facebook's search is followed by the reading of one Page."""


@pytest.fixture
def colleagues(ten: Cli, header: str, row: Row) -> str:
    """A file with three people who work in one house."""
    return ten.write("colleagues.csv", "\n".join([header, *(row("Birch Tooling", person) for person in PEOPLE), ""]))


def asked(sandbox: SandboxProcess) -> dict[str, int]:
    """Vendor → how often it was asked."""
    return {vendor: sum(seen.values()) for vendor, seen in sandbox.requests().items() if seen}


@pytest.mark.parametrize("concurrency", ["1", "50"])
def test_colleagues_share_what_is_known_of_their_company_and_house(
    ten: Cli, sandbox: SandboxProcess, colleagues: str, concurrency: str
) -> None:
    result = ten.run("enrich", colleagues, "--concurrency", concurrency, "--json", "-o", "out.ndjson")
    assert (result.code, result.counts, result.report["quota"]["used"]) == (0, {"enriched": 3}, 3)
    assert asked(sandbox) == {"clearbit": 3, "linkedin": 3, "twitter": 3, **OF_THE_COMPANY}
    lines = [json.loads(line) for line in (ten.folder / "out.ndjson").read_text().splitlines()]
    assert len({line["person"]["data"]["full_name"] for line in lines}) == 3
    for shared in ("business", "property"):
        assert [line[shared]["data"] for line in lines] == [lines[0][shared]["data"]] * 3
        assert lines[0][shared]["data"]
    assert ten.booked() == (sandbox.bill(), sandbox.bill())


def test_only_the_first_of_them_is_charged(ten: Cli, sandbox: SandboxProcess, colleagues: str) -> None:
    ten.run("enrich", colleagues, "--types", "business,property", "--json")
    rows = ten.rows("SELECT provider, COUNT(*), SUM(cost) FROM provider_lookups GROUP BY provider ORDER BY provider")
    assert rows == [("attom", 1, 100_000), ("google_places", 1, 40_000), ("opencorporates", 1, 510_000)]
    assert ten.rows("SELECT SUM(counted) FROM run_customers") == [(3,)]
    assert sandbox.bill() == Decimal("0.65")


def test_they_share_in_one_run_where_every_run_asks_anew(ten: Cli, sandbox: SandboxProcess, colleagues: str) -> None:
    ten.run("set-tier", "enterprise")
    for runs in (1, 2):
        assert ten.run("enrich", colleagues, "--types", "business,property", "--json").counts == {"enriched": 3}
        assert asked(sandbox) == {
            vendor: runs * OF_THE_COMPANY[vendor] for vendor in OF_THE_COMPANY if vendor != "facebook"
        }


def test_a_new_colleague_is_answered_from_what_is_there_and_counted(
    ten: Cli, sandbox: SandboxProcess, colleagues: str, header: str, row: Row
) -> None:
    ten.run("enrich", colleagues, "--types", "business,property")
    bill, requests = sandbox.bill(), sandbox.asked()
    source = ten.write("new.csv", f"{header}\n{row('Birch Tooling', 'Zoe Hartley')}\n")
    result = ten.run("enrich", source, "--types", "business,property", "--json")
    assert (result.counts, result.report["quota"]["used"]) == ({"enriched": 1}, 4)
    assert (result.report["cost_usd"], sandbox.bill(), sandbox.asked()) == ("0.00", bill, requests)


def test_a_miss_is_shared_like_a_hit_and_its_doubt_is_booked_once(ten: Cli, sandbox: SandboxProcess) -> None:
    rows = [f"{person},{person[:3].lower()}@home.example,Nobody Knows Us +miss,IL" for person in PEOPLE]
    source = ten.write("missed.csv", "\n".join(["Name,Email,Company,State", *rows, ""]))
    result = ten.run("enrich", source, "--types", "business", "--json")
    assert (result.code, result.counts) == (0, {"not_found": 3})
    assert asked(sandbox) == {"google_places": 1, "opencorporates": 1}
    assert (result.report["cost_usd"], result.report["in_doubt_usd"]) == ("0.04", "0.51")
    ten.assert_whole(sandbox.bill())


def test_a_shared_question_that_fails_fails_nobody_for_good(
    ten: Cli, serve: type[SandboxProcess], colleagues: str
) -> None:
    """The first lookup's answer can't be read; the next of those that wait asks again."""
    with serve("google_places=html:1") as sandbox:
        ten.asks(sandbox)
        ten.settings["ENRICHMENT_BUSINESS_PROVIDERS"] = "google_places"
        result = ten.run("enrich", colleagues, "--types", "business", "--json")
        assert (result.code, result.counts) == (3, {"failed": 1, "enriched": 2})
        assert sandbox.requests()["google_places"] == {"html": 1, "200": 1}
        ten.assert_whole(sandbox.bill())
        again = ten.run("refresh", "--failed", "--types", "business", "--json")
        assert (again.code, again.counts, again.report["cost_usd"]) == (0, {"enriched": 1}, "0.04")
