"""The month's count and costs, the tier, and what live runs hold in reserve."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.tier import Tier
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.usage import add_usage, month_costs, quota, reserved, tier_of, used

if TYPE_CHECKING:
    from tests.store.conftest import Bench

ROWS = "SELECT month_year, enrichments_count, enrichments_limit, api_costs, tier FROM customer_enrichment_usage"


def test_a_new_company_is_free_and_has_used_nothing(bench: Bench) -> None:
    with closing(open_for_writing(bench.path)) as connection:
        empty = quota(connection, "acme", bench.now)
    assert (empty.tier, empty.month, empty.limit, empty.used, empty.reserved) == (Tier.FREE, "2026-11", 50, 0, 0)
    assert (empty.remaining, empty.available) == (50, 50)
    assert empty.resets_at == datetime(2026, 12, 1, tzinfo=UTC)


def test_what_is_added_adds_up_by_company_and_month(bench: Bench) -> None:
    with closing(open_for_writing(bench.path)) as connection, transaction(connection):
        add_usage(connection, "acme", "2026-11", count=1, costs=40)
        add_usage(connection, "acme", "2026-11", costs=2)
        add_usage(connection, "acme", "2026-12", count=1)
        add_usage(connection, "rival", "2026-11", count=5, costs=9)
        assert (used(connection, "acme", "2026-11"), month_costs(connection, "acme", "2026-11")) == (1, 42)
        assert (used(connection, "acme", "2026-12"), month_costs(connection, "acme", "2026-12")) == (1, 0)
        assert (used(connection, "acme", "2026-10"), month_costs(connection, "acme", "2026-10")) == (0, 0)


@pytest.mark.parametrize(("tier", "limit"), [(Tier.FREE, 50), (Tier.PRO, 500), (Tier.ENTERPRISE, None)])
def test_the_row_of_a_month_shows_tier_and_limit(bench: Bench, tier: Tier, limit: int | None) -> None:
    bench.set_tier(tier)
    with bench.run() as run:
        run.enrich(bench.customer(), cost=40)
    assert bench.sql(ROWS) == [("2026-11", 1, limit, 40, tier.value)]


def test_a_change_of_tier_takes_effect_at_once_and_leaves_the_count(bench: Bench) -> None:
    bench.use_quota(49)
    bench.set_tier(Tier.PRO)
    assert bench.sql(ROWS) == [("2026-11", 49, 500, 0, "pro")]
    with closing(open_for_writing(bench.path)) as connection:
        assert tier_of(connection, "acme") is Tier.PRO
        assert quota(connection, "acme", bench.now).remaining == 451


def test_past_months_show_what_held_then(bench: Bench) -> None:
    bench.use_quota(49)
    bench.later(days=30)
    bench.set_tier(Tier.PRO)
    assert bench.sql(ROWS) == [("2026-11", 49, 50, 0, "free")]


def test_below_a_tier_that_was_left_nothing_remains(bench: Bench) -> None:
    bench.use_quota(49)
    bench.sql("UPDATE customer_enrichment_usage SET enrichments_count = 120")
    with closing(open_for_writing(bench.path)) as connection:
        assert (quota(connection, "acme", bench.now).remaining, quota(connection, "acme", bench.now).available) == (
            0,
            0,
        )


def test_reserved_is_what_live_runs_hold_and_have_not_counted_yet(bench: Bench) -> None:
    with bench.run(run_id="one") as one, bench.run(run_id="two") as two:
        one.plan(bench.customer("ada"))
        one.plan(bench.customer("bob"))
        one.finish(bench.customer("bob"), bench.found(), lookups=[])
        two.plan(bench.customer("carl"))
        with closing(open_for_writing(bench.path)) as connection:
            assert reserved(connection, "acme") == 2
            assert reserved(connection, "acme", frozenset({"two"})) == 1
            now = quota(connection, "acme", bench.now)
            as_if_recovered = quota(connection, "acme", bench.now, frozenset({"one", "two"}))
    assert (now.used, now.reserved, now.available) == (1, 2, 47)
    assert (as_if_recovered.used, as_if_recovered.reserved, as_if_recovered.available) == (1, 0, 49)
