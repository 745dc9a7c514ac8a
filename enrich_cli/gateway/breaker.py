"""Leaving a vendor alone for a while if it keeps failing."""

from __future__ import annotations

FAILURES_TO_OPEN = 10
OPEN_SECONDS = 30.0


class Breaker:
    """Opens after `FAILURES_TO_OPEN` failures in a row, for `OPEN_SECONDS`; then one request may try.

    It never waits itself: times are monotonic seconds, passed in.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._closed_again_at = 0.0

    def lets_through(self, now: float) -> bool:
        """May a request leave now?"""
        return not self.seconds_left(now)

    def seconds_left(self, now: float) -> float:
        """How long until a request may leave; 0 if one may leave now."""
        return max(0.0, self._closed_again_at - now) if self._failures >= FAILURES_TO_OPEN else 0.0

    def left(self, now: float) -> None:
        """A request leaves. The first one after the pause is a trial: others wait for its result."""
        if self._failures >= FAILURES_TO_OPEN:
            self._closed_again_at = now + OPEN_SECONDS

    def stayed(self, now: float) -> None:
        """The request did not leave after all; if it was the trial, another request may be."""
        if self._failures >= FAILURES_TO_OPEN:
            self._closed_again_at = now

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, now: float) -> None:
        self._failures += 1
        if self._failures >= FAILURES_TO_OPEN:
            self._closed_again_at = now + OPEN_SECONDS
