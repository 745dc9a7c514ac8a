"""How fast something has been going recently."""

from __future__ import annotations

from collections import deque

_SPAN_SECONDS = 30.0
"""What is served from the store lands at once, and must not distort the time left for long."""
_BETWEEN_SECONDS = 0.5


class Speed:
    """The speed at which a number grows. It has no clock: times are monotonic seconds, passed in."""

    def __init__(self, now: float) -> None:
        self._seen = deque([(now, 0)])

    def of(self, number: int, now: float) -> float:
        """How much the number grew per second over the last half minute, now that it is `number`."""
        if now - self._seen[-1][0] >= _BETWEEN_SECONDS:
            self._seen.append((now, number))
        while len(self._seen) > 1 and now - self._seen[1][0] >= _SPAN_SECONDS:
            self._seen.popleft()
        began, then = self._seen[0]
        return (number - then) / max(now - began, 0.001)
