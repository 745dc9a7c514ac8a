"""Whatever happens in whatever order: ledger and usage say the same, the sums are exact, and no cap is passed."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.caps import Caps
from enrich_cli.store.invariants import check_store

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

CAP = 300
NUMBERS = count()
AMOUNTS = st.integers(0, 120)
ACTIONS = st.sampled_from(["ask", "ask", "answer", "lose", "finish", "crash"])
Step: TypeAlias = tuple[str, int, int, int]
STEPS = st.lists(st.tuples(ACTIONS, st.integers(1, 3), AMOUNTS, AMOUNTS), max_size=40)
SUMS = """
SELECT (SELECT COALESCE(SUM(api_costs), 0) FROM customer_enrichment_usage),
    (SELECT COALESCE(SUM(cost + in_doubt), 0) FROM provider_lookups),
    (SELECT COALESCE(SUM(cost + in_doubt), 0) FROM open_lookups),
    (SELECT COALESCE(SUM(in_air + aside), 0) FROM open_lookups)
"""


class Teller:
    """Carries out steps, keeps sums of its own, and compares them with those of the store after each."""

    def __init__(self, bench: Bench, customer_ids: list[str]) -> None:
        self.bench = bench
        self.customers = [bench.customer(customer_id) for customer_id in customer_ids]
        self.charged = 0
        self.in_air: dict[int, int] = {}

    def run(self, steps: list[Step]) -> None:
        with self.bench.run(caps=Caps(month=Money(CAP))) as run:
            for customer in self.customers:
                run.plan(customer)
            for step in steps:
                self.go(run, *step)
                self.compare()
        self.charged += sum(self.in_air.values())
        self.in_air.clear()

    def go(self, run: OpenRun, what: str, lookup: int, most: int, more: int) -> None:
        if what == "ask" and lookup not in self.in_air:
            question = self.bench.question(lookup, f"{lookup} {most} {more}", most=most, whole=Money(most + more))
            if run.ask(question) is Ruling.SEND:
                self.in_air[lookup] = most
        elif what == "answer" and lookup in self.in_air:
            cost = min(self.in_air[lookup], more)
            doubt = (self.in_air.pop(lookup) - cost) // 2
            run.answered(lookup, cost=cost, doubt=doubt, answer=Response(200))
            self.charged += cost + doubt
        elif what == "lose" and lookup in self.in_air:
            run.answered(lookup, doubt=self.in_air[lookup])
            self.charged += self.in_air.pop(lookup)
        elif what == "finish":
            run.finish(self.customers[0], lookups=[lookup])
            self.charged += self.in_air.pop(lookup, 0)

    def compare(self) -> None:
        ((usage, ledger, spent, held),) = self.bench.sql(SUMS)
        assert usage == ledger
        assert ledger + spent == self.charged
        assert ledger + spent + held <= CAP


def another(bench: Bench) -> Bench:
    """A store for one example, made of the empty one."""
    path = bench.path.with_name(f"{next(NUMBERS)}.db")
    path.write_bytes(bench.path.read_bytes())
    return type(bench)(path)


def between_crashes(steps: list[Step]) -> list[list[Step]]:
    runs: list[list[Step]] = [[]]
    for step in steps:
        if step[0] == "crash":
            runs.append([])
        else:
            runs[-1].append(step)
    return runs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_sums_are_exact_at_every_instant(bench: Bench, steps: list[Step]) -> None:
    store = another(bench)
    teller = Teller(store, ["ada"])
    for run in between_crashes(steps):
        teller.run(run)
    assert check_store(store.path, store.master, store.now) == []
    assert store.sql(SUMS)[0] == (teller.charged, teller.charged, 0, 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(st.lists(st.booleans(), max_size=4), min_size=1, max_size=5), crash_after=st.integers(0, 20))
def test_whoever_has_saved_data_is_counted_once_and_nobody_else(
    bench: Bench, found: list[list[bool]], crash_after: int
) -> None:
    store = another(bench)
    left = crash_after
    with store.run() as run:
        for number, types in enumerate(found):
            customer = store.customer(f"customer-{number}")
            run.plan(customer)
            for hit in types:
                if left := max(0, left - 1):
                    run.finish(customer, store.found() if hit else store.nothing(), lookups=[])
            if left:
                run.finish(customer, None, Count.ENRICHED if any(types) else Count.NOT_FOUND, lookups=[])
    assert check_store(store.path, store.master, store.now) == []
    ((saved,),) = store.sql("SELECT COUNT(*) FROM customer_enrichment_data WHERE status = 'found'")
    assert store.sql("SELECT COALESCE(SUM(enrichments_count), 0) FROM customer_enrichment_usage") == [(saved,)]
    assert store.sql("SELECT COUNT(*) FROM run_customers WHERE outcome IS NULL") == [(0,)]


@pytest.mark.parametrize("micros", [1, 999_999, 2**53 + 1, 10**15 + 7])
def test_no_amount_is_rounded(bench: Bench, micros: int) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question(most=micros))
        run.answered(cost=micros)
        assert run.finish(bench.customer()).booked == ((micros, 0),)
    assert bench.sql("SELECT api_costs, typeof(api_costs) FROM customer_enrichment_usage") == [(micros, "integer")]
