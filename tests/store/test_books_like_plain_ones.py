"""The store's verbs, in any order, by several runs at once that may die, over months: the books do as plain ones do."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import SearchStrategy
from msgspec import structs
from msgspec.structs import replace

from enrich_cli.domain import tier as tiers
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.months import month_of, next_month
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.providers.lookup import Response
from enrich_cli.store.caps import Caps
from enrich_cli.store.invariants import check_store
from enrich_cli.store.liveness import lock_path
from enrich_cli.store.plan import Standing
from tests.store.plain_books import PENDING, PlainBooks, PlainLookup, PlainRun

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

TYPES = (DataType.PERSON, DataType.BUSINESS)
LIMITS = {Tier.FREE: 3, Tier.PRO: 5, Tier.ENTERPRISE: None}
"""Small ones, so that they are reached."""
MOST_RUNS = 3
USAGE = "SELECT month_year, enrichments_count, api_costs FROM customer_enrichment_usage"
OPEN = "SELECT run_id, lookup, customer_id, substr(at, 1, 7), cost, in_doubt, in_air, aside, busy FROM open_lookups"
CASES = "SELECT run_id, customer_id, counted, outcome FROM run_customers"
SAVED = "SELECT customer_id, data_type, status, run_id FROM customer_enrichment_data"
RUNS = "SELECT run_id, state, cost, in_doubt FROM runs"
STORES = itertools.count()

STEPS = {
    "ask": 16,
    "answer": 16,
    "plan": 8,
    "finish": 8,
    "kill_all_in_a_copy": 4,
    "begin": 2,
    **dict.fromkeys(("let_go", "end", "die", "recover", "set_tier", "check", "later", "midnight"), 1),
}
"""What may happen, and how often each does."""

Draw: TypeAlias = Callable[[SearchStrategy[Any]], Any]
T = TypeVar("T")
CUSTOMERS = st.sampled_from(["ada", "bob", "cy", "di", "eve"])
QUESTIONS = st.sampled_from(["one", "two", "three", "four", "five"])
PRICES = st.sampled_from([0, 5, 20, 40])
CAPS = st.sampled_from([60, 150, None])


def picked(things: Sequence[T], draw: Draw) -> T:
    return things[draw(st.integers(0, len(things) - 1))]


def money(micros: int | None) -> Money | None:
    return None if micros is None else Money(micros)


class Machine(RuleBasedStateMachine):
    """A store on disk, and what it should hold."""

    empty: Bench

    def __init__(self) -> None:
        super().__init__()
        path = self.empty.path.with_name(f"{next(STORES)}.db")
        path.write_bytes(self.empty.path.read_bytes())
        self.bench = type(self.empty)(path)
        self.bench.now = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
        self.runs: dict[str, tuple[OpenRun, ExitStack]] = {}
        self.undecided: dict[tuple[str, str], frozenset[str]] = {}
        """Run and customer → the runs that had claimed it meanwhile."""
        self.numbers = itertools.count(1)
        """Of lookups."""

    @initialize(budget=CAPS)
    def open(self, budget: int | None) -> None:
        self.plain = PlainBooks(budget)

    def teardown(self) -> None:
        for _, stack in self.runs.values():
            stack.close()

    def tick(self) -> datetime:
        """No two things happen in the same second."""
        self.bench.later(seconds=1)
        return self.bench.now

    def living(self) -> list[PlainRun]:
        return [run for run in self.plain.open_runs if run.alive]

    def reserved(self) -> list[tuple[PlainRun, str, DataType, list[int]]]:
        """What living runs may look up, with the lookups for it so far, none of which waits for an answer."""
        return [
            (run, customer, kind, numbers)
            for run in self.living()
            for customer, case in run.cases.items()
            for kind in case.open_types
            for numbers in [run.lookups_of(customer, kind)]
            if not any(run.lookups[number].unanswered for number in numbers)
        ]

    def picked_run(self, draw: Draw) -> PlainRun:
        """A living one; it is begun where there is none, which takes a second of its own."""
        if not self.living():
            self.begin(draw)
        return picked(self.living(), draw)

    def unanswered(self) -> list[tuple[PlainRun, int]]:
        return [(run, number) for run in self.living() for number, one in run.lookups.items() if one.unanswered]

    @rule(what=st.sampled_from([name for name, weight in STEPS.items() for _ in range(weight)]), data=st.data())
    def step(self, what: str, data: st.DataObject) -> None:
        """One rule for all, since Hypothesis likes to leave rules out, and without any of them little happens."""
        getattr(self, what)(data.draw)

    def begin(self, draw: Draw) -> None:
        if len(self.living()) == MOST_RUNS:
            return
        now, stack = self.tick(), ExitStack()
        cap, resumes = draw(CAPS), self.plain.resumable() if draw(st.booleans()) else None
        caps = Caps(run=money(cap), month=money(self.plain.budget))
        run = stack.enter_context(self.bench.run(caps=caps, resume="last" if resumes else None))
        self.runs[run.run_id] = run, stack
        self.plain.begin(run.run_id, cap, resumes, now)

    def plan(self, draw: Draw) -> None:
        run, name = self.picked_run(draw), draw(CUSTOMERS)
        now = self.tick()
        again = (run.run_id, name) in self.undecided
        trusts = self.undecided.pop((run.run_id, name), frozenset())
        claimant = self.plain.claimant(name)
        expected = self.plain.plan(run, name, TYPES, again=again, trusts=trusts, now=now)
        plan = self.books(run).plan(self.bench.customer(name), types=TYPES, again=again, trusts=trusts)
        assert plan.standing is expected
        if expected is Standing.CLAIMED:
            assert claimant
            assert plan.claimed_by == claimant.run_id
            trusts |= {plan.claimed_by}
        if expected in (Standing.CLAIMED, Standing.FULL):
            self.undecided[run.run_id, name] = trusts

    def ask(self, draw: Draw) -> None:
        now = self.tick()
        if not (reserved := self.reserved()):
            return
        run, customer, kind, before = picked(reserved, draw)
        number, last = next(self.numbers), before[-1] if before else None
        text, most, more, repeat = draw(QUESTIONS), draw(PRICES), draw(PRICES), False
        if last and not run.lookups[last].over and draw(st.booleans()):
            number, last = last, None
            if repeat := run.lookups[number].busy:
                text = run.lookups[number].question
        lookup = PlainLookup(
            customer=customer, data_type=kind, question=text, month=month_of(now), in_air=most, aside=more
        )
        expected = self.plain.ask(run, number, lookup, repeat=repeat, after=last, now=now)
        question = self.bench.question(
            number,
            text,
            most=most,
            whole=Money(most + more),
            customer_id=customer,
            data_type=kind,
            after=last,
            repeat=repeat,
        )
        verdict = self.books(run).ask(question)
        assert (verdict.status if isinstance(verdict, Response) else verdict) == expected

    def answer(self, draw: Draw) -> None:
        now = self.tick()
        if not (unanswered := self.unanswered()):
            return
        run, number = picked(unanswered, draw)
        status = draw(st.sampled_from([200, 404, PENDING, None]))
        cost = min(draw(PRICES), run.lookups[number].in_air)
        doubt = min(draw(PRICES), run.lookups[number].in_air - cost)
        self.plain.answered(run, number, cost, doubt, status, now)
        answer = Response(status, b"{}") if status else None
        self.books(run).answered(number, cost=cost, doubt=doubt, answer=answer, pending=status == PENDING)

    def let_go(self, draw: Draw) -> None:
        if begun := [(run, numbers) for run, _, _, numbers in self.reserved() if numbers]:
            run, numbers = picked(begun, draw)
            self.plain.let_go(run, numbers[-1])
            with self.books(run).books.transaction():
                self.books(run).books.let_go(numbers[-1:])

    def finish(self, draw: Draw) -> None:
        now = self.tick()
        if not (reserved := self.reserved()):
            return
        run, customer, kind, numbers = picked(reserved, draw)
        status = draw(st.sampled_from(["found", "found", "not_found", None]))
        prices = {number: (run.lookups[number].cost, run.lookups[number].doubt) for number in numbers}
        case = run.cases[customer]
        landed = self.plain.finish(run, customer, kind, status, numbers, now)
        finding = self.bench.found() if status == "found" else self.bench.nothing() if status else None
        settled = self.books(run).finish(
            self.bench.customer(customer),
            structs.replace(finding, data_type=kind) if finding else None,
            Count.ENRICHED if landed and case.overbooked else landed,
            lookups=numbers,
        )
        assert settled.booked == tuple(prices.values())
        assert settled.dropped is (Count.OVER_QUOTA if case.overbooked else None)

    def end(self, draw: Draw) -> None:
        run, state = self.picked_run(draw), draw(st.sampled_from(["done", "interrupted"]))
        now = self.tick()
        self.plain.end(run, state, now)
        self.books(run).end(state)
        self.close(run)

    def die(self, draw: Draw) -> None:
        """Its lock is let go by the kernel, and the file left behind."""
        run = self.picked_run(draw)
        run.alive = False
        self.close(run)
        lock_path(self.bench.path, run.run_id).touch()

    def recover(self, draw: Draw) -> None:
        run = self.picked_run(draw)
        now = self.tick()
        dead = len(self.plain.open_runs) - len(self.living())
        self.plain.recover(now)
        with self.books(run).books.transaction():
            assert self.books(run).books.recover(now) == dead

    def kill_all_in_a_copy(self, _: Draw) -> None:
        """Whoever opens the store next finds it whole, and what was in the air in doubt."""
        killed = type(self.bench)(self.bench.path.with_suffix(".killed"))
        with closing(sqlite3.connect(self.bench.path)) as store, closing(sqlite3.connect(killed.path)) as copy:
            store.backup(copy)
        assert check_store(killed.path, killed.master, self.bench.now) == []
        costs = self.months_if_all_died()
        assert {month: cost for month, _, cost in killed.sql(USAGE) if cost} == {**+costs}
        assert killed.sql("SELECT * FROM open_lookups") == []
        assert killed.sql("SELECT * FROM run_customers WHERE outcome IS NULL") == []
        killed.path.unlink()

    def set_tier(self, draw: Draw) -> None:
        tier = draw(st.sampled_from(Tier))
        self.plain.set_tier(tier, self.tick())
        self.bench.set_tier(tier)

    def check(self, _: Draw) -> None:
        """Living runs are none of its business."""
        self.plain.recover(self.tick())
        assert check_store(self.bench.path, self.bench.master, self.bench.now) == []

    def later(self, draw: Draw) -> None:
        self.bench.later(hours=draw(st.sampled_from([1, 30, 200])))

    def midnight(self, _: Draw) -> None:
        """The next second but one is the first of a month."""
        self.bench.now = next_month(self.bench.now) - timedelta(seconds=2)

    @invariant()
    def the_store_holds_what_it_should(self) -> None:
        plain, runs = self.plain, self.plain.runs.values()
        months = plain.counts.keys() | plain.costs.keys()
        assert self.rows(USAGE) == {(month, plain.counts[month], plain.costs[month]) for month in months}
        assert self.rows(OPEN) == {
            (run.run_id, number, one.customer, one.month, one.cost, one.doubt, one.in_air, one.aside, one.busy)
            for run in runs
            for number, one in run.lookups.items()
        }
        assert self.rows(CASES) == {
            (run.run_id, name, case.counted, case.outcome) for run in runs for name, case in run.cases.items()
        }
        assert self.rows(SAVED) == {(*key, saved.status, saved.run_id) for key, saved in plain.saved.items()}
        assert self.rows(RUNS) == {(run.run_id, run.state, run.cost, run.doubt) for run in runs}

    @invariant()
    def no_cap_is_passed_doubt_included(self) -> None:
        for run in self.plain.runs.values():
            opened = sum(one.spent + one.held for one in run.lookups.values())
            assert run.cap is None or run.cost + run.doubt + opened <= run.cap
        if self.plain.budget is not None:
            for month, costs in self.months_if_all_died().items():
                held = sum(one.aside for one in self.plain.lookups(month))
                assert costs + held <= self.plain.budget

    @invariant()
    def nobody_is_asked_the_same_by_two_or_looked_up_by_two(self) -> None:
        asking = [one.question for run in self.plain.open_runs for one in run.lookups.values() if one.busy]
        claims = [name for run in self.plain.open_runs for name, case in run.cases.items() if case.outcome is None]
        assert (len(set(asking)), len(set(claims))) == (len(asking), len(claims))

    def months_if_all_died(self) -> Counter[str]:
        """What each month would have cost at most: what is in the air is in doubt then."""
        costs = Counter(self.plain.costs)
        for run in self.plain.open_runs:
            for one in run.lookups.values():
                costs[one.month] += one.spent + one.in_air
        return costs

    def books(self, run: PlainRun) -> OpenRun:
        return self.runs[run.run_id][0]

    def close(self, run: PlainRun) -> None:
        self.runs[run.run_id][1].close()

    def rows(self, query: str) -> set[tuple[object, ...]]:
        rows = self.bench.sql(query)
        assert len(set(rows)) == len(rows)
        return set(rows)


@pytest.fixture
def machine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> type[Machine]:
    terms = {tier: replace(tier.terms, limit=limit) for tier, limit in LIMITS.items()}
    monkeypatch.setattr(tiers, "_TERMS", terms)

    class OnThisDisk(Machine):
        empty = bench

    return OnThisDisk


@pytest.mark.timeout(600)  # when it fails, what led to it takes a while to be made short
def test_the_books_do_as_plain_ones_do(machine: type[Machine]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=50, deadline=None))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_books_do_as_plain_ones_do_for_long(machine: type[Machine]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=100, stateful_step_count=80, deadline=None))
