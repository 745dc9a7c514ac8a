"""How fast a vendor may be asked: waiting, by the rules of `departures`."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable

import anyio

from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures

_STILL_SLOW_SECONDS = 1.0
"""Between one wait and the next there is a moment in which nobody waits."""


class Pace:
    """When requests to one vendor may leave; shared by all of its lookups.

    Bursts are allowed; every window holds at every instant. The longest wait goes first. A wait that is cancelled has
    taken nothing, and the next one takes over.
    """

    def __init__(self, departures: Departures, clock: Clock) -> None:
        self._departures = departures
        self._clock = clock
        self._turn = anyio.Lock(fast_acquire=True)
        self._nap: anyio.CancelScope | None = None
        """The sleep of the request whose turn it is."""
        self._held_up_until = -math.inf
        """When the last request that had to wait for a window may leave, as far as known when it began to wait."""

    def would_wait(self) -> bool:
        """Would `acquire` have to wait now?"""
        now = self._clock.monotonic()
        return not self._departures.is_free(now) and (self._turn.locked() or self._departures.delay(now) > 0)

    def left(self, acquired: float) -> None:
        """The acquired request leaves only now, after it was written down or a connection was made.

        Called again, the request has left once more.
        """
        self._departures.move(acquired, self._clock.monotonic())

    def give_back(self, acquired: float) -> None:
        """The acquired request did not leave after all."""
        self._departures.give_back(acquired)
        self._wake()

    async def acquire(
        self, patience: float = math.inf, *, prepare: Callable[[], Awaitable[None]] | None = None
    ) -> float | None:
        """Return when one more request may leave, which is now; in order of arrival. The result is for `give_back`.

        `prepare` is awaited when it is one's turn, before the request counts as leaving. Returns None, as soon as it is
        known, if this would mean sitting out a pause of more than `patience` seconds.
        """
        if self._departures.is_free(self._clock.monotonic()):
            if prepare:
                await prepare()
            return self._clock.monotonic()
        async with self._turn:
            patient = await self._comes_up(patience)
            if prepare:
                await prepare()
            while patient:
                now = self._clock.monotonic()
                if not self._departures.leave(now):
                    return now
                patient = await self._comes_up(patience)
            return None

    async def _comes_up(self, patience: float) -> bool:
        """Wait until one more may leave; at once False if that would mean sitting out too long a pause."""
        while delay := self._departures.delay(now := self._clock.monotonic()):
            if self._departures.closed_for(now) > patience:
                return False
            if not self._departures.closed_for(now):
                self._held_up_until = now + delay
            with anyio.CancelScope() as self._nap:
                await self._clock.sleep(delay)
        return True

    def pause(self, seconds: float) -> None:
        """Let nobody leave for this many seconds from now; of several pauses the longest counts."""
        now = self._clock.monotonic()
        self._departures.close(now + seconds, now)
        self._wake()

    def paused_for(self) -> float:
        """The seconds left of a pause; 0 if there is none."""
        return self._departures.closed_for(self._clock.monotonic())

    def is_slowing(self) -> bool:
        """Do requests wait because of the vendor's rate, now or up to a second ago?"""
        return self._clock.monotonic() <= self._held_up_until + _STILL_SLOW_SECONDS

    def _wake(self) -> None:
        """Something has changed: whoever sleeps checks again for how long."""
        if self._nap:
            self._nap.cancel()
