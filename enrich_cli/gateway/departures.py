"""What may leave for a vendor now, according to its windows: rules that never wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from enrich_cli.domain.rate import Window


class Departures:
    """What has left within each window, and so what may leave now. It decides and never waits; times are in seconds."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._recent = [(window.seconds, deque[float](maxlen=window.count)) for window in windows]
        self._closed_until = 0.0

    def is_free(self, now: float) -> bool:  # noqa: ARG002 for those who share it
        """No window, and never closed: nobody ever has to wait."""
        return not self._recent and not self._closed_until

    def delay(self, now: float) -> float:
        """Seconds until one more may leave, if nothing else leaves first; 0 if it may leave now."""
        earliest = self._closed_until
        for seconds, recent in self._recent:
            if len(recent) == recent.maxlen:
                earliest = max(earliest, recent[0] + seconds)
        return max(0.0, earliest - now)

    def leave(self, now: float) -> float:
        """One leaves now, if it may: then the result is 0, else that of `delay`."""
        delay = self.delay(now)
        if not delay:
            self._count(now)
        return delay

    def _count(self, now: float) -> None:
        for _, recent in self._recent:
            recent.append(now)

    def move(self, taken: float, now: float) -> None:
        """The one counted at that time leaves only now, and counts even if that time is outside the windows."""
        self._forget(taken)
        self._count(now)

    def give_back(self, taken: float) -> None:
        """The one counted at that time did not leave."""
        self._forget(taken)

    def _forget(self, taken: float) -> None:
        for _, recent in self._recent:
            if taken in recent:
                recent.remove(taken)

    def close(self, until: float, now: float) -> None:  # noqa: ARG002 for those who share it
        """Nothing leaves before this time; it never shortens an earlier call's."""
        self._closed_until = max(self._closed_until, until)

    def closed_for(self, now: float) -> float:
        """Seconds until it opens again; 0 if it is open."""
        return max(0.0, self._closed_until - now)


class OwnDepartures(Departures):
    """Departures for a path with windows of its own, within those of all paths.

    It counts nothing itself, but asks both.
    """

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
