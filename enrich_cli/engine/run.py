"""The run: rows in, each planned, looked up, finished and handed on, with a bounded number in flight."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result, State
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Row, SourceRow
from enrich_cli.engine.batches import Batch, Batches, Numbered
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.customer import CustomerLookups
from enrich_cli.engine.room import Room
from enrich_cli.engine.served import served
from enrich_cli.engine.tally import Tally
from enrich_cli.engine.ways import ways
from enrich_cli.gateway.stop import Interrupted, Stop
from enrich_cli.sources.errors import SourceError
from enrich_cli.store.plan import Plan, Standing, Wish
from enrich_cli.store.run_store import Store

ROWS_A_TURN = 50
"""Rows served in one turn of the event loop, so that other work never waits for more than these."""
MOST_DEFERRED = 5000
"""The most rows that are held back for the end; beyond that, reading waits for them."""


class Run:
    """One pass over a source. What is still open when it stops or fails is closed by `Store.end`."""

    def __init__(
        self,
        *,
        rows: Iterator[SourceRow],
        chains: Mapping[DataType, Chain],
        store: Store,
        lookups: CustomerLookups,
        stop: Stop,
        tally: Tally,
        room: Room,
        finished: Callable[[int, Finished], Awaitable[None]],
    ) -> None:
        """`finished` takes each row with its number (0, 1, …) as soon as it is done, in any order."""
        self._batches = Batches(rows, chains, store, stop)
        self._chains = chains
        self._store = store
        self._lookups = lookups
        self._stop = stop
        self._tally = tally
        self._room = room
        self._finished = finished
        self._deferred: deque[Numbered] = deque()
        self._complete = True

    @property
    def broken_off(self) -> SourceError | None:
        """Why the source could not be read to the end; the rows before the break are finished all the same."""
        return self._batches.broken_off

    async def go(self) -> bool:
        """Return True when every row was finished, False when the run was asked to stop before that.

        A source that breaks off is not an error here: see `broken_off`. Raises what the store and `finished` raise.
        """
        async with asyncio.TaskGroup() as customers:  # one of anyio's costs four times as much for each customer
            try:
                await self._read(customers)
                await self._take_last(customers)
            except Interrupted:
                self._complete = False
        return self._complete

    async def _read(self, customers: asyncio.TaskGroup) -> None:
        batch = await self._batches.next()
        while batch:
            if batch.is_served:
                batch = await self._serve_while_planning(batch, customers)
            else:
                # Not ahead of these: a row that waits for a place in the quota relies on all before it having begun.
                await self._take(batch, customers)
                batch = await self._batches.next()
            if len(self._deferred) > MOST_DEFERRED:
                await self._take_last(customers)

    async def _serve_while_planning(self, batch: Batch, customers: asyncio.TaskGroup) -> Batch | None:
        """Serve one batch while the next is planned; returns the next."""
        async with asyncio.TaskGroup() as both:
            ahead = both.create_task(self._next_unless_stopped())
            await self._take(batch, customers)
        self._stop.check()
        return ahead.result()

    async def _next_unless_stopped(self) -> Batch | None:
        try:
            return await self._batches.next()
        except Interrupted:
            return None

    async def _take(self, batch: Batch, customers: asyncio.TaskGroup) -> None:
        self._tally.read(len(batch))
        for number, rejected in batch.rejected:
            self._tally.rejected(rejected.line, rejected.reason)
            await self._done(number, rejected, Count.REJECTED, {})
        # Rows that wait for a place in the quota come last: places are only freed by the others, once they have begun.
        planned = sorted(batch.planned, key=lambda one: one[1].standing is Standing.FULL)
        waiting = []
        for place, (item, plan) in enumerate(planned, 1):
            waiting.append(await self._start(item, plan, customers))
            if place % ROWS_A_TURN == 0:
                await asyncio.sleep(0)
        # Back in source order: a later row of a customer waits for its first one.
        self._deferred.extend(sorted(filter(None, waiting), key=lambda item: item.number))

    async def _take_last(self, customers: asyncio.TaskGroup) -> None:
        """The rows whose customer was being looked up, by another run or an earlier row, when their turn came."""
        while self._deferred:
            item = self._deferred.popleft()
            ((item, plan),) = await self._batches.plan([item])
            while waiting := await self._start(item, plan, customers):
                # It stays first in line: a later row of the same customer must not overtake it.
                with self._stop.interruptible():
                    await self._store.changed()
                ((item, plan),) = await self._batches.plan([waiting])

    async def _start(self, item: Numbered, plan: Plan, customers: asyncio.TaskGroup) -> Numbered | None:
        """Serve a row or begin its lookups; returns it if its customer is being looked up already."""
        while plan.standing is Standing.FULL:
            item = item.again()
            ((item, plan),) = await self._batches.plan([item])
            if plan.standing is Standing.FULL:
                with self._stop.interruptible():
                    await self._store.changed()
        if len(plan.fresh) < len(item.wish.types):
            self._note_what_is_not_fresh(item, plan)
        if plan.standing is Standing.RESERVED:
            await self._room.enter()
            self._tally.looked_up.update(ways(item.row.customer, plan, self._chains))
            customers.create_task(self._look_up(item, plan))
        elif plan.standing is Standing.CLAIMED:
            return item.again().trusting(plan.claimed_by)
        elif plan.landed is None:
            return item
        else:
            await self._serve(item, plan, plan.landed)
        return None

    def _note_what_is_not_fresh(self, item: Numbered, plan: Plan) -> None:
        """For the report: data types beyond the tier, lookups not worth making, whether any lookup was wanted."""
        self._tally.beyond_tier(plan.beyond)
        if plan.standing in (Standing.RESERVED, Standing.SERVED):
            for data_type in item.wish.types:
                if data_type not in plan.fresh and data_type not in plan.beyond:
                    self._tally.spared(self._chains[data_type].spares(item.row.customer))
        self._tally.report.wanted_lookups |= bool(plan.look_up) or self._lacks_a_provider(item.wish, plan)

    def _lacks_a_provider(self, wish: Wish, plan: Plan) -> bool:
        """Is nothing looked up, and nothing known, only because no provider can be asked?"""
        if plan.standing is not Standing.SERVED or plan.fresh:
            return False
        # A type without any provider does not count as wanted, unless only such types were asked for.
        types = [data_type for data_type in wish.types if data_type not in plan.beyond]
        served_by_some = [data_type for data_type in types if self._chains[data_type].links] or types
        return any(data_type not in wish.usable for data_type in served_by_some)

    async def _serve(self, item: Numbered, plan: Plan, landed: Count) -> None:
        """Finish a row that needs no lookup."""
        count = landed
        if plan.standing is Standing.REPEATED:
            if plan.differs:
                self._tally.warn(
                    f"line {item.row.line}: the same customer is in line {plan.first_line} with other fields; "
                    "it was looked up once, as given there"
                )
            if landed in (Count.ENRICHED, Count.NOT_FOUND):
                count = Count.CACHED
        results: dict[DataType, Result] = {}
        for data_type in item.wish.types if count is not Count.SUPPRESSED else ():
            stored = plan.stored.get(data_type)
            if plan.standing is Standing.REPEATED:
                results[data_type] = Result(plan.states.get(data_type, State.SKIPPED), stored)
            else:
                results[data_type] = served(plan.fresh.get(data_type), stored)
        await self._done(item.number, item.row, count, results)

    async def _look_up(self, item: Numbered, plan: Plan) -> None:
        try:
            results, count = await self._lookups.of(item.row.customer, plan, item.wish.types)
            await self._done(item.number, item.row, count, results)
        except Interrupted:
            self._complete = False
        finally:
            self._room.leave()

    async def _done(self, number: int, row: SourceRow, count: Count, results: Mapping[DataType, Result]) -> None:
        self._tally.landed(count, results.values())
        shown = row.customer.id.shown if isinstance(row, Row) else row.customer_id
        await self._finished(number, Finished(row, count, results, shown))
