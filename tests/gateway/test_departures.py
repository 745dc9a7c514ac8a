"""What may leave, by a vendor's windows: rules that wait for nothing, tried with whatever may come."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich_cli.domain.rate import Window, seconds_for
from enrich_cli.gateway.departures import Departures

windows = st.lists(st.builds(Window, st.integers(1, 5), st.sampled_from([0.1, 1.0, 7.0, 60.0])), max_size=3)
moves = st.lists(st.tuples(st.floats(0, 10), st.sampled_from([0.0, 0.0, 0.0, 3.0, 20.0])), max_size=60)


@given(windows, moves, st.floats(0, 1e9))
def test_no_window_is_ever_exceeded_and_nobody_waits_needlessly(
    rate: list[Window], moves: list[tuple[float, float]], start: float
) -> None:
    departures, now, closed_until = Departures(rate), start, 0.0
    left: list[float] = []
    for gap, pause in moves:
        now += gap
        if pause:
            closed_until = max(closed_until, now + pause)
            departures.close(now + pause, now)
        allowed = [left[-window.count] + window.seconds for window in rate if len(left) >= window.count]
        earliest = max([now, closed_until, *allowed])
        while delay := departures.delay(now):
            now += delay
        assert not departures.leave(now)
        left.append(now)
        assert now == pytest.approx(earliest, rel=1e-12)
    for window in rate:
        assert all(
            later >= earlier + window.seconds for earlier, later in zip(left, left[window.count :], strict=False)
        )
    assert all(earlier <= later for earlier, later in pairwise(left))


def test_what_leaves_later_than_it_was_taken_counts_from_then() -> None:
    departures = Departures([Window(1, 1.0)])
    departures.leave(10.0)
    departures.move(10.0, 10.75)
    assert departures.delay(11.0) == 0.75


def test_what_leaves_when_its_place_has_been_taken_counts_all_the_same() -> None:
    departures = Departures([Window(1, 1.0)])
    departures.leave(10.0)
    departures.leave(11.0)
    departures.move(10.0, 11.5)
    assert departures.delay(12.0) == 0.5


returns = st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5]), st.booleans(), st.integers(0, 2)), max_size=30)


@example(2, [(0.0, False, 0), (0.5, False, 0), (0.0, True, 1), (0.5, False, 0), (0.0, False, 0)])
@given(st.integers(2, 3), returns)
def test_no_window_is_exceeded_whoever_of_those_that_left_gives_back(
    count: int, moves: list[tuple[float, bool, int]]
) -> None:
    departures, now = Departures([Window(count, 1.0)]), 0.0
    left: list[float] = []
    for gap, gives_back, which in moves:
        now += gap
        if gives_back and left:
            departures.give_back(left.pop(-1 - which % len(left)))
        else:
            now += departures.delay(now)
            assert not departures.leave(now)
            left.append(now)
    assert all(later >= earlier + 1.0 for earlier, later in zip(left, left[count:], strict=False))


spans = st.lists(st.tuples(st.integers(1, 30), st.sampled_from([1.0, 10.0, 60.0])), max_size=3)


@given(spans, st.integers(1, 200))
def test_what_a_rate_is_said_to_take_is_what_its_pace_takes(windows: list[tuple[int, float]], number: int) -> None:
    rate = tuple(Window(count, seconds) for count, seconds in windows)
    departures, now = Departures(rate), 0.0
    for _ in range(number):
        now += departures.delay(now)
        assert not departures.leave(now)
    assert seconds_for(number, rate) == pytest.approx(now)
