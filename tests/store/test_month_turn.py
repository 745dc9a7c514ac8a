"""Midnight UTC at a month's end, with runs under way: each month keeps its own count, costs and limits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.caps import Caps
from enrich_cli.store.invariants import check_store
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

USAGE = "SELECT month_year, enrichments_count, api_costs FROM customer_enrichment_usage ORDER BY 1"
LIMIT = 50
HIT = Response(200, b"{}")


@pytest.fixture
def november(bench: Bench) -> Bench:
    """A second before the month ends."""
    bench.now = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    return bench


def december(bench: Bench) -> None:
    bench.later(seconds=1)


def reserve(bench: Bench, run: OpenRun, names: list[str]) -> list[str]:
    """Those of them that get a place."""
    return [name for name in names if run.plan(bench.customer(name)).standing is Standing.RESERVED]


def find(bench: Bench, run: OpenRun, names: list[str]) -> None:
    for name in names:
        run.finish(bench.customer(name), bench.found(), Count.ENRICHED, lookups=[])


def people(letter: str, number: int) -> list[str]:
    return [f"{letter}{place}" for place in range(number)]


def test_two_runs_across_midnight_fill_each_month_to_its_limit_and_no_further(november: Bench) -> None:
    with november.run() as one, november.run() as two:
        before = reserve(november, one, people("a", 30)), reserve(november, two, people("b", 30))
        assert tuple(map(len, before)) == (30, 20)
        find(november, one, before[0][:25])
        december(november)
        # Of November's places 25 are used and gone; what is still reserved counts in December.
        after = reserve(november, one, people("c", 20)), reserve(november, two, people("d", 20))
        assert tuple(map(len, after)) == (20, 5)
        find(november, one, [*before[0][25:], *after[0]])
        find(november, two, [*before[1], *after[1]])
        assert two.plan(november.customer("late")).standing is Standing.OVER_QUOTA
        one.end()
        two.end()
    assert november.sql(USAGE) == [("2026-11", 25, 0), ("2026-12", LIMIT, 0)]
    assert check_store(november.path, november.master, november.now) == []


def test_a_customer_counts_in_the_month_in_which_its_first_type_was_saved(november: Bench) -> None:
    with november.run() as run:
        reserve(november, run, ["first-in-november", "first-in-december"])
        run.finish(november.customer("first-in-november"), november.found(), lookups=[])
        december(november)
        for name in ("first-in-november", "first-in-december"):
            run.finish(november.customer(name), november.found(), Count.ENRICHED, lookups=[])
        run.end()
    assert november.sql("SELECT customer_id, substr(at, 1, 7) FROM run_customers ORDER BY at") == [
        ("first-in-november", "2026-11"),
        ("first-in-december", "2026-12"),
    ]
    assert november.sql(USAGE) == [("2026-11", 1, 0), ("2026-12", 1, 0)]
    assert check_store(november.path, november.master, november.now) == []


def test_who_waits_for_a_place_in_november_gets_one_in_december(november: Bench) -> None:
    november.use_quota(LIMIT - 1)
    with november.run() as holding, november.run() as waiting:
        holding.plan(november.customer("ada"))
        assert waiting.plan(november.customer("bob")).standing is Standing.FULL
        december(november)
        assert waiting.plan(november.customer("bob"), again=True).standing is Standing.RESERVED


def test_who_was_over_quota_in_november_is_not_in_december(november: Bench) -> None:
    november.use_quota(LIMIT)
    with november.run() as run:
        assert run.plan(november.customer("ada")).standing is Standing.OVER_QUOTA
        december(november)
        assert run.plan(november.customer("bob")).standing is Standing.RESERVED


class TestMoney:
    """A lookup is one row of the ledger: what it costs belongs to the month of the first request that was charged."""

    @pytest.mark.parametrize("ends", ["finished", "interrupted", "died"])
    def test_a_charge_belongs_to_the_month_in_which_its_lookup_was_sent(self, november: Bench, ends: str) -> None:
        with november.run() as run:
            run.plan(november.customer())
            run.ask(november.question(1, "search", most=100, whole=Money(150)))
            december(november)
            run.answered(1, cost=100, answer=HIT)
            run.ask(november.question(1, "details", most=50))
            run.ask(november.question(2, "another", most=30))
            if ends == "finished":
                run.answered(1, cost=50)
                run.answered(2, cost=30)
                run.finish(november.customer(), november.found(), Count.ENRICHED, lookups=[1, 2])
            if ends != "died":
                run.end("done" if ends == "finished" else ends)
        november.later(days=40)
        assert check_store(november.path, november.master, november.now) == []
        counted = int(ends == "finished")
        assert november.sql(USAGE) == [("2026-11", 0, 150), ("2026-12", counted, 30)]

    @pytest.mark.parametrize("ends", ["finished", "interrupted", "died"])
    def test_nothing_is_booked_in_the_month_of_a_request_that_was_refused(self, november: Bench, ends: str) -> None:
        """Too many requests in November, which is free; the next try is December's."""
        with november.run() as run:
            run.plan(november.customer())
            run.ask(november.question(1, most=100))
            run.answered(1)
            december(november)
            run.ask(november.question(1, most=100))
            if ends == "finished":
                run.answered(1, cost=100, answer=HIT)
                run.finish(november.customer(), november.found(), Count.ENRICHED)
            if ends != "died":
                run.end("done" if ends == "finished" else ends)
        november.later(days=1)
        assert check_store(november.path, november.master, november.now) == []
        assert november.sql(USAGE) == [("2026-12", int(ends == "finished"), 100)]
        assert november.sql("SELECT at FROM provider_lookups") == [("2026-12-01T00:00:00.000Z",)]

    @pytest.mark.parametrize(("other", "ruling"), [(20, Ruling.SEND), (21, Ruling.REFUSED)])
    def test_then_it_is_the_budget_of_the_new_month_that_it_has_to_fit(
        self, november: Bench, other: int, ruling: Ruling
    ) -> None:
        with november.run(caps=Caps(month=Money(100), run=Money(101))) as run:
            run.ask(november.question(1, "one", most=60, whole=Money(80)))
            run.answered(1)
            december(november)
            run.ask(november.question(2, "two", most=other))
            assert run.ask(november.question(1, "one", most=60)) is ruling

    def test_the_budget_of_the_new_month_is_free_of_what_the_old_one_booked(self, november: Bench) -> None:
        caps = Caps(month=Money(100))
        with november.run(caps=caps) as run:
            run.plan(november.customer())
            run.ask(november.question(1, "one", most=100))
            run.answered(1, cost=100, answer=HIT)
            run.finish(november.customer())
            assert run.ask(november.question(2, "two", most=1)) is Ruling.REFUSED
            december(november)
            assert run.ask(november.question(2, "two", most=100)) is Ruling.SEND

    @pytest.mark.parametrize("answered", [True, False], ids=["answered", "in the air"])
    def test_nor_does_a_lookup_of_the_old_month_that_still_goes_on_hold_any_of_it(
        self, november: Bench, answered: bool
    ) -> None:
        with november.run(caps=Caps(month=Money(100))) as run:
            run.ask(november.question(1, "one", most=60, whole=Money(100)))
            if answered:
                run.answered(1, cost=60, answer=HIT)
            december(november)
            assert run.ask(november.question(2, "two", most=100)) is Ruling.SEND

    def test_a_lookup_that_goes_on_in_the_new_month_stays_within_the_budget_of_the_old(self, november: Bench) -> None:
        """Its lost answer may have been charged, so that the second try is more than was set aside."""
        with november.run(caps=Caps(month=Money(100))) as run:
            run.enrich(november.customer("done"), cost=40)
            run.plan(november.customer())
            run.ask(november.question(2, "two", most=50))
            december(november)
            run.answered(2, doubt=50)
            assert run.ask(november.question(2, "two", most=50)) is Ruling.REFUSED
            run.finish(november.customer(), lookups=[2])
            run.end()
        assert november.sql(USAGE) == [("2026-11", 1, 90)]

    def test_the_cap_of_a_run_knows_no_months(self, november: Bench) -> None:
        with november.run(caps=Caps(run=Money(100))) as run:
            run.ask(november.question(1, "one", most=60))
            december(november)
            assert run.ask(november.question(2, "two", most=60)) is Ruling.HELD
            run.answered(1, cost=60)
            assert run.ask(november.question(2, "two", most=60)) is Ruling.REFUSED
