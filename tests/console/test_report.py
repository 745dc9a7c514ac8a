"""A run's report for people, which fits 80 columns."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from enrich_cli.console.report import print_report
from enrich_cli.console.report_json import report_json
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import CheapestOrder, Expectation, Refusals
from enrich_cli.domain.latency import Latencies
from enrich_cli.domain.money import Money
from enrich_cli.domain.rejection import Rejection, Rejections
from enrich_cli.domain.report import Concurrency, Count, ProviderReport, RunReport
from tests.console.conftest import Paper


class TestForPeople:
    def test_it_says_what_happened_what_it_cost_and_what_is_left(self, report: RunReport, paper: Paper) -> None:
        print_report(report, paper.console, output="out.csv")
        assert paper.lines[0] == "enrich done: 9 rows in 3.4 s (run run-7)"
        assert paper.lines[-2:] == ["spent $0.20 · acme (pro): 6 of 50 left this month", "enriched rows: out.csv"]
        assert "3 enriched   1 partial   1 cached   1 not found" in paper.text
        assert "suppressed" not in paper.text
        assert "property was skipped: needs tier pro" in paper.lines

    def test_a_table_row_stands_for_each_provider_that_was_asked(self, report: RunReport, paper: Paper) -> None:
        report.providers[0].in_doubt = Money(40_000)
        report.providers.append(
            ProviderReport(
                provider="clearbit", data_type=DataType.PERSON, disabled="not configured: set X", configured=False
            )
        )
        print_report(report, paper.console, output=None)
        row = next(line for line in paper.lines if line.strip().startswith("hunter"))
        assert row.split()[:5] == ["hunter", "5", "4", "1", "0"]
        assert row.split()[-2:] == ["$0.20", "$0.04"]
        assert [line for line in paper.lines if "clearbit" in line] == ["clearbit: not configured: set X"]
        assert "and $0.04 in doubt" in paper.text

    @pytest.mark.parametrize(
        ("lowest", "told"),
        [
            (12, ["hunter: slowed down to 12 requests at once, 25 at the end"]),
            (50, []),
        ],
    )
    def test_it_says_who_was_slowed_down(self, report: RunReport, paper: Paper, lowest: int, told: list[str]) -> None:
        report.providers[0].concurrency = Concurrency(ceiling=50, lowest=lowest, settled=25)
        print_report(report, paper.console, output=None)
        assert [line for line in paper.lines if line.startswith("hunter: ")] == told
        (entry,) = json.loads(report_json(report))["providers"]
        assert entry["concurrency"] == {"ceiling": 50, "lowest": lowest, "settled": 25}

    def test_a_large_run_fits_80_columns_and_hides_no_digit(self, report: RunReport, paper: Paper) -> None:
        latency = Latencies()
        latency.add(20_000)
        entry = ProviderReport(provider="opencorporates", data_type=DataType.BUSINESS, lookups=98_765, found=87_654)
        report.providers = [replace(entry, latency=latency, cost=Money(9_876_500_000), in_doubt=Money(12_345_600))]
        print_report(report, paper.console, output=None)
        row = next(line for line in paper.lines if "opencorporates" in line)
        assert row.split()[:3] == ["opencorporates", "98,765", "87,654"]
        assert row.split()[-2:] == ["$9,876.50", "$12.3456"]

    def test_numbers_that_no_table_has_room_for_are_never_cut(self, report: RunReport, paper: Paper) -> None:
        report.providers[0].cost, report.providers[0].in_doubt = Money(98_000_123_400_000), Money(1_234_567_800_000)
        report.providers[0].lookups = 1_000_000_000
        print_report(report, paper.console, output=None)
        assert "…" not in paper.text

    def test_in_a_narrow_terminal_no_amount_is_broken(self, report: RunReport) -> None:
        narrow = Paper(width=44)
        report.providers[0].cost, report.providers[0].in_doubt = Money(12_345_678_900), Money(98_765_400)
        print_report(report, narrow.console, output=None)
        assert "    cost $12,345.6789 · in doubt $98.7654" in narrow.lines

    @pytest.mark.parametrize(("sandbox", "option"), [(True, " --sandbox"), (False, "")])
    def test_what_failed_is_asked_for_again_where_it_was(
        self, report: RunReport, paper: Paper, *, sandbox: bool, option: str
    ) -> None:
        report.sandbox = sandbox
        print_report(report, paper.console, output=None)
        assert "2 customers lack data because lookups failed; to ask again:" in paper.lines
        assert f"  enrich-cli refresh --failed{option}" in paper.lines

    def test_why_the_last_of_them_failed_is_said(self, report: RunReport, paper: Paper) -> None:
        report.failures = "hunter: no connection"
        print_report(report, paper.console, output=None)
        assert "the last failure: hunter: no connection" in paper.lines

    def test_the_command_for_that_is_about_the_same_store_and_in_one_line(self, report: RunReport) -> None:
        narrow, program = Paper(width=44), "enrich-cli --db '/data/customers of acme/enrichment.db' --company acme"
        print_report(report, narrow.console, output=None, program=program)
        assert f"  {program} refresh --failed" in narrow.text.splitlines()

    def test_what_a_cap_refused_is_not_said_to_have_failed(self, report: RunReport, paper: Paper) -> None:
        report.capped = True
        print_report(report, paper.console, output=None)
        assert "2 customers lack data because lookups failed or did not fit the cap; to ask again:" in " ".join(
            paper.lines
        )

    def test_of_a_source_without_rows_no_counts_are_told(self, report: RunReport, paper: Paper) -> None:
        report.read, report.mapping, report.providers = 0, {}, []
        report.customers = dict.fromkeys(Count, 0)
        print_report(report, paper.console, output=None)
        assert paper.lines[:2] == ["enrich done: 0 rows in 3.4 s (run run-7)", "property was skipped: needs tier pro"]

    def test_an_interrupted_run_says_so_and_names_no_output(self, report: RunReport, paper: Paper) -> None:
        report.interrupted = True
        print_report(report, paper.console, output="out.csv")
        assert "interrupted after 9 rows" in paper.lines[0]
        assert "out.csv" not in paper.text

    def test_a_sandbox_run_says_first_that_the_data_is_synthetic(self, report: RunReport, paper: Paper) -> None:
        report.sandbox = True
        print_report(report, paper.console, output=None)
        assert paper.lines[0] == "SANDBOX: all of this data is synthetic"

    def test_what_was_not_worth_asking_is_said(self, report: RunReport, paper: Paper) -> None:
        report.spared = {"a role mailbox is not a person": 1, "a PO box is not a property": 2}
        print_report(report, paper.console, output=None)
        assert "1 lookup not worth making: a role mailbox is not a person" in paper.lines
        assert "2 lookups not worth making: a PO box is not a property" in paper.lines

    def test_the_first_rejected_rows_are_named_by_line_and_reason(self, report: RunReport, paper: Paper) -> None:
        named = [Rejection(line, f"has {line} cells, the header has 1") for line in range(2, 9)]
        report.rejections = Rejections(1_007, named)
        print_report(report, paper.console, output=None)
        assert [line for line in paper.lines if line.endswith("has 1") or "more" in line] == [
            *(f"line {line} rejected: has {line} cells, the header has 1" for line in range(2, 7)),
            "1,002 more rows rejected; --rejects FILE lists all of them",
        ]

    def test_where_all_rejected_rows_are_is_said_if_they_are_written(self, report: RunReport, paper: Paper) -> None:
        report.rejections = Rejections(6, [Rejection(line, "has 3 cells, the header has 1") for line in range(2, 8)])
        print_report(report, paper.console, output=None, rejects="rejected.csv")
        assert "1 more row rejected" in paper.lines
        assert paper.lines[-1] == "rejected rows: rejected.csv"

    def test_a_file_of_rejected_rows_is_not_named_if_there_are_none(self, report: RunReport, paper: Paper) -> None:
        print_report(report, paper.console, output=None, rejects="rejected.csv")
        assert "rejected.csv" not in paper.text

    def test_warnings_are_shown_as_they_are(self, report: RunReport, paper: Paper) -> None:
        report.warnings = ["line 7: [bold]no markup[/bold]"]
        print_report(report, paper.console, output=None)
        assert "note: line 7: [bold]no markup[/bold]" in paper.lines

    def test_an_unlimited_company_is_told_so(self, report: RunReport, paper: Paper) -> None:
        report.quota = replace(report.quota, limit=None)
        print_report(report, paper.console, output=None)
        assert paper.lines[-1] == "spent $0.20 · acme (pro): unlimited"


class TestMoney:
    rest = Expectation(most=Money(4_000_000), expected=Money(3_000_000), low=Money(2_500_000), high=Money(3_500_000))

    @pytest.mark.parametrize(
        ("spent", "verdict"),
        [
            (2_400_000, ": it was less"),
            (2_499_900, ""),
            (3_000_000, ""),
            (3_500_100, ""),
            (3_600_000, ": it was more"),
        ],
    )
    def test_it_is_compared_with_what_was_expected(
        self, report: RunReport, paper: Paper, spent: int, verdict: str
    ) -> None:
        report.expectation = self.rest
        report.providers[0].cost, report.providers[0].in_doubt = Money(spent - 100), Money(100)
        print_report(report, paper.console, output=None)
        assert paper.lines[-1] == f"  expected $3.00 (80 %: $2.50 to $3.50), doubt included{verdict}"
        assert json.loads(report_json(report))["expectation"]["interval_usd"] == ["2.50", "3.50"]

    def test_what_a_cap_refused_is_told_with_what_the_rest_would_cost(self, report: RunReport, paper: Paper) -> None:
        report.refusals = Refusals(customers=1, lookups=5, rest=self.rest)
        print_report(report, paper.console, output=None)
        told = "refused by the cost cap: 5 lookups of 1 customer; the rest would cost at most $4.00, expected $3.00"
        assert told in " ".join(paper.text.split())
        refused = json.loads(report_json(report))["refused"]
        assert (refused["lookups"], refused["customers"], refused["cost_max_usd"]) == (5, 1, "4.00")

    @pytest.mark.parametrize(("saved", "told"), [(500_000, "saved $0.50"), (-500_000, "cost $0.50 too much")])
    def test_what_the_cheapest_order_saved(self, report: RunReport, paper: Paper, saved: int, told: str) -> None:
        report.cheapest_order = CheapestOrder(default=Money(2_000_000), saved=Money(saved))
        print_report(report, paper.console, output=None)
        assert paper.lines[-1] == f"  the cheapest order {told}: about $2.00 in the default order"
        assert json.loads(report_json(report))["optimized"]["default_order_usd"] == "2.00"
