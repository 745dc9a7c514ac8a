"""How fast a vendor may be asked: rules without waiting, and waiting without rules."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

import anyio

from enrich_cli.domain.rate import Window
from enrich_cli.gateway.clock import Clock

_STILL_SLOW_SECONDS = 1.0
"""Between one wait and the next there is a moment in which nobody waits."""


class Pace(Protocol):
    """When requests to one vendor may leave; shared by all of its lookups."""

    def would_wait(self) -> bool:
        """Would `acquire` have to wait now?"""

    async def acquire(
        self, patience: float = math.inf, *, prepare: Callable[[], Awaitable[None]] | None = None
    ) -> float | None:
        """Return when one more request may leave, now; in order of arrival. The result is what `give_back` takes.

        `prepare` is awaited when it is one's turn, before the request counts as leaving. Returns None, as soon as it is
        known, where that would mean to sit out a pause of more than `patience` seconds.
        """

    def left(self, acquired: float) -> None:
        """What was acquired leaves now: that is later, when it had to be written down first."""

    def give_back(self, acquired: float) -> None:
        """What was acquired did not leave after all."""

    def pause(self, seconds: float) -> None:
        """Let nobody leave for so many seconds from now; of several pauses the longest wins."""

    def paused_for(self) -> float:
        """Seconds that are left of a pause; 0 when there is none."""

    def is_slowing(self) -> bool:
        """Do requests wait because the vendor may not be asked any faster, now or up to a second ago?"""


class Departures:
    """What has left within each window, and so what may leave. Decides, and never waits; times are in seconds."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._recent = [(window.seconds, deque[float](maxlen=window.count)) for window in windows]
        self._closed_until = 0.0

    def is_free(self, now: float) -> bool:  # noqa: ARG002 for those who share it
        """No window, and never closed: nobody ever had to wait."""
        return not self._recent and not self._closed_until

    def delay(self, now: float) -> float:
        """Seconds until one more may leave, if nothing else leaves first; 0 when it may leave now."""
        earliest = self._closed_until
        for seconds, recent in self._recent:
            if len(recent) == recent.maxlen:
                earliest = max(earliest, recent[0] + seconds)
        return max(0.0, earliest - now)

    def leave(self, now: float) -> float:
        """One leaves now, if it may: then the result is 0, else what `delay` says."""
        delay = self.delay(now)
        if not delay:
            self._count(now)
        return delay

    def _count(self, now: float) -> None:
        for _, recent in self._recent:
            recent.append(now)

    def move(self, taken: float, now: float) -> None:
        """The one that was taken then leaves only now."""
        for _, recent in self._recent:
            if taken in recent:
                recent.remove(taken)
                recent.append(now)

    def give_back(self, taken: float) -> None:
        """The one that was taken then did not leave."""
        for _, recent in self._recent:
            if taken in recent:
                recent.remove(taken)

    def close(self, until: float, now: float) -> None:  # noqa: ARG002 for those who share it
        """Nothing leaves before that; never shortens."""
        self._closed_until = max(self._closed_until, until)

    def closed_for(self, now: float) -> float:
        """Seconds until it opens again; 0 when it is open."""
        return max(0.0, self._closed_until - now)


class OwnDepartures(Departures):
    """What leaves for a path that has windows of its own, within those that hold for all paths."""

    def __init__(self, windows: Departures, of_all: Departures) -> None:
        self._windows = windows
        self._of_all = of_all

    def is_free(self, now: float) -> bool:
        return self._windows.is_free(now) and self._of_all.is_free(now)

    def delay(self, now: float) -> float:
        return max(self._windows.delay(now), self._of_all.delay(now))

    def leave(self, now: float) -> float:
        if delay := self._windows.leave(now):
            return delay
        if delay := self._of_all.leave(now):
            self._windows.give_back(now)
        return delay

    def move(self, taken: float, now: float) -> None:
        self._windows.move(taken, now)
        self._of_all.move(taken, now)

    def give_back(self, taken: float) -> None:
        self._windows.give_back(taken)
        self._of_all.give_back(taken)

    def close(self, until: float, now: float) -> None:
        self._of_all.close(until, now)

    def closed_for(self, now: float) -> float:
        return self._of_all.closed_for(now)


class WindowPace:
    """Every window holds at every instant, bursts allowed.

    Who waits longest goes next; who is cancelled while waiting has taken nothing, and the next one waits in its place.
    """

    def __init__(self, departures: Departures, clock: Clock) -> None:
        self._departures = departures
        self._clock = clock
        self._turn = anyio.Lock(fast_acquire=True)
        self._nap: anyio.CancelScope | None = None
        """The sleep of the one whose turn it is."""
        self._held_up_until = -math.inf
        """When the last one that had to wait for a window may leave, or might."""

    def would_wait(self) -> bool:
        now = self._clock.monotonic()
        return not self._departures.is_free(now) and (self._turn.locked() or self._departures.delay(now) > 0)

    def left(self, acquired: float) -> None:
        self._departures.move(acquired, self._clock.monotonic())

    def give_back(self, acquired: float) -> None:
        self._departures.give_back(acquired)
        self._wake()

    async def acquire(
        self, patience: float = math.inf, *, prepare: Callable[[], Awaitable[None]] | None = None
    ) -> float | None:
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
        """Wait until one more may leave; False, at once, when that would mean to sit out too long a pause."""
        while delay := self._departures.delay(now := self._clock.monotonic()):
            if self._departures.closed_for(now) > patience:
                return False
            if not self._departures.closed_for(now):
                self._held_up_until = now + delay
            with anyio.CancelScope() as self._nap:
                await self._clock.sleep(delay)
        return True

    def pause(self, seconds: float) -> None:
        now = self._clock.monotonic()
        self._departures.close(now + seconds, now)
        self._wake()

    def paused_for(self) -> float:
        return self._departures.closed_for(self._clock.monotonic())

    def is_slowing(self) -> bool:
        return self._clock.monotonic() <= self._held_up_until + _STILL_SLOW_SECONDS

    def _wake(self) -> None:
        """Things have changed: whoever sleeps looks again for how long."""
        if self._nap:
            self._nap.cancel()
