"""Calendar months in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def month_of(at: datetime) -> str:
    """The month of an aware time, as `YYYY-MM` in UTC."""
    return f"{at.astimezone(UTC):%Y-%m}"


def next_month(at: datetime) -> datetime:
    """The first instant of the month after, in UTC."""
    utc = at.astimezone(UTC)
    return datetime(utc.year + utc.month // 12, utc.month % 12 + 1, 1, tzinfo=UTC)


def iso(at: datetime) -> str:
    """An aware time as ISO-8601 in UTC, as the store and every JSON output write it: `2026-12-01T00:00:00Z`."""
    utc = at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds" if utc.microsecond else "seconds").replace("+00:00", "Z")
