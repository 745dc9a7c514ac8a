"""Telling a plan that is used up from requests that come too fast, at vendors that say the same of both."""

from __future__ import annotations

_IN_FLIGHT = 1.0
"""Seconds in which requests that had left before the first 429 bring theirs."""


class Slowdown:
    """The 429s of an account that no other answer has interrupted."""

    def __init__(self, longest: float) -> None:
        """`longest`: seconds in which a limit of speed is surely over."""
        self._longest = longest
        self._since: float | None = None
        """When the first of them came, epoch seconds."""
        self._asked: float | None = None

    def outlasts(self, at: float, asked: float | None = None) -> bool:
        """Count the 429 that came at this time, in epoch seconds: is waiting any longer in vain?

        `asked`: seconds of pause that it asks for, after which the limit is over by its own word.
        """
        if self._since is None:
            self._since, self._asked = at, asked
        pause = self._longest if self._asked is None else max(self._asked, _IN_FLIGHT)
        return at - self._since > pause

    def ended(self) -> None:
        """An answer came that asked for no slowing down."""
        self._since = None
