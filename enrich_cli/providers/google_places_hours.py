"""Weekly opening hours as Google gives them: periods from a day and time to a day and time."""

from __future__ import annotations

from itertools import chain

from enrich_cli.domain.business import Hours
from enrich_cli.providers.reading import count, items, member

_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""In the vendor's numbering, from 0."""
_WEEK = (*_DAYS[1:], _DAYS[0])
_DAY_MINUTES = 24 * 60
_WEEK_MINUTES = 7 * _DAY_MINUTES

_Opening = tuple[str, tuple[str, str]]


def hours_of(place: object) -> Hours:
    """All seven days of `regularOpeningHours`; a closed day has no times.

    Empty if nothing is said, or if a period can't be read: a day left out would look closed.
    """
    if not isinstance(member(place, "regularOpeningHours", "periods"), list):
        return {}
    periods = items(place, "regularOpeningHours", "periods")
    read = [_period(period, alone=len(periods) == 1) for period in periods]
    openings = [opening for opening in read if opening is not None]
    if len(openings) < len(read):
        return {}
    by_day: dict[str, set[tuple[str, str]]] = {day: set() for day in _WEEK}
    for weekday, times in chain.from_iterable(openings):
        by_day[weekday].add(times)
    return {weekday: tuple(sorted(times)) for weekday, times in by_day.items()}


def _period(period: object, *, alone: bool) -> list[_Opening] | None:
    """The days and times of a period; None if it can't be read.

    A period without an end is open around the clock, and the only one of its week.
    """
    start = _minute(member(period, "open"))
    end = start if member(period, "close") is None and alone else _minute(member(period, "close"))
    if start is None or end is None:
        return None
    return list(_by_day(start, (end - start) % _WEEK_MINUTES or _WEEK_MINUTES))


def _by_day(start: int, length: int) -> list[_Opening]:
    """A time longer than a day is split at midnight; a shorter one that goes on after midnight is not."""
    weekday, minute = divmod(start, _DAY_MINUTES)
    name, until = _DAYS[weekday % 7], minute + length
    if until == _DAY_MINUTES and minute == 0:
        return [(name, ("00:00", "24:00"))]
    if length <= _DAY_MINUTES:
        return [(name, (_clock(minute), _clock(until % _DAY_MINUTES)))]
    midnight = _DAY_MINUTES - minute
    return [(name, (_clock(minute), "24:00")), *_by_day(start + midnight, length - midnight)]


def _minute(point: object) -> int | None:
    """The minute of the week; a missing part is 0."""
    if not isinstance(point, dict):
        return None
    parts = [0 if point.get(part) is None else count(point, part) for part in ("day", "hour", "minute")]
    weekday, hour, minute = parts
    if weekday is None or hour is None or minute is None or weekday > 6 or hour > 23 or minute > 59:
        return None
    return (weekday * 24 + hour) * 60 + minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
