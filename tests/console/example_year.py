"""A company's year."""

from __future__ import annotations

from enrich_cli.domain.money import Money
from enrich_cli.domain.statistics import Activity, Lookups, Month, ProviderId, Statistics
from enrich_cli.domain.tier import Tier
from tests.console.example_runs import (
    ASKED,
    quota,
)


def lookups(found: int, missed: int, cost: int, in_doubt: int = 0) -> Lookups:
    return Lookups(
        found=found, not_found=missed, latencies={181: found, 2402: missed}, cost=Money(cost), in_doubt=Money(in_doubt)
    )


MONTHS = ["2025-12", *(f"2026-{month:02}" for month in range(1, 12))]


STATISTICS = Statistics(
    quota=quota(Tier.ENTERPRISE, 1_234),
    sandbox=False,
    months=tuple(
        Month(
            month=month,
            tier=tier,
            limit=tier.terms.limit,
            activity=Activity(
                enrichments=used, api_costs=Money(micros), tried=used + 9, succeeded=used, served=70, looked_up=used
            ),
        )
        for month, tier, used, micros in (
            ("2026-06", Tier.FREE, 50, 5_000_000),
            ("2026-07", Tier.PRO, 431, 234_500_000),
            ("2026-11", Tier.ENTERPRISE, 12_340, 12_345_678_900),
        )
    ),
    lookups={
        (month, ProviderId(entry.data_type, entry.provider)): lookups(
            entry.found * scale, entry.not_found, entry.cost.micros * scale, entry.in_doubt.micros
        )
        for month, scale in (("2026-06", 1), ("2026-07", 3), ("2026-11", 10))
        for entry in ASKED
        if entry.lookups
    },
)
