"""The store off the event loop: one thread owns the connection, and shares each commit among all that has queued up."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from functools import partial

import anyio

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.base import Response
from enrich_cli.store.books import Books
from enrich_cli.store.orders import (
    About,
    Given,
    Order,
    Orders,
    Outcome,
    Verb,
    answered,
    carry_out,
    end,
    let_go,
    plan,
    quota,
    recover,
    transactions,
)
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.settling import Finish, Settled

LOOK_AGAIN_SECONDS = 0.25
"""How long a waiting question sleeps at most: another process may have made room without our hearing of it."""

RECOVER_AGAIN_SECONDS = 1.0
"""Whoever waits looks that often whether a run that it waits for has died."""


class Store:
    """The verbs of a run, as the engine and the gateway call them. It is the gateway's `Journal`."""

    def __init__(self, clock: Clock, orders: Orders) -> None:
        self._clock = clock
        self._orders = orders
        self._given: list[Order] = []
        """Orders of this turn of the event loop: they are handed over together."""
        self._loop = asyncio.get_running_loop()
        self._news: anyio.Event | None = None
        self._waiting_for_caps: dict[int, anyio.Event] = {}
        """Lookups that a cap holds back, in order of arrival, with what tells each that it is the first."""
        self._recovered_at = -RECOVER_AGAIN_SECONDS

    async def plan(self, wishes: Sequence[Wish]) -> list[Plan]:
        """Decide a batch of customers, in order, in one transaction."""
        return await self._do(plan, wishes)

    async def recall(self, question: Question) -> Response | None:
        return await self._do(Books.recall, question)

    async def ask(self, question: Question) -> Verdict:
        """As `Journal.ask`; lookups that a cap holds back are let go in the order in which they came."""
        lookup = question.lookup
        first = next(iter(self._waiting_for_caps), lookup)
        if first != lookup and not question.begun:
            if lookup not in self._waiting_for_caps:
                self._waiting_for_caps[lookup] = anyio.Event()
                await self._let_go(question.after)
            return Ruling.WAIT
        verdict = await self._do(Books.ask, question)
        if verdict is Ruling.HELD:
            self._waiting_for_caps.setdefault(lookup, anyio.Event())
            return Ruling.WAIT
        self.no_longer_waits(lookup)
        return verdict

    async def _let_go(self, lookup: int | None) -> None:
        """A lookup before this one in its chain is over: what it holds may be what those ahead wait for."""
        if lookup is not None:
            await self._do(let_go, lookup)
            self._tell()

    def no_longer_waits(self, lookup: int) -> None:
        """The lookup was let go, refused or given up: the next in line may try."""
        if self._waiting_for_caps.pop(lookup, None) and self._waiting_for_caps:
            next(iter(self._waiting_for_caps.values())).set()

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        await self._do(answered, (lookup, settlement))
        self._tell()

    async def finish(self, done: Finish, last: Sequence[tuple[int, Settlement]] = ()) -> Settled:
        """Settle the last answers of lookups, which are lost by nothing that happens later, and then the customer."""
        for lookup, settlement in last:
            await self.answered(lookup, settlement)
        settled = await self._do(Books.finish, done)
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
            await self._do(recover, None)

    async def quota(self) -> Quota:
        return await self._do(quota, None)

    async def end(self, state: str, counts: str) -> None:
        await self._do(end, (state, counts))

    def _tell(self) -> None:
        if self._news:
            self._news.set()
            self._news = None

    async def _do(self, verb: Verb[About, Given], about: About) -> Given:
        """Give an order; once given it is carried out, whatever happens to who gave it."""
        future: asyncio.Future[Given] = self._loop.create_future()
        if not self._given:
            self._loop.call_soon(self.hand_over)
        self._given.append(Order(verb, about, future))
        return await future

    def hand_over(self) -> None:
        """Let the books have what was ordered so far."""
        if self._given:
            self._orders.put(self._given)
            self._given = []


@asynccontextmanager
async def run_store(opening: Callable[[], AbstractContextManager[Books]], clock: Clock) -> AsyncIterator[Store]:
    """Open the books in a thread of their own, for as long as the block lasts. Raises what opening raises."""
    orders: Orders = queue.SimpleQueue()
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
    orders: Orders,
    clock: Clock,
    loop: asyncio.AbstractEventLoop,
    opened: asyncio.Future[None],
) -> None:
    begun: list[Outcome] = [(opened, None, None)]
    try:
        with opening() as books:
            loop.call_soon_threadsafe(_resolve, begun)
            for verbs, given in transactions(orders):
                loop.call_soon_threadsafe(_resolve, carry_out(books, verbs, given, clock.now()))
    except Exception as error:  # noqa: BLE001 it is raised again in the event loop, by whoever waits
        failed: list[Outcome] = [(opened, None, error)]
        loop.call_soon_threadsafe(_resolve, failed)


def _resolve(outcomes: list[Outcome]) -> None:
    for future, value, error in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
