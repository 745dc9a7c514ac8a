"""Weekly opening hours as Google gives them, read through Google Places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.business import Hours
from enrich_cli.providers.google_places import GooglePlaces
from enrich_cli.providers.google_places_hours import hours_of

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

GOOGLE = GooglePlaces()
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SUNDAY, MONDAY, FRIDAY, SATURDAY = 0, 1, 5, 6
ALL_DAY = (("00:00", "24:00"),)

Moment = tuple[int, int, int]


def point(moment: Moment) -> dict[str, int]:
    day, hour, minute = moment
    return {"day": day, "hour": hour, "minute": minute}


def period(start: Moment, end: Moment) -> dict[str, object]:
    return {"open": point(start), "close": point(end)}


def hours(wire: Wire, *periods: object) -> Hours:
    place = {"displayName": {"text": "Acme"}, "regularOpeningHours": {"openNow": True, "periods": list(periods)}}
    found: Hours = wire.find(GOOGLE, {"company": "Acme", "city": "Chicago"}, (200, {"places": [place]})).data.hours
    return found


def opened(hours: Hours) -> Hours:
    return {day: times for day, times in hours.items() if times}


def minutes(times: tuple[str, str]) -> int:
    """How long it is open."""
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in times)
    return end - start if end > start else end - start + 24 * 60


@given(*[st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))] * 2)
def test_it_is_open_as_long_as_the_period_lasts(start: Moment, end: Moment) -> None:
    week = hours_of({"regularOpeningHours": {"periods": [period(start, end)]}})
    began, ended = ((day * 24 + hour) * 60 + minute for day, hour, minute in (start, end))
    assert sum(minutes(times) for day in week.values() for times in day) == ((ended - began) % 10_080 or 10_080)


def test_all_days_are_told_from_monday_on_and_a_closed_one_has_no_times(wire: Wire) -> None:
    week = hours(wire, period((FRIDAY, 9, 0), (FRIDAY, 17, 30)), period((MONDAY, 8, 5), (MONDAY, 12, 0)))
    assert list(week) == WEEK
    assert opened(week) == {"monday": (("08:05", "12:00"),), "friday": (("09:00", "17:30"),)}


def test_a_lunch_break_makes_two_times_in_their_order(wire: Wire) -> None:
    week = hours(wire, period((MONDAY, 13, 0), (MONDAY, 18, 0)), period((MONDAY, 9, 0), (MONDAY, 12, 0)))
    assert opened(week) == {"monday": (("09:00", "12:00"), ("13:00", "18:00"))}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((FRIDAY, 18, 0), (SATURDAY, 2, 0), {"friday": (("18:00", "02:00"),)}),
        ((SATURDAY, 20, 0), (SUNDAY, 3, 0), {"saturday": (("20:00", "03:00"),)}),
        ((FRIDAY, 18, 0), (SATURDAY, 0, 0), {"friday": (("18:00", "00:00"),)}),
        ((FRIDAY, 0, 0), (SATURDAY, 0, 0), {"friday": ALL_DAY}),
    ],
)
def test_a_period_over_midnight_belongs_to_the_day_on_which_it_begins(
    wire: Wire, start: Moment, end: Moment, expected: Hours
) -> None:
    assert opened(hours(wire, period(start, end))) == expected


def test_a_period_of_several_days_is_parted_at_midnight(wire: Wire) -> None:
    assert opened(hours(wire, period((FRIDAY, 18, 0), (MONDAY, 2, 0)))) == {
        "friday": (("18:00", "24:00"),),
        "saturday": ALL_DAY,
        "sunday": ALL_DAY,
        "monday": (("00:00", "02:00"),),
    }


@pytest.mark.parametrize("only", [{"open": point((0, 0, 0))}, {"open": {}}, {"open": {"day": 0}, "close": None}])
def test_without_an_end_it_is_open_around_the_clock(wire: Wire, only: object) -> None:
    assert hours(wire, only) == dict.fromkeys(WEEK, ALL_DAY)


def test_a_missing_part_of_a_time_is_zero(wire: Wire) -> None:
    week = hours(wire, {"open": {"hour": 9}, "close": {"hour": "17", "minute": 30}}, period((1, 1, 0), (1, 2, 0)))
    assert opened(week) == {"monday": (("01:00", "02:00"),), "sunday": (("09:00", "17:30"),)}


def test_no_periods_are_seven_closed_days(wire: Wire) -> None:
    assert hours(wire) == dict.fromkeys(WEEK, ())


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        {"open": {"day": 7}, "close": {"day": 1}},
        {"open": {"hour": 24}, "close": {"hour": 1}},
        {"open": {"minute": 60}, "close": {"hour": 1}},
        {"open": {"hour": "nine"}, "close": {"hour": 17}},
        {"open": {"hour": 9}},
        {"close": {"hour": 9}},
    ],
)
def test_a_period_that_can_not_be_read_leaves_the_whole_week_unknown(wire: Wire, broken: object) -> None:
    assert hours(wire, period((MONDAY, 9, 0), (MONDAY, 17, 0)), broken) == {}
