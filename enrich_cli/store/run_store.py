"""The store as a run uses it, off the event loop: a keeper has the books, and shares each commit among all orders."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol

import anyio

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.lookup import Response
from enrich_cli.store.keeper import Opening
from enrich_cli.store.line import KeeperLine
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.settling import Finish, Settled
from enrich_cli.store.verbs import ANSWERED, ASK, END, FINISH, LET_GO, PLAN, RECALL, RECOVER

LOOK_AGAIN_SECONDS = 0.25
"""How long a waiting question sleeps at most: another process may have made room without telling us."""

RECOVER_AGAIN_SECONDS = 1.0
"""How often a waiting question checks whether a run that it waits for has died."""


class Store:
    """The verbs of a run, as the engine and the gateway call them. It is the gateway's `Journal`."""

    def __init__(self, clock: Clock, line: KeeperLine) -> None:
        self._clock = clock
        self._line = line
        self._do = line.do
        self._news: anyio.Event | None = None
        self._waiting_for_caps: dict[int, anyio.Event] = {}
        """Lookups held back by a cap, in order of arrival, each with an event that tells it that it is the first."""
        self._recovered_at = -RECOVER_AGAIN_SECONDS

    async def plan(self, wishes: Sequence[Wish]) -> list[Plan]:
        """Decide a batch of customers, in order, in one transaction."""
        return await self._do(PLAN, wishes)

    async def recall(self, question: Question) -> Response | None:
        return await self._do(RECALL, question)

    async def ask(self, question: Question) -> Verdict:
        """As `Journal.ask`; lookups held back by a cap are let go in the order in which they came."""
        lookup = question.lookup
        first = next(iter(self._waiting_for_caps), lookup)
        if first != lookup and not question.begun:
            if lookup not in self._waiting_for_caps:
                self._waiting_for_caps[lookup] = anyio.Event()
                if question.after is not None:
                    await self.let_go(question.after)
            return Ruling.WAIT
        verdict = await self._do(ASK, question)
        if verdict is Ruling.HELD:
            self._waiting_for_caps.setdefault(lookup, anyio.Event())
            return Ruling.WAIT
        self.no_longer_waits(lookup)
        return verdict

    async def let_go(self, lookup: int) -> None:
        """As `Journal.let_go`; others may be waiting for what it holds."""
        await self._do(LET_GO, lookup)
        self._tell()

    def no_longer_waits(self, lookup: int) -> None:
        """The lookup was let go, refused or given up: the next in the queue may try."""
        if self._waiting_for_caps.pop(lookup, None) and self._waiting_for_caps:
            next(iter(self._waiting_for_caps.values())).set()

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        await self._do(ANSWERED, (lookup, settlement))
        self._tell()

    async def finish(self, done: Finish, last: Sequence[tuple[int, Settlement]] = ()) -> Settled:
        """Settle the final answers of lookups, and the customer, in one transaction.

        Nothing that goes wrong with the customer may lose the answers: then each is settled alone.
        """
        answered = [self._line.give(ANSWERED, one) for one in last]
        settled = self._line.give(FINISH, done)
        await asyncio.gather(*answered, settled)
        self._tell()
        return settled.result()

    async def changed(self, lookup: int | None = None) -> None:
        """As `Journal.changed`. A lookup with others ahead of it in the queue for a cap sleeps until it
        is the first.
        """
        if lookup in self._waiting_for_caps and next(iter(self._waiting_for_caps)) != lookup:
            await self._waiting_for_caps[lookup].wait()
            return
        self._news = self._news or anyio.Event()
        with anyio.move_on_after(LOOK_AGAIN_SECONDS) as patience:
            await self._news.wait()
        if patience.cancelled_caught and self._clock.monotonic() - self._recovered_at > RECOVER_AGAIN_SECONDS:
            self._recovered_at = self._clock.monotonic()
            await self._do(RECOVER, None)

    async def end(self, state: str, counts: str) -> Quota:
        """The run is over; returns the quota afterwards."""
        return await self._do(END, (state, counts))

    def _tell(self) -> None:
        if self._news:
            self._news.set()
            self._news = None


class Keeper(Protocol):
    """The process, or thread, that keeps the books."""

    connection: socket.socket
    """The run's end of the line."""

    def begin(self, opening: Opening) -> None:
        """Let it open the books."""

    def join(self) -> None:
        """Return when it has ended."""


@asynccontextmanager
async def run_store(keeper: Keeper, opening: Opening, clock: Clock) -> AsyncIterator[Store]:
    """Keep the books open for the length of the block. Raises what opening raises."""
    keeper.begin(opening)
    _, line = await asyncio.get_running_loop().create_connection(partial(KeeperLine, clock), sock=keeper.connection)
    try:
        await line.opened()
        yield Store(clock, line)
    finally:
        with anyio.CancelScope(shield=True):
            await line.close()
            await anyio.to_thread.run_sync(keeper.join)
