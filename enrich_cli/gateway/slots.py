"""How many customers are in flight. One that waits lends its slot to another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.places import Places


class Slots:
    """A bounded number of slots; customers who come back from a vendor go before new ones."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.places = Places(Limit(count))
        self.away = 0
        """How many customers wait for a vendor, without a slot."""
        self.on_away: Callable[[], None] = lambda: None
        """Called for each customer that begins to wait for a vendor."""

    def slot(self) -> Slot:
        """A customer's slot, for the length of a block."""
        return Slot(self)


class Slot:
    """One customer's slot, taken on entering a block; it may be given up and taken again."""

    __slots__ = ("_away", "_slots", "held")

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._away = False
        self.held = False

    async def __aenter__(self) -> Self:
        await self._take(back=False)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._comes_back()
        self._give()

    async def take(self) -> None:
        """Take the slot again; does nothing if it is held."""
        was_away = self._comes_back()
        if not self.held:
            await self._take(back=was_away)

    def leave(self) -> None:
        """Wait for a vendor from now on: another customer may have the slot, and one more may be read into memory."""
        self._give()
        if not self._away:
            self._away = True
            self._slots.away += 1
            self._slots.on_away()

    @asynccontextmanager
    async def left(self) -> AsyncIterator[None]:
        """A block in which the customer waits for a vendor, without its slot."""
        self.leave()
        yield
        await self.take()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[None]:
        """Let another customer have the slot while this one waits for others of the run."""
        self._give()
        yield
        await self.take()

    async def _take(self, *, back: bool) -> None:
        places = self._slots.places
        if places.would_wait:
            await places.take(back=back)
        else:
            places.take_now()
        self.held = True

    def _give(self) -> None:
        if self.held:
            self.held = False
            self._slots.places.give()

    def _comes_back(self) -> bool:
        """The customer comes back from a vendor, if it waited for one."""
        was_away, self._away = self._away, False
        self._slots.away -= was_away
        return was_away
