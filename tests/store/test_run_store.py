"""The store off the event loop: orders are carried out in turn, and share their commits."""

from __future__ import annotations

import asyncio
import gc
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NoReturn

import anyio
import msgspec
import pytest
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Ruling, Settlement
from enrich_cli.providers.lookup import Response
from enrich_cli.store.books import Books, open_books
from enrich_cli.store.caps import Caps
from enrich_cli.store.errors import StoreError
from enrich_cli.store.ledger import LookupDone, LookupOutcome
from enrich_cli.store.liveness import alive
from enrich_cli.store.plan import Standing
from enrich_cli.store.run_store import Store, run_store
from enrich_cli.store.settling import Finish
from tests.keeping import KeeperThread

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON = DataType.PERSON
HIT = Response(200, b"{}")


class SetClock(Clock):
    def __init__(self, now: datetime) -> None:
        self._now = now
        self._minutes = count(1)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        """A minute passes between any two looks at it."""
        return next(self._minutes) * 60.0


def opening(bench: Bench, statements: list[str], **run: object) -> Iterator[Books]:
    plan = bench.run_plan(**run)
    with alive(bench.path, plan.run_id), open_books(bench.path, bench.master, plan, bench.now) as books:
        books._connection.set_trace_callback(statements.append)
        yield books


@asynccontextmanager
async def opened(bench: Bench, statements: list[str] | None = None, **run: object) -> AsyncIterator[Store]:
    traced = [] if statements is None else statements
    books = contextmanager(partial(opening, bench, traced, **run))
    async with run_store(KeeperThread(), books, SetClock(bench.now)) as store:
        yield store


async def test_a_batch_of_customers_is_planned_in_order_in_one_transaction(bench: Bench) -> None:
    statements: list[str] = []
    async with opened(bench, statements) as store:
        plans = await store.plan([bench.wish(name) for name in ("ada", "bob", "ada")])
    assert [plan.customer_id for plan in plans] == ["ada", "bob", "ada"]
    assert [plan.standing for plan in plans] == [Standing.RESERVED, Standing.RESERVED, Standing.REPEATED]
    assert statements.count("COMMIT") == 1


async def test_all_orders_that_have_queued_up_share_a_commit(bench: Bench) -> None:
    statements: list[str] = []
    async with opened(bench, statements) as store:
        with closing(sqlite3.connect(bench.path, isolation_level=None)) as busy:
            busy.execute("BEGIN IMMEDIATE")
            orders = [asyncio.create_task(store.ask(bench.question(number, str(number)))) for number in range(100)]
            await asyncio.sleep(0)
            busy.execute("ROLLBACK")
        assert await asyncio.gather(*orders) == [Ruling.SEND] * 100
    assert statements.count("COMMIT") <= 2
    assert bench.sql("SELECT COUNT(*) FROM open_lookups") == [(100,)]


async def test_when_one_of_a_commit_fails_it_fails_alone(bench: Bench) -> None:
    async with opened(bench) as store:
        (plan,) = await store.plan([bench.wish("ada")])
        done = Finish(customer=bench.customer(), customer_id="ada", lookups=[], finding=bench.found(), counts=True)
        by_a_number = replace(bench.found(), source=1)
        unsavable = Finish(customer=bench.customer(), customer_id="ada", lookups=[], finding=by_a_number)
        ends = await asyncio.gather(
            store.ask(bench.question(1)),
            store.finish(unsavable),
            store.finish(done),
            return_exceptions=True,
        )
        assert plan.standing is Standing.RESERVED
    assert ends[0] is Ruling.SEND
    assert isinstance(ends[1], msgspec.ValidationError)
    assert not isinstance(ends[2], BaseException)
    assert bench.sql("SELECT lookup FROM open_lookups") == [(1,)]
    assert bench.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]


async def test_an_answer_that_was_paid_for_is_kept_though_what_it_comes_to_can_not_be_saved(bench: Bench) -> None:
    async with opened(bench) as store:
        await store.plan([bench.wish("ada")])
        await store.ask(bench.question())
        last = Settlement(cost=Money(40), answer=HIT)
        done = LookupDone(lookup=1, outcome=LookupOutcome.FOUND, latency_ms=5, retries=0)
        unsavable = replace(bench.found(), source="half a \ud83d letter")
        with pytest.raises(UnicodeEncodeError):
            await store.finish(
                Finish(customer=bench.customer(), customer_id="ada", lookups=[done], finding=unsavable), [(1, last)]
            )
        assert await store.recall(bench.question(2)) == HIT
    assert bench.sql("SELECT cost, in_air FROM open_lookups") == [(40, 0)]


async def test_the_last_answer_is_settled_before_the_next_question_is_let_go(bench: Bench) -> None:
    """Or a crash would leave more in doubt than was in flight."""
    statements: list[str] = []
    async with opened(bench, statements) as store:
        await store.plan([bench.wish("ada")])
        await store.ask(bench.question())
        done = LookupDone(lookup=1, outcome=LookupOutcome.FOUND, latency_ms=5, retries=0)
        finish = Finish(customer=bench.customer(), customer_id="ada", lookups=[done], finding=bench.found())
        statements.clear()
        settled, _ = await asyncio.gather(
            store.finish(finish, [(1, Settlement(cost=Money(40), answer=HIT))]), store.ask(bench.question(2, "next"))
        )
    assert settled.booked == ((40, 0),)
    written = [statement.split()[:3] for statement in statements]
    assert written.index(["UPDATE", "open_lookups", "SET"]) < written.index(["INSERT", "INTO", "open_lookups"])


async def test_an_order_is_carried_out_though_whoever_gave_it_has_gone(bench: Bench) -> None:
    async with opened(bench) as store:
        with anyio.CancelScope() as scope:
            scope.cancel()
            await store.plan([bench.wish("ada")])
        assert await store.recall(bench.question()) is None
    assert bench.sql("SELECT customer_id FROM run_customers") == [("ada",)]


async def test_what_opening_raises_is_raised_to_whoever_opens(bench: Bench) -> None:
    bench.path.write_text("no store")
    with pytest.raises(StoreError, match="is not a SQLite file"):
        async with opened(bench):
            pass


class SilentKeeper:
    """A keeper that goes after a moment, if not before, and has not opened anything by then."""

    def __init__(self) -> None:
        self.connection, self._its_end = socket.socketpair()

    def begin(self, _: object) -> None:
        asyncio.get_running_loop().call_later(0.05, self.go)

    def go(self) -> None:
        self._its_end.close()

    def join(self) -> None:
        self.connection.close()


async def test_who_is_interrupted_while_the_books_are_opened_hears_nothing_of_them(bench: Bench) -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))
    keeper, opens = SilentKeeper(), partial(open_books, bench.path, bench.master, bench.run_plan(), bench.now)
    with anyio.move_on_after(0.01) as interrupt:
        async with run_store(keeper, opens, Clock()):
            pass
    keeper.go()
    gc.collect()
    assert (interrupt.cancelled_caught, complaints) == (True, [])


async def test_an_error_within_the_block_still_closes_the_store(bench: Bench) -> None:
    with pytest.raises(KeyError):
        async with opened(bench):
            raise KeyError
    assert list(bench.files()) == ["store.db"]


async def test_the_verbs_reach_the_books(bench: Bench) -> None:
    async with opened(bench) as store:
        await store.plan([bench.wish("ada")])
        assert await store.ask(bench.question()) is Ruling.SEND
        await store.answered(1, Settlement(cost=Money(40), answer=HIT))
        assert await store.recall(bench.question(2)) == HIT
        settled = await store.finish(
            Finish(
                customer=bench.customer(),
                customer_id="ada",
                lookups=[LookupDone(lookup=1, outcome=LookupOutcome.FOUND, latency_ms=5, retries=0)],
                finding=bench.found(),
                counts=True,
            )
        )
        assert settled.booked == ((40, 0),)
        quota = await store.end("done", '{"enriched": 1}')
        assert (quota.used, quota.reserved) == (1, 0)
    assert bench.sql("SELECT state, counts FROM runs") == [("done", '{"enriched": 1}')]


class TestWaiting:
    async def test_whoever_waits_hears_when_something_was_settled(self, bench: Bench) -> None:
        async with opened(bench) as store, anyio.create_task_group() as tasks:
            await store.ask(bench.question(1))
            assert await store.ask(bench.question(2)) is Ruling.WAIT
            tasks.start_soon(store.answered, 1, Settlement(answer=HIT))
            await store.changed()
            while (verdict := await store.ask(bench.question(2))) is Ruling.WAIT:
                await store.changed()
            assert verdict == HIT

    async def test_whoever_waits_for_a_run_that_died_hears_of_that(self, bench: Bench) -> None:
        async with opened(bench) as store:
            with bench.run() as dying:
                dying.plan(bench.customer())
                (plan,) = await store.plan([bench.wish("ada")])
                assert plan.standing is Standing.CLAIMED
            await store.changed()
            assert bench.sql("SELECT outcome FROM run_customers") == [("crashed",)]

    async def test_lookups_that_a_cap_holds_are_let_go_in_the_order_in_which_they_came(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            first, second, third = (
                bench.question(number, f"question {number}", most=most) for number, most in ((1, 60), (2, 60), (3, 40))
            )
            assert await store.ask(first) is Ruling.SEND
            assert await store.ask(second) is Ruling.WAIT
            assert await store.ask(third) is Ruling.WAIT
            await self.finish(bench, store, 1)
            assert await store.ask(third) is Ruling.WAIT
            assert await store.ask(second) is Ruling.SEND
            assert await store.ask(third) is Ruling.SEND

    async def test_one_that_gives_up_leaves_its_place_to_the_next(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            await store.ask(bench.question(1, "one", most=60))
            await store.ask(bench.question(2, "two", most=60))
            assert await store.ask(bench.question(3, "three", most=40)) is Ruling.WAIT
            store.no_longer_waits(2)
            assert await store.ask(bench.question(3, "three", most=40)) is Ruling.SEND

    async def test_a_lookup_that_has_begun_does_not_queue_behind_those_that_wait_for_it(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            await store.ask(bench.question(1, "search", most=50, whole=Money(100)))
            assert await store.ask(bench.question(2, "two", most=10)) is Ruling.WAIT
            await store.answered(1, Settlement(answer=HIT))
            details = bench.question(1, "details", most=50, whole=Money(100), begun=True)
            assert await store.ask(details) is Ruling.SEND

    async def test_the_next_provider_is_asked_with_what_the_one_before_did_not_use(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            await store.ask(bench.question(1, "one", most=100))
            await store.answered(1, Settlement(cost=Money(10), answer=HIT))
            assert await store.ask(bench.question(2, "two", most=90, after=1)) is Ruling.SEND

    async def test_whoever_stands_further_behind_sleeps_until_it_is_the_first(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            for number in (1, 2, 3):
                await store.ask(bench.question(number, str(number), most=60))
            third = asyncio.create_task(store.changed(3))
            await anyio.wait_all_tasks_blocked()
            await store.answered(1, Settlement(cost=Money(60), answer=HIT))
            await anyio.wait_all_tasks_blocked()
            assert not third.done()
            store.no_longer_waits(2)
            await third

    async def test_what_will_never_fit_is_refused_when_its_turn_has_come(self, bench: Bench) -> None:
        async with opened(bench, caps=Caps(run=Money(100))) as store:
            await store.ask(bench.question(1, "one", most=60))
            await store.ask(bench.question(2, "two", most=60))
            await store.answered(1, Settlement(cost=Money(60), answer=HIT))
            assert await store.ask(bench.question(2, "two", most=60)) is Ruling.REFUSED
            assert await store.ask(bench.question(3, "three", most=40)) is Ruling.SEND

    @staticmethod
    async def finish(bench: Bench, store: Store, lookup: int) -> None:
        """The lookup is done and cost nothing."""
        done = LookupDone(lookup=lookup, outcome=LookupOutcome.NOT_FOUND, latency_ms=5, retries=0)
        await store.answered(lookup, Settlement(answer=HIT))
        await store.finish(Finish(customer=bench.customer(), customer_id="ada", lookups=[done]))


async def test_who_queues_for_a_cap_lets_go_of_what_the_lookup_before_it_held(bench: Bench) -> None:
    """Or whoever is first in line waits for money that is held by one behind it, for ever."""
    async with opened(bench, caps=Caps(run=Money(100))) as store:
        assert await store.ask(bench.question(1, "one", most=100)) is Ruling.SEND
        held = bench.question(2, "two", most=100)
        assert await store.ask(held) is Ruling.WAIT
        await store.answered(1, Settlement(answer=HIT))
        assert await store.ask(bench.question(3, "next", most=100, after=1)) is Ruling.WAIT
        with anyio.fail_after(5):
            while await store.ask(held) is Ruling.WAIT:
                await store.changed(held.lookup)


async def test_a_store_that_fails_fails_all_orders_at_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other would wait for a locked store again and again."""
    async with opened(bench) as store:
        tries: list[str] = []

        def locked(_: Books) -> NoReturn:
            tries.append("BEGIN")
            raise StoreError("held by another program")

        monkeypatch.setattr(Books, "transaction", locked)
        orders = (store.ask(bench.question(number, str(number))) for number in range(50))
        ends = await asyncio.gather(*orders, return_exceptions=True)
        monkeypatch.undo()
    assert {type(end) for end in ends} == {StoreError}
    assert len(tries) == 1


async def test_an_objection_holds_for_all_that_is_settled_with_it(bench: Bench) -> None:
    async with opened(bench) as store:
        both = replace(bench.wish("ada"), types=(PERSON, DataType.PROPERTY), usable=frozenset(DataType))
        await store.plan([both])
        objected = Finish(customer=both.customer, customer_id="ada", lookups=[], objected=True, landed=Count.SUPPRESSED)
        beside = Finish(
            customer=both.customer,
            customer_id="ada",
            lookups=[],
            finding=bench.found(),
            counts=True,
            landed=Count.ENRICHED,
        )
        ends = await asyncio.gather(store.finish(beside), store.finish(objected))
        (later,) = await store.plan([replace(both, line=9)])
    assert [end.dropped for end in ends] == [Count.SUPPRESSED] * 2
    assert later.landed is Count.SUPPRESSED
    assert bench.sql("SELECT outcome, counted FROM run_customers") == [("suppressed", 0)]


async def test_nobody_is_finished_whose_last_answer_could_not_be_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(bench) as store:
        await store.plan([bench.wish("ada")])
        await store.ask(bench.question())

        def fail(*_: object) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(Books, "answered", fail)
        done = LookupDone(lookup=1, outcome=LookupOutcome.FOUND, latency_ms=5, retries=0)
        finish = Finish(customer=bench.customer(), customer_id="ada", lookups=[done], finding=bench.found())
        with pytest.raises(StoreError):
            await store.finish(finish, [(1, Settlement(cost=Money(40), answer=HIT))])
        monkeypatch.undo()
    assert bench.sql("SELECT COUNT(*) FROM customer_enrichment_data") == [(0,)]
    assert bench.sql("SELECT in_air FROM open_lookups") == [(100,)]
