"""The store off the event loop: one thread owns the connection, and shares each commit among all that has queued up."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import anyio

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.base import Response
from enrich_cli.store.books import Books
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.settling import Finish, Settled

T = TypeVar("T")
_Order: TypeAlias = tuple[Callable[[Books], Any], "asyncio.Future[Any]"]
_Outcome: TypeAlias = tuple["asyncio.Future[Any]", Any, Exception | None]

MOST_ORDERS_A_COMMIT = 500
LOOK_AGAIN_SECONDS = 0.25
"""How long a waiting question sleeps at most: another process may have made room without our hearing of it."""

RECOVER_AGAIN_SECONDS = 1.0
"""Whoever waits looks that often whether a run that it waits for has died."""


class Store:
    """The verbs of a run, as the engine and the gateway call them. It is the gateway's `Journal`."""

    def __init__(self, clock: Clock, orders: queue.SimpleQueue[_Order | None]) -> None:
        self._clock = clock
        self._orders = orders
        self._loop = asyncio.get_running_loop()
        self._news: anyio.Event | None = None
        self._waiting_for_caps: dict[int, anyio.Event] = {}
        """Lookups that a cap holds back, in order of arrival, with what tells each that it is the first."""
        self._recovered_at = -RECOVER_AGAIN_SECONDS

    async def plan(self, wishes: Sequence[Wish]) -> list[Plan]:
        """Decide a batch of customers, in order, in one transaction."""
        now = self._clock.now()
        return await self._do(lambda books: [books.plan(wish, now) for wish in wishes])

    async def recall(self, question: Question) -> Response | None:
        now = self._clock.now()
        return await self._do(lambda books: books.recall(question, now))

    async def ask(self, question: Question) -> Verdict:
        """As `Journal.ask`; lookups that a cap holds back are let go in the order in which they came."""
        lookup = question.lookup
        first = next(iter(self._waiting_for_caps), lookup)
        if first != lookup and not question.begun:
            self._waiting_for_caps.setdefault(lookup, anyio.Event())
            return Ruling.WAIT
        now = self._clock.now()
        verdict: Verdict = await self._do(lambda books: books.ask(question, now))
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
        now = self._clock.now()
        await self._do(lambda books: books.answered(lookup, settlement, now))
        self._tell()

    async def finish(self, done: Finish) -> Settled:
        now = self._clock.now()
        try:
            settled = await self._do(lambda books: books.finish(done, now))
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
            now = self._clock.now()
            await self._do(lambda books: books.recover(now))

    async def quota(self) -> Quota:
        now = self._clock.now()
        return await self._do(lambda books: books.quota(now))

    async def end(self, state: str, counts: str) -> None:
        now = self._clock.now()
        await self._do(lambda books: books.end(state, counts, now))

    def _tell(self) -> None:
        if self._news:
            self._news.set()
            self._news = None

    async def _do(self, verb: Callable[[Books], T]) -> T:
        """Give an order; once given it is carried out, whatever happens to who gave it."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._orders.put((verb, future))
        return await future


@asynccontextmanager
async def run_store(opening: Callable[[], AbstractContextManager[Books]], clock: Clock) -> AsyncIterator[Store]:
    """Open the books in a thread of their own, for as long as the block lasts. Raises what opening raises."""
    orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[None] = loop.create_future()
    thread = threading.Thread(target=_keep_books, args=(opening, orders, loop, opened), name="books", daemon=True)
    thread.start()
    try:
        await asyncio.shield(opened)
        yield Store(clock, orders)
    finally:
        orders.put(None)
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(thread.join)


def _keep_books(
    opening: Callable[[], AbstractContextManager[Books]],
    orders: queue.SimpleQueue[_Order | None],
    loop: asyncio.AbstractEventLoop,
    opened: asyncio.Future[None],
) -> None:
    begun: list[_Outcome] = [(opened, None, None)]
    try:
        with opening() as books:
            loop.call_soon_threadsafe(_resolve, begun)
            while batch := _next_batch(orders):
                loop.call_soon_threadsafe(_resolve, _carry_out(books, batch))
    except Exception as error:  # noqa: BLE001 it is raised again in the event loop, by whoever waits
        failed: list[_Outcome] = [(opened, None, error)]
        loop.call_soon_threadsafe(_resolve, failed)


def _next_batch(orders: queue.SimpleQueue[_Order | None]) -> list[_Order]:
    """All that has queued up, and at least one; empty when the end is reached."""
    order = orders.get()
    batch = []
    while order is not None:
        batch.append(order)
        if len(batch) == MOST_ORDERS_A_COMMIT:
            return batch
        try:
            order = orders.get_nowait()
        except queue.Empty:
            return batch
    if batch:
        orders.put(None)
    return batch


def _carry_out(books: Books, batch: list[_Order]) -> list[_Outcome]:
    """Run a batch in one transaction; when one of it fails, each alone, so that only the failing one does."""
    try:
        with books.transaction():
            return [(future, verb(books), None) for verb, future in batch]
    except Exception as error:  # noqa: BLE001 it is raised again where the order was given
        if len(batch) == 1:
            return [(batch[0][1], None, error)]
        return [outcome for order in batch for outcome in _carry_out(books, [order])]


def _resolve(outcomes: list[_Outcome]) -> None:
    for future, value, error in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
