"""How many customers are held in memory, so that reading does not run ahead of the vendors."""

from __future__ import annotations

import asyncio

from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Stop

TIMES_THE_SLOTS = 4
"""How many customers are held for each one in flight: that one, and others that keep its slot busy."""
MOST_AWAY = 2000
"""For each customer that waits for a vendor (a pause, a poll, its pace, a slow answer) one more is held, up to this
many.
"""


class Room:
    """Room in memory for customers: each enters, one at a time, and leaves when it is done."""

    def __init__(self, slots: Slots, stop: Stop) -> None:
        self._slots = slots
        self._stop = stop
        self._taken = 0
        self._changed: asyncio.Event | None = None
        slots.on_away = self._tell

    async def enter(self) -> None:
        """Wait for room. Raises Interrupted."""
        while self._taken >= TIMES_THE_SLOTS * self._slots.count + min(self._slots.away, MOST_AWAY):
            self._changed = asyncio.Event()
            with self._stop.interruptible():
                await self._changed.wait()
        self._taken += 1

    def leave(self) -> None:
        self._taken -= 1
        self._tell()

    def _tell(self) -> None:
        if self._changed:
            self._changed.set()
