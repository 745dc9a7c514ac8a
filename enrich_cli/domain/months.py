"""Calendar months and times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_MOMENTS = 256
"""Rows that are saved together share one time, so a small cache pays off."""


def month_of(at: datetime) -> str:
    """The month of an aware time, as `YYYY-MM` in UTC."""
    utc = at.astimezone(UTC)
    return f"{utc.year:04}-{utc.month:02}"


def next_month(at: datetime) -> datetime:
    """The first instant of the month after, in UTC."""
    utc = at.astimezone(UTC)
    return datetime(utc.year + utc.month // 12, utc.month % 12 + 1, 1, tzinfo=UTC)


def last_months(at: datetime, number: int) -> list[str]:
    """The last `number` months up to the month of an aware time, oldest first."""
    utc = at.astimezone(UTC)
    newest = 12 * utc.year + utc.month - 1
    return [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(newest - number + 1, newest + 1)]


@lru_cache(maxsize=_MOMENTS)
def iso(at: datetime) -> str:
    """An aware time as ISO-8601 in UTC to the second, as reports and outputs write it: `2026-12-01T00:00:00Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@lru_cache(maxsize=_MOMENTS)
def stamp(at: datetime) -> str:
    """An aware time as the store writes it: ISO-8601, UTC, always milliseconds, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def month_of_stamp(text: str) -> str:
    """The month of a time that `stamp` wrote."""
    return text[: len("YYYY-MM")]


@lru_cache(maxsize=_MOMENTS)
def from_stamp(text: str) -> datetime:
    """The aware UTC time that `stamp` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)
