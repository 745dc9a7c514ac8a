"""`refresh --failed` of customers of whom some data types are well: those are not bought again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve
    from tests.e2e.vendors.conftest import Row


@pytest.fixture
def source(ten: Cli, header: str, row: Row) -> str:
    """Two customers whom all vendors know."""
    return ten.write("two.csv", "\n".join([header, row("Birch Tooling"), row("Ember Tooling"), ""]))


@pytest.mark.parametrize("kind", ["shape", "401"])
def test_only_what_failed_is_asked_for_again(
    ten: Cli, sandbox: SandboxProcess, serve: Serve, source: str, kind: str
) -> None:
    """A refused key closes the vendor: of the second customer the ledger tells nothing."""
    with serve(f"attom={kind}", f"corelogic={kind}") as broken:
        ten.asks(broken)
        assert ten.run("enrich", source, "--concurrency", "1", "--json").counts == {"partial": 2}
    ten.asks(sandbox)
    sandbox.reset()
    expected = ten.run("refresh", "--failed", "--dry-run", "--json").report
    assert (expected["to_look_up"], expected["cached"]) == (2, 0)
    result = ten.run("refresh", "--failed", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 2})
    assert sandbox.vendors_asked() == {"attom"}
    assert ",found,clearbit," in (ten.folder / "out.csv").read_text()
    assert ten.run("refresh", "--failed", "--json").counts == {}


def test_however_old_the_rest_is(ten: Cli, sandbox: SandboxProcess, serve: Serve, source: str) -> None:
    ten.settings["ENRICHMENT_CACHE_TTL_PRO"] = "0"
    with serve("attom=shape", "corelogic=shape") as broken:
        ten.asks(broken)
        assert ten.run("enrich", source, "--json").counts == {"partial": 2}
    ten.asks(sandbox)
    sandbox.reset()
    assert ten.run("refresh", "--failed", "--json").counts == {"enriched": 2}
    assert sandbox.vendors_asked() == {"attom"}


def test_what_a_refresh_could_not_renew_is_taken_up_again(
    ten: Cli, sandbox: SandboxProcess, serve: Serve, source: str
) -> None:
    assert ten.run("enrich", source).code == 0
    with serve("attom=401", "corelogic=401") as broken:
        ten.asks(broken)
        assert ten.run("refresh", source, "--concurrency", "1", "--json").counts == {"partial": 2}
    ten.asks(sandbox)
    sandbox.reset()
    assert ten.run("refresh", "--failed", "--json").counts == {"enriched": 2}
    assert sandbox.vendors_asked() == {"attom"}


def test_what_a_cap_refused_is_not_forgotten_when_what_failed_beside_it_is_found(
    ten: Cli, sandbox: SandboxProcess, serve: Serve, source: str
) -> None:
    ten.settings["ENRICHMENT_SOCIAL_PROVIDERS"] = "facebook"
    types, least = ("--types", "social,property", "--json"), ("--max-cost", "0.01")
    assert ten.run("enrich", source, *types).code == 0
    with serve("facebook=shape") as broken:
        ten.asks(broken)
        assert ten.run("refresh", source, *types, *least).counts == {"partial": 2}
    ten.asks(sandbox)
    sandbox.reset()
    assert ten.run("refresh", "--failed", *types, *least).counts == {"partial": 2}
    assert sandbox.vendors_asked() == {"facebook"}
    assert ten.run("refresh", "--failed", *types).counts == {"enriched": 2}
    assert sandbox.vendors_asked() == {"facebook", "attom"}
    assert ten.run("refresh", "--failed", *types).counts == {}


def test_what_was_never_asked_for_is_not_looked_up(
    ten: Cli, sandbox: SandboxProcess, serve: Serve, source: str
) -> None:
    with serve("attom=shape", "corelogic=shape") as broken:
        ten.asks(broken)
        assert ten.run("enrich", source, "--types", "property", "--json").counts == {"failed": 2}
    ten.asks(sandbox)
    sandbox.reset()
    assert ten.run("refresh", "--failed", "--json").counts == {"enriched": 2}
    assert sandbox.vendors_asked() == {"attom"}


@pytest.fixture
def known_person(ten: Cli, header: str, row: Row) -> str:
    """A customer of whom nothing but the person is known."""
    source = ten.write("one.csv", "\n".join([header, row("Birch Tooling"), ""]))
    assert ten.run("enrich", source, "--types", "person", "--json").counts == {"enriched": 1}
    return "Ada Sample"


def test_show_says_which_provider_failed_and_why(ten: Cli, serve: Serve, known_person: str) -> None:
    with serve("attom=shape", "corelogic=401") as broken:
        ten.asks(broken)
        result = ten.run("show", known_person, "--enrich", "--json")
    assert (result.code, result.err.count("\n")) == (0, 1)
    assert result.err.startswith("enrich-cli: warning: providers failed (attom: ")
    assert "; corelogic: " in result.err
    assert {one["data_type"] for one in result.report["enrichments"]} == {"person", "business", "social"}


def test_show_says_who_failed_beside_what_a_budget_refused(ten: Cli, serve: Serve, known_person: str) -> None:
    ((spent,),) = ten.rows("SELECT api_costs FROM customer_enrichment_usage")
    ten.settings |= {
        "ENRICHMENT_SOCIAL_PROVIDERS": "facebook",
        "ENRICHMENT_MONTHLY_BUDGET_USD": f"{spent / 1_000_000 + 0.01:.2f}",
    }
    with serve("facebook=shape") as broken:
        ten.asks(broken)
        result = ten.run("show", known_person, "--enrich", "--json")
    assert (result.code, result.err.count("\n")) == (4, 1)
    assert "budget is used up, and providers failed (facebook: " in result.err
    assert "attom" not in result.err
