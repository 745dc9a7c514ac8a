"""Times as people read them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from enrich_cli.domain.times import Times, has_local_time

WINTER, SUMMER = datetime(2026, 12, 1, 0, 0, 5, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as there:
        there.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def test_they_are_those_of_the_place_with_its_daylight_saving() -> None:
    times = Times()
    assert times.minute(WINTER) == "2026-11-30 19:00 EST"
    assert times.second(SUMMER) == "2026-07-01 08:00:00 EDT"
    assert times.day(WINTER) == "30 November 19:00 EST"
    assert times.clock(WINTER) == "19:00:05"


def test_or_of_utc() -> None:
    times = Times(utc=True)
    assert times.minute(WINTER) == "2026-12-01 00:00 UTC"
    assert times.second(WINTER) == "2026-12-01 00:00:05 UTC"
    assert times.day(WINTER) == "1 December 00:00 UTC"
    assert times.clock(WINTER) == "00:00:05"


@pytest.mark.parametrize(("zone", "is_one"), [("Pacific/Kiritimati", True), ("XXX-25", False), ("XXX0YYY-25", False)])
def test_no_place_is_a_day_from_utc(monkeypatch: pytest.MonkeyPatch, zone: str, is_one: bool) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert has_local_time() is is_one
