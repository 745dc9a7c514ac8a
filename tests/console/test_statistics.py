"""Statistics as people, scripts and Prometheus read them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families
from syrupy.assertion import SnapshotAssertion

from enrich_cli.console.prometheus import prometheus
from enrich_cli.console.statistics import percent, print_statistics, sparkline
from enrich_cli.console.statistics_data import statistics_csv, statistics_json
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Quota
from enrich_cli.domain.statistics import Activity, Lookups, Month, ProviderId, Statistics
from enrich_cli.domain.tier import Tier
from tests.console.conftest import Paper

if TYPE_CHECKING:
    from collections.abc import Mapping

HUNTER, ATTOM = ProviderId(DataType.PERSON, "hunter"), ProviderId(DataType.PROPERTY, "attom")
MONTHS = [*(f"2025-{month:02}" for month in (12,)), *(f"2026-{month:02}" for month in range(1, 12))]


def lookups(found: int, not_found: int, cost: int, **more: int) -> Lookups:
    return Lookups(
        found=found, not_found=not_found, latencies={181: found, 2402: not_found}, cost=Money(cost), failed=0
    ) + Lookups(in_doubt=Money(more.get("in_doubt", 0)), failed=more.get("failed", 0))


@pytest.fixture
def statistics(quota: Quota) -> Statistics:
    summer = Activity(enrichments=31, api_costs=Money(1_234_500_000), tried=40, succeeded=31, served=10, looked_up=40)
    autumn = Activity(enrichments=44, api_costs=Money(700_000), tried=50, succeeded=44, served=150, looked_up=50)
    return Statistics(
        quota=replace(quota, reserved=2),
        sandbox=False,
        months=(
            Month(month="2026-07", tier=Tier.ENTERPRISE, limit=None, activity=summer),
            Month(month="2026-11", tier=Tier.PRO, limit=500, activity=autumn),
        ),
        lookups={
            ("2026-07", ATTOM): lookups(30, 10, 1_233_900_000, in_doubt=600_000, failed=1),
            ("2026-11", ATTOM): lookups(2, 0, 500_000),
            ("2026-11", HUNTER): lookups(40, 8, 200_000),
        },
    )


class TestScreen:
    @pytest.mark.parametrize("width", [80, 140])
    def test_a_company_s_year(self, statistics: Statistics, width: int, snapshot: SnapshotAssertion) -> None:
        paper = Paper(width=width)
        print_statistics(statistics, MONTHS, paper.console)
        assert "\n".join(paper.lines) == snapshot

    def test_one_month_without_anything(self, statistics: Statistics, paper: Paper) -> None:
        idle = Month(month="2026-11", tier=Tier.FREE, limit=50, activity=Activity())
        print_statistics(replace(statistics, months=(idle,), lookups={}, sandbox=True), MONTHS[-1:], paper.console)
        assert paper.lines[:2] == ["SANDBOX: all of this data is synthetic", "acme · 2026-11"]
        assert paper.lines[-1].split() == ["2026-11", "free", "░" * 10, "0/50", "-", "-", "-", "-", "$0.00"]

    @pytest.mark.parametrize(("values", "line"), [([], ""), ([0, 0], "··"), ([0, 1, 4, 8], "·▁▄█"), ([1, 1000], "▁█")])
    def test_a_sparkline_tells_little_from_nothing(self, values: list[int], line: str) -> None:
        assert sparkline(values) == line

    @pytest.mark.parametrize(("share", "text"), [(None, "-"), (0, "0%"), (0.666, "67%"), (0.999, "99%"), (1.0, "100%")])
    def test_all_but_all_is_not_all(self, share: float | None, text: str) -> None:
        assert percent(share) == text


class TestJson:
    def test_it_has_the_contract_s_keys(self, statistics: Statistics) -> None:
        said = json.loads(statistics_json(statistics))
        assert {"months", "providers", "success_rate", "cache_hit_rate", "cost_per_enrichment_usd"} <= said.keys()
        summer = said["months"][0]
        assert {key: summer[key] for key in ("month", "tier", "enrichments", "limit", "api_cost_usd")} == {
            "month": "2026-07",
            "tier": "enterprise",
            "enrichments": 31,
            "limit": None,
            "api_cost_usd": "1234.50",
        }
        hunter, attom = said["providers"]
        assert (hunter["provider"], hunter["data_type"], hunter["lookups"]) == ("hunter", "person", 48)
        assert (attom["found"], attom["not_found"], attom["failed"]) == (32, 10, 1)
        assert attom["latency_ms"] == {"p50": 181, "p95": 2402}
        assert (attom["cost_usd"], attom["in_doubt_usd"]) == ("1234.40", "0.60")

    def test_its_rates_are_of_all_months(self, statistics: Statistics) -> None:
        said = json.loads(statistics_json(statistics))
        assert (said["success_rate"], said["cache_hit_rate"]) == (75 / 90, 160 / 250)
        assert said["cost_per_enrichment_usd"] == "16.469334"
        assert said["enrichments_by_tier"] == {"enterprise": 31, "pro": 44}


def test_csv_has_a_row_for_each_month_and_each_provider_in_it(statistics: Statistics) -> None:
    rows = list(csv.DictReader(statistics_csv(statistics).splitlines()))
    assert [(row["month"], row["provider"], row["lookups"]) for row in rows] == [
        ("2026-07", "all", "41"),
        ("2026-07", "attom", "41"),
        ("2026-11", "all", "50"),
        ("2026-11", "hunter", "48"),
        ("2026-11", "attom", "2"),
    ]
    assert (rows[0]["enrichments"], rows[0]["limit"], rows[0]["cost_per_enrichment_usd"]) == ("31", "", "39.822581")
    assert (rows[3]["enrichments"], rows[3]["latency_p95_ms"], rows[3]["cost_usd"]) == ("", "2402", "0.20")


class TestPrometheus:
    def read(self, ever: Statistics, lately: Statistics) -> Mapping[str, list[tuple[dict[str, str], float]]]:
        """Metric → its samples, as the reference parser reads them; every one is described and named by the rules."""
        samples: dict[str, list[tuple[dict[str, str], float]]] = {}
        for family in text_string_to_metric_families(prometheus(ever, lately)):
            assert family.documentation
            assert family.type in ("gauge", "counter")
            for sample in family.samples:
                assert sample.name.endswith("_total") == (family.type == "counter")
                assert sample.timestamp is None
                samples.setdefault(sample.name.removeprefix("enrich_cli_"), []).append((sample.labels, sample.value))
        return samples

    def test_counters_are_of_all_time_and_rates_of_the_last_months(self, statistics: Statistics) -> None:
        read = self.read(statistics, statistics.since("2026-11"))
        assert [value for _, value in read["enrichments_total"]] == [75]
        assert {labels["provider"]: value for labels, value in read["cost_usd_total"]} == {
            "hunter": 0.2,
            "attom": 1234.4,
        }
        outcomes = {(labels["provider"], labels["outcome"]): value for labels, value in read["lookups_total"]}
        assert (outcomes["attom", "found"], outcomes["attom", "failed"]) == (32, 1)
        assert read["success_ratio"][0][1] == 44 / 50
        assert {
            labels["percentile"]: value
            for labels, value in read["lookup_latency_seconds"]
            if labels["provider"] == "hunter"
        } == {"50": 0.181, "95": 2.402}

    def test_the_quota_is_that_of_today(self, statistics: Statistics) -> None:
        read = self.read(statistics, statistics)
        today = {name: values[0][1] for name, values in read.items() if name.startswith("quota_")}
        assert today == {
            "quota_used_enrichments": 44,
            "quota_reserved_enrichments": 2,
            "quota_limit_enrichments": 50,
            "quota_reset_timestamp_seconds": 1_796_083_200,
        }
        assert read["tier_info"] == [({"company": "acme", "sandbox": "false", "tier": "pro"}, 1)]

    def test_what_nobody_can_tell_is_left_out(self, statistics: Statistics, quota: Quota) -> None:
        idle = Statistics(quota=replace(quota, limit=None), sandbox=False, months=(), lookups={})
        assert not {"quota_limit_enrichments", "success_ratio", "lookups_total"} & self.read(idle, idle).keys()

    def test_a_company_may_be_called_anything(self, statistics: Statistics) -> None:
        odd = replace(statistics, quota=replace(statistics.quota, company='a "b"\\c\nd'))
        assert self.read(odd, odd)["enrichments_total"][0][0]["company"] == 'a "b"\\c\nd'
