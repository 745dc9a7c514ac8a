"""Whether a run may look somebody up: claims, the limit, reservations."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.plan import Plan, Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench

BOTH = (DataType.PERSON, DataType.BUSINESS)


class TestClaimed:
    def test_two_runs_never_look_the_same_customer_up(self, bench: Bench) -> None:
        with bench.run(run_id="first") as first, bench.run() as second:
            first.plan(bench.customer())
            plan = second.plan(bench.customer())
        assert (plan.standing, plan.claimed_by, plan.landed) == (Standing.CLAIMED, "first", None)

    def test_the_second_uses_what_the_first_saved_whatever_its_lifetime(self, bench: Bench) -> None:
        bench.set_tier(Tier.ENTERPRISE)
        with bench.run(run_id="first") as first, bench.run(refresh=True) as second:
            first.plan(bench.customer())
            assert second.plan(bench.customer()).standing is Standing.CLAIMED
            first.finish(bench.customer(), bench.found(), Count.ENRICHED, lookups=[])
            bench.later(days=1)
            plan = second.plan(bench.customer(), again=True, trusts=frozenset({"first"}))
        assert (plan.standing, plan.landed) == (Standing.SERVED, Count.CACHED)

    def test_so_it_does_where_it_comes_to_the_customer_only_when_the_first_is_done(self, bench: Bench) -> None:
        bench.set_tier(Tier.ENTERPRISE)
        with bench.run() as first:
            bench.later(seconds=1)
            with bench.run() as second:
                first.enrich(bench.customer())
                bench.later(seconds=1)
                first.end()
                assert second.plan(bench.customer()).standing is Standing.SERVED
        bench.later(seconds=1)
        assert bench.standing() is Standing.RESERVED

    def test_when_the_first_failed_the_second_may_try(self, bench: Bench) -> None:
        with bench.run(run_id="first") as first, bench.run() as second:
            first.plan(bench.customer())
            second.plan(bench.customer())
            first.finish(bench.customer(), None, Count.FAILED, lookups=[])
            plan = second.plan(bench.customer(), again=True, trusts=frozenset({"first"}))
        assert plan.standing is Standing.RESERVED


class TestLimit:
    def plan_many(self, bench: Bench, runs: int) -> list[Plan]:
        with ExitStack() as stack:
            opened = [stack.enter_context(bench.run()) for _ in range(runs)]
            return [run.plan(bench.customer(f"customer-{number}")) for number, run in enumerate(opened)]

    def test_live_reservations_of_other_runs_hold_the_rest_and_reading_waits(self, bench: Bench) -> None:
        bench.use_quota(48)
        standings = [plan.standing for plan in self.plan_many(bench, 4)]
        assert standings == [Standing.RESERVED, Standing.RESERVED, Standing.FULL, Standing.FULL]

    def test_only_when_the_count_has_reached_the_limit_is_a_customer_over_quota(self, bench: Bench) -> None:
        bench.use_quota(49)
        with bench.run() as run:
            run.plan(bench.customer("ada"))
            assert run.plan(bench.customer("bob")).standing is Standing.FULL
            run.finish(bench.customer("ada"), bench.found(), Count.ENRICHED, lookups=[])
            plan = run.plan(bench.customer("bob"), again=True)
        assert (plan.standing, plan.landed) == (Standing.OVER_QUOTA, Count.OVER_QUOTA)

    def test_later_rows_of_a_customer_that_had_to_wait_land_where_it_did(self, bench: Bench) -> None:
        bench.use_quota(49)
        with bench.run() as run:
            run.plan(bench.customer("ada"))
            run.plan(bench.customer("bob"))
            run.finish(bench.customer("ada"), bench.found(), Count.ENRICHED, lookups=[])
            run.plan(bench.customer("bob"), again=True)
            repeated = run.plan(bench.customer("bob"))
        assert (repeated.standing, repeated.landed) == (Standing.REPEATED, Count.OVER_QUOTA)

    def test_a_reservation_that_came_to_nothing_is_free_again(self, bench: Bench) -> None:
        bench.use_quota(49)
        with bench.run() as run:
            run.plan(bench.customer("ada"))
            run.finish(bench.customer("ada"), bench.nothing(), Count.NOT_FOUND, lookups=[])
            assert run.plan(bench.customer("bob")).standing is Standing.RESERVED

    def test_fresh_data_is_served_though_the_limit_is_reached(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("ada"))
            run.end()
        bench.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
        assert bench.standing("ada") is Standing.SERVED
        assert bench.standing("bob") is Standing.OVER_QUOTA

    def test_the_next_month_has_a_quota_of_its_own(self, bench: Bench) -> None:
        bench.use_quota(50)
        bench.later(days=27, hours=14, minutes=29)
        assert bench.standing() is Standing.OVER_QUOTA
        bench.later(minutes=1)
        assert bench.standing() is Standing.RESERVED

    def test_a_reservation_has_no_month(self, bench: Bench) -> None:
        bench.use_quota(0)
        with bench.run() as november:
            for number in range(50):
                november.plan(bench.customer(f"customer-{number}"))
            bench.later(days=30)
            with bench.run() as december:
                assert december.plan(bench.customer()).standing is Standing.FULL

    def test_a_change_of_tier_takes_effect_within_a_run(self, bench: Bench) -> None:
        bench.use_quota(50)
        with bench.run() as run:
            assert run.plan(bench.customer("ada")).standing is Standing.OVER_QUOTA
            bench.set_tier(Tier.PRO)
            assert run.plan(bench.customer("bob")).standing is Standing.RESERVED

    def test_enterprise_has_no_limit(self, bench: Bench) -> None:
        bench.use_quota(10_000)
        bench.set_tier(Tier.ENTERPRISE)
        assert bench.standing() is Standing.RESERVED

    def test_each_company_has_a_quota_of_its_own(self, bench: Bench) -> None:
        bench.use_quota(50)
        assert bench.standing(company="rival") is Standing.RESERVED


class TestResumed:
    """A run that goes on with what another left unfinished counts nobody whom that one has counted."""

    @pytest.fixture
    def half_done(self, bench: Bench) -> Bench:
        """One type of a customer was saved, for the last place of the month, when the run died."""
        bench.use_quota(49)
        with bench.run() as run:
            run.plan(bench.customer(), types=BOTH)
            run.finish(bench.customer(), bench.found(), lookups=[])
        return bench

    def test_it_needs_no_other_place_and_is_counted_once(self, half_done: Bench) -> None:
        with half_done.run(resume="last") as run:
            assert run.plan(half_done.customer(), types=BOTH).standing is Standing.RESERVED
            business = replace(half_done.found(), data_type=DataType.BUSINESS)
            run.finish(half_done.customer(), business, Count.ENRICHED, lookups=[])
            run.end()
        assert half_done.sql("SELECT run_id, outcome, counted FROM run_customers") == [("run-2", "enriched", 1)]
        assert half_done.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(50,)]

    def test_meanwhile_nobody_else_looks_it_up(self, half_done: Bench) -> None:
        with half_done.run(resume="last") as run:
            run.plan(half_done.customer(), types=BOTH)
            with half_done.run() as other:
                assert other.plan(half_done.customer(), types=BOTH).standing is Standing.CLAIMED

    def test_when_a_cap_lets_nothing_be_sent_it_stays_counted_and_unfinished(self, half_done: Bench) -> None:
        for run_id in ("second", "third"):
            with half_done.run(run_id=run_id, resume="last") as run:
                assert run.plan(half_done.customer(), types=BOTH).standing is Standing.RESERVED
                run.finish(half_done.customer(), None, Count.OVER_QUOTA, lookups=[])
                run.end("interrupted")
        assert half_done.sql("SELECT run_id, outcome, counted FROM run_customers") == [("third", "crashed", 1)]
        assert half_done.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(50,)]

    def test_a_run_that_resumes_nothing_needs_a_place_for_it(self, half_done: Bench) -> None:
        with half_done.run() as run:
            assert run.plan(half_done.customer(), types=BOTH).standing is Standing.OVER_QUOTA
