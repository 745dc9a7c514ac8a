"""How many customers are in flight. One that waits for a pause or a poll gives its slot to another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import anyio


class Slots:
    """A bounded number of places; FIFO."""

    def __init__(self, count: int) -> None:
        self._places = anyio.Semaphore(count, fast_acquire=True)

    def slot(self) -> Slot:
        """A customer's place, for as long as a block with it lasts."""
        return Slot(self._places)


class Slot:
    """One customer's place, taken when a block with it is entered; it may be given away and taken again."""

    def __init__(self, places: anyio.Semaphore) -> None:
        self._places = places
        self._held = False

    async def __aenter__(self) -> Self:
        await self.take()
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.give()

    async def take(self) -> None:
        await self._places.acquire()
        self._held = True

    def give(self) -> None:
        if self._held:
            self._held = False
            self._places.release()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[None]:
        """Let another customer have the place while this one waits."""
        self.give()
        yield
        await self.take()
