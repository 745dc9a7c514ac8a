"""Telling a used-up plan from requests that come too fast, at vendors that answer both alike."""

from __future__ import annotations

_IN_FLIGHT = 1.0
"""The seconds in which requests that left before the first 429 get theirs."""


class Slowdown:
    """The 429s of an account that no other answer has interrupted."""

    def __init__(self, longest: float) -> None:
        """`longest`: the seconds after which a rate limit is surely over."""
        self._longest = longest
        self._since: float | None = None
        """When the first of them came, epoch seconds."""
        self._asked: float | None = None

    def outlasts(self, at: float, asked: float | None = None) -> bool:
        """Count the 429 that came at this time, in epoch seconds: is further waiting in vain?

        `asked`: the pause in seconds that it asks for, after which the limit is over by the vendor's own word.
        """
        if self._since is None:
            self._since, self._asked = at, asked
        pause = self._longest if self._asked is None else max(self._asked, _IN_FLIGHT)
        return at - self._since > pause

    def ended(self) -> None:
        """An answer came that did not ask to slow down."""
        self._since = None
