"""Caps are never exceeded, and what is booked always holds the vendors' bill."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

slow = pytest.mark.slow


@pytest.mark.parametrize("cap", ["0.40", "0.49"])
def test_a_run_never_spends_more_than_its_cap(cli: Cli, sandbox: SandboxProcess, hits: Hits, cap: str) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "clearbit"
    result = cli.run("enrich", cli.source(hits(10)), "--max-cost", cap, "--json")
    assert (result.code, result.counts) == (4, {"enriched": 4, "over_quota": 6})
    assert (result.report["cost_usd"], sandbox.bill()) == ("0.40", Decimal("0.40"))
    assert result.report["quota"]["used"] == 4


def test_what_was_refused_and_what_the_rest_would_cost_is_told(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "clearbit"
    report = cli.run("enrich", cli.source(hits(10)), "--max-cost", "0.40", "--json").report
    refused = report["refused"]
    assert (refused["customers"], refused["lookups"]) == (6, 6)
    assert refused["cost_max_usd"] == refused["cost_expected_usd"] == "0.60"
    assert report["expectation"]["cost_max_usd"] == "0.40"


def test_a_vendor_that_finds_nobody_is_closed_after_so_many_lookups(cli: Cli, sandbox: SandboxProcess) -> None:
    """Fifty customers are in flight: all of them wait for the first three."""
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "clearbit"
    unknown = [f"ada.sample{place}+miss@pumps{place}.example" for place in range(40)]
    result = cli.run("enrich", cli.source(unknown), "--stop-after-misses", "3", "--types", "person", "--json")
    assert (result.code, result.counts) == (3, {"not_found": 3, "failed": 37})
    assert (sandbox.asked(), sandbox.bill()) == (3, Decimal("0.30"))
    assert "found nobody in its first 3 lookups" in result.report["providers"][0]["disabled"]
    cli.assert_whole(sandbox.bill())


def test_under_a_cap_a_trial_ends_too(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    """A miss at Hunter is free, but its price was set aside: who waits for Clearbit's trial must let go of that."""
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "hunter,clearbit"
    unknown = [f"ada.sample{place}+miss@pumps{place}.example" for place in range(40)]
    options = ("--stop-after-misses", "4", "--max-cost", "0.30", "--types", "person", "--json")
    result = cli.run("enrich", cli.source([*hits(1, company="foods"), *unknown]), *options)
    assert (result.code, result.counts) == (4, {"enriched": 1, "not_found": 2, "failed": 38})
    assert sandbox.bill() == Decimal("0.2049")
    cli.assert_whole(sandbox.bill())


def test_on_request_the_cheapest_vendor_is_asked_first_and_the_report_says_what_that_saved(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    default = cli.run("enrich", cli.source(hits(5)), "--json").report
    assert (default["cost_usd"], default["optimized"]) == ("0.50", None)
    report = cli.run("enrich", cli.source(hits(5, company="foods"), "more.csv"), "--optimize-cost", "--json").report
    lookups = {entry["provider"]: entry["lookups"] for entry in report["providers"]}
    assert list(lookups)[:3] == ["hunter", "fullcontact", "clearbit"]
    assert (lookups["hunter"], report["cost_usd"]) == (5, "0.0245")
    assert Decimal(report["optimized"]["saved_usd"]) > 0


def test_where_the_first_provider_is_too_dear_a_cheaper_one_is_asked(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    result = cli.run("enrich", cli.source(hits(2)), "--max-cost", "0.06", "--json")
    assert result.counts == {"enriched": 2}
    assert sandbox.bill() == Decimal("0.0549")


def test_doubt_counts_against_the_cap(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("*:close:0.5") as sandbox:
        cli.asks(sandbox)
        cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "clearbit"
        result = cli.run("enrich", cli.source(hits(20)), "--max-cost", "1.00", "--json")
        assert result.code == 4
        assert sandbox.bill() <= cli.booked()[1] <= Decimal("1.00")
        assert Decimal(result.report["in_doubt_usd"]) > 0
        cli.assert_whole(sandbox.bill())


def test_a_monthly_budget_holds_over_several_runs(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    cli.settings |= {"ENRICHMENT_MONTHLY_BUDGET_USD": "0.55", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    first = cli.run("enrich", cli.source(hits(3)), "--json")
    assert (first.code, first.counts) == (0, {"enriched": 3})
    second = cli.run("enrich", cli.source(hits(6)), "--types", "person", "--json")
    assert (second.code, second.counts) == (4, {"cached": 3, "enriched": 2, "over_quota": 1})
    assert sandbox.bill() == Decimal("0.50")


def test_a_budget_of_nothing_sends_nothing(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(3)), "--max-cost", "0", "--json")
    assert (result.code, result.counts, sandbox.asked()) == (4, {"over_quota": 3}, 0)


@pytest.mark.parametrize(
    "fault",
    [
        "503:0.3",
        "close:0.4",
        "html:0.4",
        *(
            pytest.param(fault, marks=slow)
            for fault in ("429:0.2", "reset:0.4", "timeout:0.3", "shape:0.4", "truncated:0.4")
        ),
    ],
)
def test_under_any_fault_the_bill_lies_between_cost_and_cost_with_doubt(cli: Cli, serve: Serve, fault: str) -> None:
    emails = [f"ada.sample{place}+{('hit', 'miss', 'other')[place % 3]}@pumps{place}.example" for place in range(12)]
    cli.settings |= {f"{vendor}_TIMEOUT": "0.5" for vendor in ("CLEARBIT", "FULLCONTACT", "HUNTER")}
    with serve(f"*:{fault}") as sandbox:
        cli.asks(sandbox)
        result = cli.run("enrich", cli.source(emails), "--types", "person", "--json")
        assert (result.code, sum(result.counts.values())) in {(0, 12), (3, 12)}
        assert fault.partition(":")[0] in str(sandbox.requests())
        cli.assert_whole(sandbox.bill())
    assert Decimal(result.report["cost_usd"]) == cli.booked()[0]
    assert Decimal(result.report["cost_usd"]) + Decimal(result.report["in_doubt_usd"]) == cli.booked()[1]


@pytest.mark.parametrize(
    ("fault", "charged"),
    [
        pytest.param("503", False, marks=slow),
        ("reset", True),
        ("html", True),
        pytest.param("truncated", True, marks=slow),
    ],
)
def test_a_vendor_that_always_fails_is_failed_and_never_nothing_found(
    cli: Cli, serve: Serve, hits: Hits, fault: str, charged: bool
) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "fullcontact,hunter"
    with serve(f"*:{fault}") as sandbox:
        cli.asks(sandbox)
        result = cli.run("enrich", cli.source(hits(2)), "--json")
        assert (result.code, result.counts, result.report["quota"]["used"]) == (3, {"failed": 2}, 0)
        assert (sandbox.bill() > 0, Decimal(result.report["in_doubt_usd"]) > 0) == (charged, charged)
        cli.assert_whole(sandbox.bill())
    assert cli.rows("SELECT * FROM customer_enrichment_data") == []


def test_a_refused_key_closes_the_vendor_is_said_once_and_the_others_go_on(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    cli.settings["CLEARBIT_API_KEY"] = "wrong"
    result = cli.run("enrich", cli.source(hits(5)), "--concurrency", "1")
    assert result.code == 0
    assert (result.out + result.err).count("the key was refused") == 1
    assert "clearbit: the key was refused" in result.out
    assert sandbox.requests()["clearbit"] == {"401": 1}
    assert sandbox.requests()["fullcontact"] == {"200": 5}


def test_when_all_refuse_their_keys_it_is_exit_5_and_nothing_is_booked(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    cli.settings |= {f"{vendor}_API_KEY": "wrong" for vendor in ("CLEARBIT", "FULLCONTACT", "HUNTER")}
    result = cli.run("enrich", cli.source(hits(5)), "-o", "out.csv", "--json")
    assert (result.code, result.counts, result.report["cost_usd"]) == (5, {"failed": 5}, "0.00")
    assert (result.err.count("\n"), result.err.count("clearbit: ")) == (1, 1)
    rows = (cli.folder / "out.csv").read_text().splitlines()[1:]
    assert [row.split(",")[1:5:2] for row in rows] == [[email, "failed"] for email in hits(5)]
    cli.assert_whole(sandbox.bill())


def test_an_empty_account_closes_the_vendor_and_is_no_failure_of_the_run(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("clearbit:credit") as sandbox:
        cli.asks(sandbox)
        result = cli.run("enrich", cli.source(hits(4)), "--types", "person", "--concurrency", "1", "--json")
        assert (result.code, result.counts) == (0, {"enriched": 4})
        assert sandbox.requests()["clearbit"] == {"credit": 1}
    assert [bool(entry["disabled"]) for entry in result.report["providers"]] == [True, False, False]
