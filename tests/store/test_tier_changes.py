"""A tier that changes during a run holds from then on: its limit for all, its data types for who is planned then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.plan import Standing
from enrich_cli.store.settling import Finish

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType
COUNT = "SELECT enrichments_count FROM customer_enrichment_usage"
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


class TestLoweredBelowWhatIsReserved:
    """The count never grows beyond the limit of the moment: whoever was reserved and fits no longer is over quota."""

    @pytest.fixture
    def last(self, bench: Bench) -> Bench:
        """Under `pro`, with one place left under `free`."""
        bench.use_quota(49)
        bench.set_tier(Tier.PRO)
        return bench

    def test_who_is_settled_first_is_counted_and_of_the_others_nothing_is_saved(self, last: Bench) -> None:
        with last.run() as run:
            for name in ("ada", "bob"):
                run.plan(last.customer(name))
            last.set_tier(Tier.FREE)
            ada, bob = (run.finish(last.customer(name), last.found(), Count.ENRICHED) for name in ("ada", "bob"))
            run.end()
        assert (ada.dropped, bob.dropped, bob.enrichment) == (None, Count.OVER_QUOTA, None)
        assert last.sql(COUNT) == [(50,)]
        assert last.sql("SELECT customer_id FROM customer_enrichment_data") == [("ada",)]
        assert last.sql("SELECT customer_id, outcome, counted FROM run_customers") == [("ada", "enriched", 1)]

    def test_those_that_are_settled_at_once_are_counted_in_order(self, last: Bench) -> None:
        with last.run() as run:
            plans = [run.plan(last.customer(name)) for name in ("ada", "bob")]
            done = [
                Finish(
                    customer=last.customer(plan.customer_id),
                    customer_id=plan.customer_id,
                    lookups=[],
                    finding=last.found(),
                    counts=True,
                    landed=Count.ENRICHED,
                )
                for plan in plans
            ]
            last.set_tier(Tier.FREE)
            with run.books.transaction():
                settled = run.books.finish(done, last.now)
        assert [one.dropped for one in settled] == [None, Count.OVER_QUOTA]
        assert last.sql(COUNT) == [(50,)]

    def test_what_they_cost_is_booked_and_what_was_answered_is_not_bought_again(self, last: Bench) -> None:
        with last.run() as run:
            run.plan(last.customer())
            run.ask(last.question(text="who is she?"))
            run.answered(cost=40, answer=Response(200, b"{}"))
            last.set_tier(Tier.FREE)
            last.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
            run.finish(last.customer(), last.found(), Count.ENRICHED)
            run.end()
        assert last.sql("SELECT cost FROM provider_lookups") == [(40,)]
        last.set_tier(Tier.PRO)
        with last.run() as run:
            assert run.plan(last.customer()).standing is Standing.RESERVED
            answer = run.ask(last.question(text="who is she?"))
        assert isinstance(answer, Response)
        assert not answer.counted

    def test_what_was_stored_before_is_left_as_it_was(self, last: Bench) -> None:
        with last.run() as run:
            run.enrich(last.customer())
            run.end()
        before = last.sql("SELECT * FROM customer_enrichment_data")
        last.later(days=2)
        with last.run() as run:
            run.plan(last.customer())
            last.set_tier(Tier.FREE)
            run.finish(last.customer(), last.found(city="Paris"), Count.ENRICHED)
        assert last.sql("SELECT * FROM customer_enrichment_data") == before

    def test_further_types_of_who_is_counted_are_saved(self, last: Bench) -> None:
        with last.run() as run:
            run.plan(last.customer(), types=(PERSON, BUSINESS))
            run.finish(last.customer(), last.found())
            last.set_tier(Tier.FREE)
            settled = run.finish(last.customer(), last.found_of(BUSINESS), Count.ENRICHED)
        assert (settled.dropped, last.sql(COUNT)) == (None, [(50,)])
        assert last.sql("SELECT outcome, counted FROM run_customers") == [("enriched", 1)]

    def test_once_refused_it_stays_so_when_the_tier_is_raised_again(self, last: Bench) -> None:
        last.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
        with last.run() as run:
            run.plan(last.customer(), types=(PERSON, BUSINESS))
            last.set_tier(Tier.FREE)
            run.finish(last.customer(), last.found())
            last.set_tier(Tier.PRO)
            assert run.finish(last.customer(), last.nothing(), Count.ENRICHED).dropped is Count.OVER_QUOTA
            assert run.plan(last.customer()).landed is Count.OVER_QUOTA
        assert last.sql("SELECT * FROM run_customers") == last.sql("SELECT * FROM customer_enrichment_data") == []

    def test_nothing_is_asked_any_more_for_who_has_lost_its_place(self, last: Bench) -> None:
        with last.run() as run:
            for name in ("ada", "bob"):
                run.plan(last.customer(name))
            last.set_tier(Tier.FREE)
            assert run.ask(last.question(1)) is Ruling.SEND
            run.answered(1, answer=Response(200, b"{}"))
            run.finish(last.customer("ada"), last.found())
            assert run.ask(last.question(2, "where is ada?")) is Ruling.SEND
            assert run.ask(last.question(3, "who is bob?", customer_id="bob")) is Ruling.OVER_QUOTA
            assert isinstance(run.ask(last.question(4, customer_id="bob")), Response)

    def test_a_lookup_that_has_begun_goes_on(self, last: Bench) -> None:
        with last.run() as run:
            run.plan(last.customer())
            run.ask(last.question(1, "is ada there?"))
            run.answered(1, answer=Response(202), pending=True)
            last.set_tier(Tier.FREE)
            last.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
            assert run.ask(last.question(1, "is ada there?", repeat=True)) is Ruling.SEND
