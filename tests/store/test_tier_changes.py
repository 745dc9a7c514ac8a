"""A tier that changes during a run holds from then on, for customers that were not reserved before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType
ALL_FOUR = {"types": tuple(DataType)}


def test_raised_it_brings_a_higher_limit(bench: Bench) -> None:
    bench.use_quota(49)
    with bench.run() as run:
        assert run.plan(bench.customer("ada")).standing is Standing.RESERVED
        assert run.plan(bench.customer("bob")).standing is Standing.FULL
        bench.set_tier(Tier.PRO)
        assert run.plan(bench.customer("bob"), again=True).standing is Standing.RESERVED


def test_raised_it_brings_its_data_types(bench: Bench) -> None:
    with bench.run() as run:
        before = run.plan(bench.customer("ada"), **ALL_FOUR)
        bench.set_tier(Tier.PRO)
        after = run.plan(bench.customer("bob"), **ALL_FOUR)
    assert (before.look_up, before.beyond) == ((PERSON, BUSINESS), (SOCIAL, PROPERTY))
    assert (after.look_up, after.beyond) == (tuple(DataType), ())


def test_lowered_it_takes_types_and_limit_away(bench: Bench) -> None:
    bench.use_quota(60)
    bench.set_tier(Tier.PRO)
    with bench.run() as run:
        assert run.plan(bench.customer("ada"), **ALL_FOUR).look_up == tuple(DataType)
        bench.set_tier(Tier.FREE)
        plan = run.plan(bench.customer("bob"), **ALL_FOUR)
    assert (plan.standing, plan.beyond) == (Standing.OVER_QUOTA, (SOCIAL, PROPERTY))


def test_whoever_was_reserved_before_is_finished_as_reserved(bench: Bench) -> None:
    bench.set_tier(Tier.PRO)
    with bench.run() as run:
        run.plan(bench.customer(), **ALL_FOUR)
        bench.set_tier(Tier.FREE)
        run.finish(bench.customer(), bench.found(), Count.ENRICHED, lookups=[])
        run.end()
    assert bench.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]


def test_a_stored_type_beyond_the_tier_is_not_served(bench: Bench) -> None:
    bench.set_tier(Tier.PRO)
    with bench.run() as run:
        run.enrich(bench.customer(), bench.found_of(SOCIAL))
        run.end()
    bench.set_tier(Tier.FREE)
    with bench.run() as run:
        plan = run.plan(bench.customer(), types=(SOCIAL,))
    assert (plan.standing, plan.landed, plan.fresh, plan.beyond) == (Standing.SERVED, Count.NOT_FOUND, {}, (SOCIAL,))


def test_with_none_of_the_requested_types_left_nothing_is_reserved(bench: Bench) -> None:
    with bench.run() as run:
        assert run.plan(bench.customer(), types=(SOCIAL, PROPERTY)).standing is Standing.SERVED
    assert bench.sql("SELECT * FROM run_customers") == []
