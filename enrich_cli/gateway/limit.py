"""How many requests a vendor may have in flight: halved after trouble, then raised one by one."""

from __future__ import annotations

import math

_IN_USE = 0.5
"""From this share of the limit on, an answer shows that the vendor can take more."""


class Limit:
    """Additive increase, multiplicative decrease, as in Netflix's concurrency-limits: halved after trouble, one more
    for each answer. It never waits itself: times are monotonic seconds.

    The outcome of requests that left before the last halving says nothing about what the vendor can take now.
    """

    def __init__(self, ceiling: float = math.inf) -> None:
        """The limit starts at this whole number, and never exceeds it."""
        self.ceiling = ceiling
        self.now = ceiling
        """A whole number."""
        self.lowest = ceiling
        self._halved_at = -math.inf
        self._answers = True
        """Whether somebody was answered since."""

    def trouble(self, sent_at: float, now: float) -> None:
        """A request that left then met trouble: halve the limit, once for all that were in flight together; never below
        1.

        As long as nobody at all is answered, the number of requests is not the cause.
        """
        if sent_at > self._halved_at and self._answers and self.now < math.inf:
            self._halved_at, self._answers = now, False
            self.now = max(1, self.now // 2)
            self.lowest = min(self.lowest, self.now)

    def answered(self, sent_at: float, in_flight: int) -> None:
        """A request that left then was answered, one of this many in flight: there is room for one more."""
        if sent_at <= self._halved_at:
            return
        self._answers = True
        if self.now < self.ceiling and in_flight >= self.now * _IN_USE:
            self.now = self.now + 1
