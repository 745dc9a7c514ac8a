"""Figures that add up, and rates of what was tried."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Quota
from enrich_cli.domain.statistics import Activity, Lookups, Month, ProviderId, Statistics
from enrich_cli.domain.tier import Tier

HUNTER, ATTOM = ProviderId(DataType.PERSON, "hunter"), ProviderId(DataType.PROPERTY, "attom")


@pytest.fixture
def statistics() -> Statistics:
    quota = Quota(
        company="acme",
        tier=Tier.PRO,
        month="2026-11",
        used=1,
        reserved=0,
        limit=500,
        resets_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    return Statistics(
        quota=quota,
        sandbox=False,
        months=tuple(
            Month(month=month, tier=Tier.PRO, limit=500, activity=Activity(enrichments=number))
            for month, number in (("2026-09", 4), ("2026-11", 1))
        ),
        lookups={
            ("2026-09", ATTOM): Lookups(found=1, cost=Money(7)),
            ("2026-09", HUNTER): Lookups(found=2, latencies={100: 2}, cost=Money(2)),
            ("2026-11", HUNTER): Lookups(found=1, not_found=3, latencies={300: 4}, cost=Money(1)),
        },
    )


class TestLookups:
    def test_they_add_up_and_their_percentiles_are_those_of_all(self) -> None:
        both = Lookups(found=3, latencies={100: 2, 900: 1}) + Lookups(failed=1, latencies={100: 1}, in_doubt=Money(5))
        assert (both.number, both.found, both.failed, both.in_doubt) == (4, 3, 1, Money(5))
        assert (both.latency(0.5), both.latency(0.75), both.latency(0.95)) == (100, 100, 900)

    def test_their_success_is_what_found_somebody(self) -> None:
        assert Lookups(found=1, not_found=2, failed=1).success_rate == 0.25


class TestActivity:
    def test_success_is_of_customers_looked_up_and_cache_hits_of_all(self) -> None:
        activity = Activity(tried=8, succeeded=6, served=5, looked_up=15)
        assert (activity.success_rate, activity.cache_hit_rate) == (0.75, 0.25)

    def test_an_enrichment_costs_what_all_costs_come_to_rounded_up_to_a_micro_dollar(self) -> None:
        assert Activity(enrichments=3, api_costs=Money(100)).cost_per_enrichment == Money(34)

    def test_where_nothing_was_tried_there_is_no_rate(self) -> None:
        idle = Activity()
        assert (idle.success_rate, idle.cache_hit_rate, idle.cost_per_enrichment) == (None, None, None)
        assert (Lookups().success_rate, Lookups().latency(0.5)) == (None, None)


class TestStatistics:
    def test_a_provider_has_the_lookups_of_all_months_in_the_order_of_the_data_types(
        self, statistics: Statistics
    ) -> None:
        assert list(statistics.by_provider) == [HUNTER, ATTOM]
        assert statistics.by_provider[HUNTER] == Lookups(
            found=3, not_found=3, latencies={100: 2, 300: 4}, cost=Money(3)
        )

    def test_a_month_has_the_lookups_of_all_providers(self, statistics: Statistics) -> None:
        assert statistics.of_month("2026-09").cost == Money(9)
        assert statistics.of_month("2026-10") == Lookups()

    def test_since_a_month_what_was_before_is_left_out(self, statistics: Statistics) -> None:
        lately = statistics.since("2026-10")
        assert [month.month for month in lately.months] == ["2026-11"]
        assert lately.total.enrichments == 1
        assert list(lately.by_provider) == [HUNTER]
