"""The store off the event loop: one thread owns the connection, and shares each commit among all that has queued up."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar

import anyio

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.base import Response
from enrich_cli.store.books import Books
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.settling import Finish, Settled

_About = TypeVar("_About")
_Result = TypeVar("_Result")
_Verb: TypeAlias = Callable[[Books, Sequence[_About], datetime], Sequence[_Result]]
"""What is carried out for all that is ordered of it at once, with a result for each."""


def _plan(books: Books, batches: Sequence[Sequence[Wish]], now: datetime) -> list[list[Plan]]:
    return [books.plan(wishes, now) for wishes in batches]


def _answered(books: Books, settlements: Sequence[tuple[int, Settlement]], now: datetime) -> list[None]:
    books.answered(settlements, now)
    return [None] * len(settlements)


def _recover(books: Books, orders: Sequence[None], now: datetime) -> list[int]:
    return [books.recover(now)] * len(orders)


def _quota(books: Books, orders: Sequence[None], now: datetime) -> list[Quota]:
    return [books.quota(now)] * len(orders)


def _end(books: Books, ends: Sequence[tuple[str, str]], now: datetime) -> list[None]:
    for state, counts in ends:
        books.end(state, counts, now)
    return [None] * len(ends)


_IN_TURN: tuple[tuple[_Verb[Any, Any], ...], ...] = (
    (Books.recall, Books.ask),
    (Books.finish, _answered, _plan, _recover, _quota, _end),
)
"""The transactions of a turn, and the verbs of each, in order. A customer that asks holds a place among those in
flight, so it is let go first; nobody is held up by the rest.
"""


class _Order(NamedTuple):
    verb: _Verb[Any, Any]
    about: Any
    future: asyncio.Future[Any]


_Orders: TypeAlias = "queue.SimpleQueue[list[_Order] | None]"
_Outcome: TypeAlias = tuple["asyncio.Future[Any]", Any, Exception | None]

MOST_ORDERS_A_COMMIT = 500
SECONDS_BETWEEN_COMMITS = 0.003
"""From the beginning of one to that of the next: what is ordered meanwhile shares a commit, which costs little more."""

LOOK_AGAIN_SECONDS = 0.25
"""How long a waiting question sleeps at most: another process may have made room without our hearing of it."""

RECOVER_AGAIN_SECONDS = 1.0
"""Whoever waits looks that often whether a run that it waits for has died."""


class Store:
    """The verbs of a run, as the engine and the gateway call them. It is the gateway's `Journal`."""

    def __init__(self, clock: Clock, orders: _Orders) -> None:
        self._clock = clock
        self._orders = orders
        self._given: list[_Order] = []
        """Orders of this turn of the event loop: they are handed over together."""
        self._loop = asyncio.get_running_loop()
        self._news: anyio.Event | None = None
        self._waiting_for_caps: dict[int, anyio.Event] = {}
        """Lookups that a cap holds back, in order of arrival, with what tells each that it is the first."""
        self._recovered_at = -RECOVER_AGAIN_SECONDS

    async def plan(self, wishes: Sequence[Wish]) -> list[Plan]:
        """Decide a batch of customers, in order, in one transaction."""
        return await self._do(_plan, wishes)

    async def recall(self, question: Question) -> Response | None:
        return await self._do(Books.recall, question)

    async def ask(self, question: Question) -> Verdict:
        """As `Journal.ask`; lookups that a cap holds back are let go in the order in which they came."""
        lookup = question.lookup
        first = next(iter(self._waiting_for_caps), lookup)
        if first != lookup and not question.begun:
            self._waiting_for_caps.setdefault(lookup, anyio.Event())
            return Ruling.WAIT
        verdict = await self._do(Books.ask, question)
        if verdict is Ruling.HELD:
            self._waiting_for_caps.setdefault(lookup, anyio.Event())
            return Ruling.WAIT
        self.no_longer_waits(lookup)
        return verdict

    def no_longer_waits(self, lookup: int) -> None:
        """The lookup was let go, refused or given up: the next in line may try."""
        if self._waiting_for_caps.pop(lookup, None) and self._waiting_for_caps:
            next(iter(self._waiting_for_caps.values())).set()

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        await self._do(_answered, (lookup, settlement))
        self._tell()

    async def finish(self, done: Finish) -> Settled:
        try:
            settled = await self._do(Books.finish, done)
        except Exception:
            # Whatever kept it from being finished: an answer that was paid for must not be lost with it.
            for lookup in done.lookups:
                if lookup.settlement:
                    await self.answered(lookup.lookup, lookup.settlement)
            raise
        self._tell()
        return settled

    async def changed(self, lookup: int | None = None) -> None:
        """As `Journal.changed`. A lookup that others are before in the queue for a cap sleeps until it is the first."""
        if lookup in self._waiting_for_caps and next(iter(self._waiting_for_caps)) != lookup:
            await self._waiting_for_caps[lookup].wait()
            return
        self._news = self._news or anyio.Event()
        with anyio.move_on_after(LOOK_AGAIN_SECONDS) as patience:
            await self._news.wait()
        if patience.cancelled_caught and self._clock.monotonic() - self._recovered_at > RECOVER_AGAIN_SECONDS:
            self._recovered_at = self._clock.monotonic()
            await self._do(_recover, None)

    async def quota(self) -> Quota:
        return await self._do(_quota, None)

    async def end(self, state: str, counts: str) -> None:
        await self._do(_end, (state, counts))

    def _tell(self) -> None:
        if self._news:
            self._news.set()
            self._news = None

    async def _do(self, verb: _Verb[_About, _Result], about: _About) -> _Result:
        """Give an order; once given it is carried out, whatever happens to who gave it."""
        future: asyncio.Future[_Result] = self._loop.create_future()
        if not self._given:
            self._loop.call_soon(self.hand_over)
        self._given.append(_Order(verb, about, future))
        return await future

    def hand_over(self) -> None:
        """Let the books have what was ordered so far."""
        if self._given:
            self._orders.put(self._given)
            self._given = []


@asynccontextmanager
async def run_store(opening: Callable[[], AbstractContextManager[Books]], clock: Clock) -> AsyncIterator[Store]:
    """Open the books in a thread of their own, for as long as the block lasts. Raises what opening raises."""
    orders: _Orders = queue.SimpleQueue()
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[None] = loop.create_future()
    keeping = partial(_keep_books, opening, orders, clock, loop, opened)
    thread = threading.Thread(target=keeping, name="books", daemon=True)
    thread.start()
    store = Store(clock, orders)
    try:
        await asyncio.shield(opened)
        yield store
    finally:
        store.hand_over()
        orders.put(None)
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(thread.join)


def _keep_books(
    opening: Callable[[], AbstractContextManager[Books]],
    orders: _Orders,
    clock: Clock,
    loop: asyncio.AbstractEventLoop,
    opened: asyncio.Future[None],
) -> None:
    begun: list[_Outcome] = [(opened, None, None)]
    try:
        with opening() as books:
            loop.call_soon_threadsafe(_resolve, begun)
            began = 0.0
            while batch := _next_batch(orders, began + SECONDS_BETWEEN_COMMITS):
                began = time.monotonic()
                for verbs in _IN_TURN:
                    if given := [order for order in batch if order.verb in verbs]:
                        loop.call_soon_threadsafe(_resolve, _carry_out(books, verbs, given, clock.now()))
    except Exception as error:  # noqa: BLE001 it is raised again in the event loop, by whoever waits
        failed: list[_Outcome] = [(opened, None, error)]
        loop.call_soon_threadsafe(_resolve, failed)


def _next_batch(orders: _Orders, not_before: float) -> list[_Order]:
    """All that has queued up until then (monotonic seconds), and at least one; empty when the end is reached."""
    batch: list[_Order] = []
    given = orders.get()
    time.sleep(max(0.0, not_before - time.monotonic()))
    while given is not None:
        batch += given
        if len(batch) >= MOST_ORDERS_A_COMMIT:
            return batch
        try:
            given = orders.get_nowait()
        except queue.Empty:
            return batch
    if batch:
        orders.put(None)
    return batch


def _carry_out(books: Books, verbs: Sequence[_Verb[Any, Any]], batch: list[_Order], now: datetime) -> list[_Outcome]:
    """Run a batch in one transaction; when one of it fails, each alone, so that only the failing one does."""
    try:
        with books.transaction():
            outcomes: list[_Outcome] = []
            for verb in verbs:
                if orders := [order for order in batch if order.verb is verb]:
                    results = verb(books, [order.about for order in orders], now)
                    outcomes += [(order.future, result, None) for order, result in zip(orders, results, strict=True)]
            return outcomes
    except Exception as error:  # noqa: BLE001 it is raised again where the order was given
        if len(batch) == 1:
            return [(batch[0].future, None, error)]
        return [outcome for order in batch for outcome in _carry_out(books, verbs, [order], now)]


def _resolve(outcomes: list[_Outcome]) -> None:
    for future, value, error in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
