"""Telling a plan that is used up from requests that come too fast, at vendors that say the same of both."""

from __future__ import annotations


class Slowdown:
    """The 429s of an account that no other answer has interrupted."""

    def __init__(self, longest: float) -> None:
        """`longest`: seconds in which a limit of speed is surely over."""
        self._longest = longest
        self._since: float | None = None
        """When the first of them came, epoch seconds."""

    def outlasts(self, at: float) -> bool:
        """Count the 429 that came at this time, in epoch seconds: is waiting any longer in vain?"""
        if self._since is None:
            self._since = at
        return at - self._since > self._longest

    def ended(self) -> None:
        """An answer came that asked for no slowing down."""
        self._since = None
