"""Months and times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.months import from_stamp, iso, last_months, month_of, next_month, stamp

TOKYO = timezone(timedelta(hours=9))
times = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.sampled_from([UTC, TOKYO]))  # noqa: DTZ001 the strategy wants bounds without a zone


@pytest.mark.parametrize(
    ("at", "month", "following"),
    [
        (datetime(2026, 11, 3, 9, 30, tzinfo=UTC), "2026-11", datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "2026-12", datetime(2027, 1, 1, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, 59, tzinfo=TOKYO), "2026-11", datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 1, 9, 0, tzinfo=TOKYO), "2026-12", datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_month_is_a_calendar_month_in_utc(at: datetime, month: str, following: datetime) -> None:
    assert (month_of(at), next_month(at)) == (month, following)


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (datetime(2026, 2, 28, tzinfo=UTC), ["2025-12", "2026-01", "2026-02"]),
        (datetime(2026, 3, 1, 8, 59, tzinfo=TOKYO), ["2025-12", "2026-01", "2026-02"]),
        (datetime(2026, 12, 1, tzinfo=UTC), ["2026-10", "2026-11", "2026-12"]),
    ],
)
def test_the_last_months_end_with_the_one_that_it_is(at: datetime, months: list[str]) -> None:
    assert last_months(at, 3) == months


@given(times)
def test_the_next_month_is_the_first_instant_of_another(at: datetime) -> None:
    following = next_month(at)
    assert following > at
    assert month_of(following) > month_of(at) == month_of(following - timedelta(microseconds=1))


def test_reports_write_times_to_the_second() -> None:
    assert iso(datetime(2026, 12, 1, 9, tzinfo=TOKYO)) == "2026-12-01T00:00:00Z"


@given(times, times)
def test_the_text_order_of_stamps_is_their_order_in_time(one: datetime, other: datetime) -> None:
    milliseconds = [at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000) for at in (one, other)]
    assert (stamp(one) < stamp(other)) is (milliseconds[0] < milliseconds[1])
    assert from_stamp(stamp(one)) == milliseconds[0]
