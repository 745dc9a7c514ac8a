"""However many processes run at once on one store, nothing is lost and no limit is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.tier import Tier
from enrich_cli.store.invariants import check_store

if TYPE_CHECKING:
    from tests.store.conftest import Bench, Start

CUSTOMERS = 15


@pytest.mark.slow
def test_eight_processes_with_three_companies_fill_each_quota_to_the_last_place_and_no_further(
    bench: Bench, start: Start
) -> None:
    companies = ["small", "small", "small", "small", "rival", "rival", "rival", "large"]
    bench.set_tier(Tier.PRO, "large")
    processes = [start("fill", bench.path, company, number, CUSTOMERS) for number, company in enumerate(companies)]
    assert [process.hear() for process in processes] == ["ready"] * len(companies)
    for process in processes:
        process.go()
    enriched = dict.fromkeys(companies, 0)
    for company, process in zip(companies, processes, strict=True):
        enriched[company] += int(process.hear())
    assert enriched == {"small": 50, "rival": 45, "large": 15}
    usage = bench.sql("SELECT company_id, enrichments_count, api_costs FROM customer_enrichment_usage ORDER BY 1")
    assert usage == [("large", 15, 600), ("rival", 45, 1800), ("small", 50, 2000)]
    assert all(process.ended_well() for process in processes)
    assert check_store(bench.path, bench.master, bench.now) == []
