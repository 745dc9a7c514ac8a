"""The keeper as a process: it serves one run, outlives no run, and dies alone."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Question, Ruling, Settlement
from enrich_cli.providers.lookup import Response
from enrich_cli.store.books import open_books
from enrich_cli.store.errors import KeeperLost, MasterKeyError, StoreError
from enrich_cli.store.keeper import Opening
from enrich_cli.store.key_place import KeyPlace
from enrich_cli.store.messages import Order, Orders, encode, frame
from enrich_cli.store.plan import Standing
from enrich_cli.store.process import KeeperProcess
from enrich_cli.store.run_store import Store, run_store
from enrich_cli.store.verbs import ANSWERED, ASK, Verb

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON = DataType.PERSON
HIT = Response(200, b"{}")


def opening_of(bench: Bench) -> Opening:
    return partial(open_books, bench.path, KeyPlace(bench.key.secret.hex(), bench.path), bench.run_plan(), bench.now)


@asynccontextmanager
async def opened(bench: Bench) -> AsyncIterator[tuple[Store, KeeperProcess]]:
    keeper = KeeperProcess()
    async with run_store(keeper, opening_of(bench), Clock()) as store:
        yield store, keeper


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


async def test_it_carries_out_what_is_ordered(bench: Bench) -> None:
    async with opened(bench) as (store, _):
        (plan,) = await store.plan([bench.wish("ada")])
        assert plan.standing is Standing.RESERVED
        assert await store.ask(bench.question()) is Ruling.SEND
        await store.answered(1, Settlement(cost=Money(40), answer=HIT))
        assert await store.recall(bench.question(2)) == HIT
        await store.end("done", "{}")
    assert bench.sql("SELECT state, cost FROM runs") == [("done", 40)]


async def test_when_the_block_is_left_it_has_ended_and_everything_is_on_disk(bench: Bench) -> None:
    async with opened(bench) as (store, keeper):
        with anyio.CancelScope() as scope:
            scope.cancel()
            await store.plan([bench.wish("ada")])
    with pytest.raises(ProcessLookupError):
        os.kill(keeper.pid, 0)
    assert bench.sql("SELECT customer_id FROM run_customers") == [("ada",)]
    assert list(bench.files()) == ["store.db"]


async def test_what_opening_raises_is_raised_to_the_run(bench: Bench) -> None:
    bench.path.write_text("no store")
    with pytest.raises(StoreError, match="is not a SQLite file"):
        async with opened(bench):
            pass


async def test_an_error_keeps_its_type_and_text_on_its_way(bench: Bench) -> None:
    bench.path.unlink(missing_ok=True)
    keeper = KeeperProcess()
    opening = partial(open_books, bench.path, KeyPlace("short", bench.path), bench.run_plan(), bench.now)
    with pytest.raises(MasterKeyError, match="ENRICHMENT_MASTER_KEY holds no master key"):
        async with run_store(keeper, opening, Clock()):
            pass


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
async def test_a_signal_that_ends_a_run_does_not_end_its_books(bench: Bench, name: str) -> None:
    async with opened(bench) as (store, keeper):
        os.kill(keeper.pid, getattr(signal, name))
        assert await store.ask(bench.question()) is Ruling.SEND


async def test_killed_it_fails_what_was_ordered_and_what_will_be(bench: Bench) -> None:
    async with opened(bench) as (store, keeper):
        await store.ask(bench.question())
        os.kill(keeper.pid, signal.SIGSTOP)
        ordered = asyncio.create_task(store.recall(bench.question(2)))
        await anyio.wait_all_tasks_blocked()
        os.kill(keeper.pid, signal.SIGKILL)
        for order in (ordered, store.recall(bench.question(3))):
            with pytest.raises(KeeperLost, match="--resume last"):
                await order
    with bench.run():
        pass
    assert bench.sql("SELECT state FROM runs ORDER BY rowid LIMIT 1") == [("crashed",)]


def dead_keeper() -> KeeperProcess:
    keeper = KeeperProcess()
    os.kill(keeper.pid, signal.SIGKILL)
    os.waitid(os.P_PID, keeper.pid, os.WEXITED | os.WNOWAIT)
    return keeper


async def test_killed_before_the_books_were_opened_it_says_that_nothing_has_begun(bench: Bench) -> None:
    keeper = dead_keeper()
    with pytest.raises(KeeperLost, match="run the command again"):
        async with run_store(keeper, opening_of(bench), Clock()):
            pass
    keeper.join()
    assert bench.sql("SELECT state FROM runs") == []


class TestARunThatIsGone:
    """As after `kill -9`: its end of the line is closed without a farewell."""

    def test_the_books_are_closed_and_the_run_is_found_dead(self, bench: Bench) -> None:
        keeper = KeeperProcess()
        keeper.begin(opening_of(bench))
        assert keeper.connection.recv(1)
        keeper.join()
        with bench.run():
            pass
        assert bench.sql("SELECT state FROM runs ORDER BY rowid LIMIT 1") == [("crashed",)]

    def test_one_that_was_gone_before_the_books_were_open_never_began(self, bench: Bench) -> None:
        keeper = KeeperProcess()
        keeper.begin(opening_of(bench))
        keeper.join()
        assert bench.sql("SELECT COUNT(*) FROM runs") == [(0,)]

    def test_its_answers_are_kept_and_its_questions_not_written_down(self, bench: Bench) -> None:
        keeper = KeeperProcess()
        keeper.begin(opening_of(bench))
        assert keeper.connection.recv(1)
        os.kill(keeper.pid, signal.SIGSTOP)
        self.order(bench, keeper.connection, (ASK, bench.question(1, "asked")))
        os.kill(keeper.pid, signal.SIGCONT)
        until(lambda: bench.sql("SELECT lookup FROM open_lookups") == [(1,)])
        os.kill(keeper.pid, signal.SIGSTOP)
        settled = (1, Settlement(cost=Money(40), answer=HIT))
        self.order(bench, keeper.connection, (ANSWERED, settled), (ASK, bench.question(2, "never sent")))
        keeper.connection.close()
        os.kill(keeper.pid, signal.SIGCONT)
        keeper.join()
        assert bench.sql("SELECT lookup, cost, in_air FROM open_lookups") == [(1, 40, 0)]

    @staticmethod
    def order(bench: Bench, line: socket.socket, *given: tuple[Verb[Any, Any], object]) -> None:
        orders = [Order(number, verb.name, verb.write(about)) for number, (verb, about) in enumerate(given, 1)]
        line.sendall(frame(encode(Orders(bench.now, orders))))


async def test_nothing_in_the_working_directory_is_taken_for_a_module(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bench.path.parent / "work"
    folder.mkdir()
    (folder / "pickle.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(folder)
    async with opened(bench) as (store, _):
        assert await store.ask(bench.question()) is Ruling.SEND


async def test_a_large_order_and_a_large_outcome_pass(bench: Bench) -> None:
    async with opened(bench) as (store, _):
        body = os.urandom(3_000_000)
        questions = [bench.question(number, str(number)) for number in range(3)]
        for question in questions:
            await store.ask(question)
            await store.answered(question.lookup, Settlement(answer=Response(200, body)))
        again: list[Question] = [bench.question(number + 10, str(number)) for number in range(3)]
        for question in again:
            answer = await store.recall(question)
            assert answer is not None
            assert answer.body == body
