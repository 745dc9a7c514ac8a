"""How many requests a vendor may have in flight: half as many when it has trouble, then more again, one by one."""

from __future__ import annotations

import math

_IN_USE = 0.5
"""From this share of the limit on, an answer tells that the vendor can take more than that."""


class Limit:
    """Additive increase, multiplicative decrease, as Netflix's concurrency-limits has it: half as many for trouble, one
    more for each answer. A rule without waiting: times are monotonic seconds.

    What becomes of requests that left before it was halved tells nothing of what the vendor can take now.
    """

    def __init__(self, ceiling: float = math.inf) -> None:
        """A whole number; it starts there, and never goes above it."""
        self.ceiling = ceiling
        self.now = ceiling
        """A whole number."""
        self.lowest = ceiling
        self._halved_at = -math.inf
        self._answers = True
        """Somebody was answered since."""

    def trouble(self, sent_at: float, now: float) -> None:
        """A request that left then met trouble: half as many, once for all that were in flight together; never below 1.

        While nobody at all is answered, it is not that there are too many.
        """
        if sent_at > self._halved_at and self._answers and self.now < math.inf:
            self._halved_at, self._answers = now, False
            self.now = max(1, self.now // 2)
            self.lowest = min(self.lowest, self.now)

    def answered(self, sent_at: float, in_flight: int) -> None:
        """A request that left then was answered, one of so many: there is room for one more."""
        if sent_at <= self._halved_at:
            return
        self._answers = True
        if self.now < self.ceiling and in_flight >= self.now * _IN_USE:
            self.now = self.now + 1
