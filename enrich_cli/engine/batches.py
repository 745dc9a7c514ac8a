"""The rows of a source, planned a batch at a time."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import anyio.to_thread
import msgspec
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.row import Rejected, Row, SourceRow
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.wishes import to_plan_again, wish
from enrich_cli.gateway.stop import Stop
from enrich_cli.sources.errors import SourceError
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.run_store import Store

ROWS_A_BATCH = 50
"""Planned in one commit, which customers in flight may have to wait for: hence few."""
SERVED_ROWS_A_BATCH = 800
"""While everything is served from the store nobody waits, and each batch has the overhead of about ten rows."""


class Numbered(msgspec.Struct, frozen=True):
    """A row with its place in the output and its wish."""

    number: int
    row: Row
    wish: Wish

    def again(self) -> Numbered:
        """The same row, to be planned another time."""
        return replace(self, wish=replace(self.wish, again=True))

    def trusting(self, run_id: str) -> Numbered:
        """The same row, to be served by what the run that is looking its customer up will save."""
        return replace(self, wish=replace(self.wish, trusts=self.wish.trusts | {run_id}))


_Read: TypeAlias = Numbered | tuple[int, Rejected]
"""A row as it was read. Its wish is made at once, in the reading thread, while the books plan other rows."""


class Batch(msgspec.Struct):
    """Consecutive rows of the source."""

    rejected: list[tuple[int, Rejected]] = []
    planned: list[tuple[Numbered, Plan]] = []

    def __len__(self) -> int:
        return len(self.rejected) + len(self.planned)

    @property
    def is_served(self) -> bool:
        """Has every row landed already, so that there is nothing to look up or wait for?"""
        return all(plan.landed is not None for _, plan in self.planned)


class Batches:
    """Reads and plans batch after batch."""

    def __init__(self, rows: Iterator[SourceRow], chains: Mapping[DataType, Chain], store: Store, stop: Stop) -> None:
        self._rows = rows
        self._chains = chains
        self._store = store
        self._stop = stop
        self._number = itertools.count()
        self._size = ROWS_A_BATCH
        self._ahead: list[_Read] = []
        """Rows that were read but are not in a batch yet."""
        self._reading: asyncio.Task[list[_Read]] | None = None
        """The rows after those, being read in a thread."""
        self.broken_off: SourceError | None = None
        """Why the source could not be read to the end."""

    async def next(self) -> Batch | None:
        """The next rows with their plans; None after the last. Raises Interrupted."""
        rows = await self._rows_of_a_batch()
        if not rows:
            return None
        batch = Batch(rejected=[row for row in rows if isinstance(row, tuple)])
        batch.planned = await self.plan([row for row in rows if isinstance(row, Numbered)])
        self._size = min(2 * self._size, SERVED_ROWS_A_BATCH) if batch.is_served else ROWS_A_BATCH
        return batch

    async def _rows_of_a_batch(self) -> list[_Read]:
        """Up to a batch of rows, none at the end. While all rows are served from the store, the next are read ahead."""
        if not self._ahead:
            with self._stop.interruptible():
                self._ahead = await (self._reading or self._read())
            self._reading = self._read() if self._ahead and self._size > ROWS_A_BATCH else None
        rows, self._ahead = self._ahead[: self._size], self._ahead[self._size :]
        return rows

    def _read(self) -> asyncio.Task[list[_Read]]:
        """Start reading in a thread, which may be abandoned: a source can keep it waiting for ever."""
        reading = anyio.to_thread.run_sync(self._next_rows, self._size, abandon_on_cancel=True)
        return asyncio.get_running_loop().create_task(reading)

    def _next_rows(self, most: int) -> list[_Read]:
        rows: list[_Read] = []
        try:
            while not self.broken_off and len(rows) < most and (row := next(self._rows, None)):
                number = next(self._number)
                rows.append(
                    (number, row) if isinstance(row, Rejected) else Numbered(number, row, wish(row, self._chains))
                )
        except SourceError as error:
            self.broken_off = error
        return rows

    async def plan(self, items: Sequence[Numbered]) -> list[tuple[Numbered, Plan]]:
        """Items with their plans. Those that the stored person gives new hints for are planned again with these."""
        wishes = [item.wish for item in items]
        plans = await self._store.plan(wishes)
        planned = list(zip(items, plans, strict=True))
        if again := to_plan_again(wishes, plans, self._chains):
            decided = await self._store.plan(list(again.values()))
            for (place, known), plan in zip(again.items(), decided, strict=True):
                planned[place] = (replace(items[place], wish=known), plan)
        return planned
