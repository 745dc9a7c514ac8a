"""How times are shown to people: in local time or UTC. Programs always get UTC (`iso`)."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import msgspec

_DAY_SECONDS = 24 * 3600


class Times(msgspec.Struct, frozen=True):
    """The one way to write an aware time for people."""

    utc: bool = False
    """Otherwise the machine's local time, including daylight saving."""

    def minute(self, at: datetime) -> str:
        """`2026-11-03 10:30 CET`"""
        return f"{self._there(at):%Y-%m-%d %H:%M %Z}"

    def second(self, at: datetime) -> str:
        """`2026-11-03 10:30:05 CET`"""
        return f"{self._there(at):%Y-%m-%d %H:%M:%S %Z}"

    def day(self, at: datetime) -> str:
        """`1 December 01:00 CET`"""
        there = self._there(at)
        return f"{there.day} {there:%B %H:%M %Z}"

    def clock(self, at: datetime) -> str:
        """`10:30:05`, for a time that is near."""
        return f"{self._there(at):%H:%M:%S}"

    def _there(self, at: datetime) -> datetime:
        return at.astimezone(UTC) if self.utc else at.astimezone()


LOCAL = Times()
IN_UTC = Times(utc=True)


def has_local_time() -> bool:
    """Can the machine's local time be shown? `TZ` may put it a day or more from UTC, which no place is."""
    return max(abs(time.timezone), abs(time.altzone)) < _DAY_SECONDS
