"""How many requests a vendor may have in flight."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.gateway.limit import Limit


def halved(limit: Limit, *times: float) -> Limit:
    """After trouble at these times, each time with what had just left, and answers in between."""
    for time in times:
        limit.answered(time - 0.2, in_flight=0)
        limit.trouble(time - 0.1, time)
    return limit


def test_it_starts_at_the_ceiling_and_stays_there() -> None:
    limit = Limit(50)
    limit.answered(1.0, in_flight=50)
    assert (limit.now, limit.lowest) == (50, 50)


def test_trouble_halves_it_once_for_all_that_were_in_flight_together() -> None:
    limit = Limit(50)
    for sent_at in (1.0, 1.1, 2.0):
        limit.trouble(sent_at, now=2.0)
    assert limit.now == 25
    limit.answered(2.1, in_flight=1)
    limit.trouble(2.1, now=2.2)
    assert (limit.now, limit.lowest) == (12, 12)


def test_it_never_goes_below_one() -> None:
    assert halved(Limit(3), 1.0, 2.0, 3.0).now == 1


def test_while_nobody_is_answered_at_all_it_is_halved_no_further() -> None:
    limit = Limit(50)
    for time in range(10):
        limit.trouble(time - 0.1, time)
    assert limit.now == 25


def test_each_answer_makes_room_for_one_more_up_to_the_ceiling() -> None:
    limit = halved(Limit(20), 1.0)
    limit.answered(1.1, in_flight=10)
    assert limit.now == 11
    for _ in range(1000):
        limit.answered(1.1, in_flight=20)
    assert (limit.now, limit.lowest) == (20, 10)


def test_answers_tell_nothing_when_it_is_hardly_used() -> None:
    limit = halved(Limit(20), 1.0)
    for _ in range(100):
        limit.answered(1.1, in_flight=4)
    assert limit.now == 10


def test_answers_to_what_left_before_it_was_halved_tell_nothing_of_it() -> None:
    limit = halved(Limit(20), 1.0)
    for _ in range(100):
        limit.answered(1.0, in_flight=20)
    assert limit.now == 10


def test_without_a_ceiling_there_is_no_limit() -> None:
    assert halved(Limit(), 1.0).now == math.inf


@pytest.mark.parametrize("capacity", [1, 4, 10, 33])
def test_it_settles_on_what_the_vendor_can_take(capacity: int) -> None:
    """Rounds of as many as it allows; the vendor refuses those beyond what it can take."""
    limit, seen = Limit(50), []
    for time in range(2000):
        leaving = int(limit.now)
        for _ in range(min(leaving, capacity)):
            limit.answered(time, leaving)
        if leaving > capacity:
            limit.trouble(time, time + 0.5)
        seen.append(leaving)
    assert capacity / 2 <= sum(seen[1000:]) / 1000 <= 2 * capacity


EVENTS = st.lists(st.tuples(st.booleans(), st.floats(0, 100), st.integers(0, 60)))


@given(ceiling=st.integers(1, 60), events=EVENTS)
def test_whatever_happens_it_is_a_whole_number_from_one_to_the_ceiling(
    ceiling: int, events: list[tuple[bool, float, int]]
) -> None:
    limit = Limit(ceiling)
    for trouble, sent_at, in_flight in events:
        if trouble:
            limit.trouble(sent_at, sent_at + 1)
        else:
            limit.answered(sent_at, in_flight)
        assert limit.now == int(limit.now)
        assert 1 <= limit.lowest <= limit.now <= ceiling
