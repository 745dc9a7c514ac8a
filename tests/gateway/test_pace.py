"""The pace of one vendor. A fake clock moves; nothing sleeps."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import anyio
import pytest
from anyio.abc import TaskGroup
from hypothesis import example, given
from hypothesis import strategies as st

from enrich_cli.domain.rate import Window, parse_rate, seconds_for
from enrich_cli.gateway.pace import Departures, OwnDepartures, WindowPace

if TYPE_CHECKING:
    from tests.gateway.conftest import HandClock


class Crowd:
    """Lookups that want to leave, and the order in which they did."""

    def __init__(self, pace: WindowPace, group: TaskGroup) -> None:
        self.left: list[str] = []
        self._pace = pace
        self._group = group

    def join(self, name: str) -> anyio.CancelScope:
        scope = anyio.CancelScope()
        self._group.start_soon(self._leave, name, scope)
        return scope

    async def _leave(self, name: str, scope: anyio.CancelScope) -> None:
        with scope:
            await self._pace.acquire()
            self.left.append(name)


async def test_a_burst_may_leave_at_once_and_the_next_when_the_window_has_passed(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(Departures(parse_rate("2/1s")), clock), group)
        for name in "abc":
            crowd.join(name)
        await clock.advance(0.75)
        assert crowd.left == ["a", "b"]
        await clock.advance(0.25)
        assert crowd.left == ["a", "b", "c"]


async def test_all_windows_hold(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(Departures(parse_rate("1/1s,2/1m")), clock), group)
        for name in "abc":
            crowd.join(name)
        await clock.advance(1)
        assert crowd.left == ["a", "b"]
        await clock.advance(58)
        assert crowd.left == ["a", "b"]
        await clock.advance(1)
        assert crowd.left == ["a", "b", "c"]


async def test_who_came_first_leaves_first(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(Departures(parse_rate("1/1s")), clock), group)
        for name in "abcdef":
            crowd.join(name)
            await clock.advance(0)
        for _ in range(5):
            await clock.advance(1)
        assert crowd.left == list("abcdef")


@pytest.mark.parametrize("gone", ["b", "c"], ids=["whose turn it is", "who stands behind"])
async def test_who_is_cancelled_takes_no_permit_and_holds_nobody_up(clock: HandClock, gone: str) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(Departures(parse_rate("1/1s")), clock), group)
        scopes = {name: crowd.join(name) for name in "abcd"}
        await clock.advance(0.5)
        scopes[gone].cancel()
        await clock.advance(0.5)
        await clock.advance(1)
        assert crowd.left == [name for name in "abcd" if name != gone]


@pytest.mark.parametrize("rate", ["none", "5/1s"])
async def test_a_pause_holds_everybody_and_the_longest_wins(clock: HandClock, rate: str) -> None:
    async with anyio.create_task_group() as group:
        pace = WindowPace(Departures(parse_rate(rate)), clock)
        crowd = Crowd(pace, group)
        pace.pause(30)
        pace.pause(10)
        crowd.join("a")
        crowd.join("b")
        await clock.advance(29)
        assert (crowd.left, pace.paused_for()) == ([], 1.0)
        await clock.advance(1)
        assert (crowd.left, pace.paused_for()) == (["a", "b"], 0.0)


async def test_a_pause_holds_those_who_wait_already(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        pace = WindowPace(Departures(parse_rate("1/1s")), clock)
        crowd = Crowd(pace, group)
        crowd.join("a")
        crowd.join("b")
        await clock.advance(0.5)
        pace.pause(10)
        await clock.advance(9)
        assert crowd.left == ["a"]
        await clock.advance(1)
        assert crowd.left == ["a", "b"]


async def test_without_windows_and_pause_not_even_a_turn_of_the_event_loop_passes(clock: HandClock) -> None:
    pace = WindowPace(Departures(parse_rate("none")), clock)
    turns: list[str] = []
    asyncio.get_running_loop().call_soon(turns.append, "another's")
    for _ in range(1_000):
        await pace.acquire()
    assert turns == []


@pytest.mark.parametrize("rate", ["none", "1/1s"])
async def test_it_is_told_beforehand_whether_one_would_have_to_wait(clock: HandClock, rate: str) -> None:
    pace = WindowPace(Departures(parse_rate(rate)), clock)
    assert not pace.would_wait()
    await pace.acquire()
    assert pace.would_wait() is (rate == "1/1s")
    await clock.advance(1)
    assert not pace.would_wait()
    pace.pause(5)
    assert pace.would_wait()


async def test_who_comes_while_others_wait_would_wait_too(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        pace = WindowPace(Departures(parse_rate("1/1s")), clock)
        crowd = Crowd(pace, group)
        crowd.join("a")
        crowd.join("b")
        await clock.advance(0.5)
        crowd.join("c")
        await clock.advance(0.5)
        assert (crowd.left, pace.would_wait()) == (["a", "b"], True)
        group.cancel_scope.cancel()


async def test_what_is_given_back_lets_the_next_leave_at_once(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        pace = WindowPace(Departures(parse_rate("1/1h")), clock)
        acquired = await pace.acquire()
        crowd = Crowd(pace, group)
        crowd.join("a")
        await clock.advance(1)
        assert acquired is not None
        pace.give_back(acquired)
        await clock.advance(0)
        assert crowd.left == ["a"]


async def test_nobody_sits_out_a_pause_longer_than_the_patience_also_when_waiting_already(clock: HandClock) -> None:
    pace = WindowPace(Departures(parse_rate("1/1h")), clock)
    await pace.acquire()
    got: list[float | None] = []

    async def acquire() -> None:
        got.append(await pace.acquire(patience=60))

    async with anyio.create_task_group() as group:
        group.start_soon(acquire)
        group.start_soon(acquire)
        await clock.advance(1)
        pace.pause(61)
        await clock.advance(0)
        assert got == [None, None]


async def test_a_pause_within_the_patience_is_sat_out(clock: HandClock) -> None:
    pace = WindowPace(Departures(parse_rate("none")), clock)
    pace.pause(60)
    assert await clock.until_done(pace.acquire(patience=60)) == clock.monotonic() == 1_060


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


def paces_of_all_and_of_one_path(clock: HandClock, of_all: str, own: str) -> tuple[WindowPace, WindowPace]:
    all_departures = Departures(parse_rate(of_all))
    own_departures = OwnDepartures(Departures(parse_rate(own)), all_departures)
    return WindowPace(all_departures, clock), WindowPace(own_departures, clock)


async def test_a_path_with_windows_of_its_own_keeps_to_them_and_holds_up_nobody_else(clock: HandClock) -> None:
    of_all, own = paces_of_all_and_of_one_path(clock, "3/1s", "1/1s")
    async with anyio.create_task_group() as group:
        others, those = Crowd(of_all, group), Crowd(own, group)
        for name in ("one", "two"):
            those.join(name)
        await clock.advance(0)
        for name in "abc":
            others.join(name)
        await clock.advance(0.5)
        assert (those.left, others.left) == (["one"], ["a", "b"])
        await clock.advance(0.5)
        assert (those.left, others.left) == (["one", "two"], ["a", "b", "c"])


async def test_what_leaves_for_such_a_path_counts_among_all(clock: HandClock) -> None:
    of_all, own = paces_of_all_and_of_one_path(clock, "2/1s", "5/1s")
    await own.acquire()
    await of_all.acquire()
    assert of_all.would_wait()
    assert own.would_wait()


async def test_what_may_not_leave_among_all_is_not_counted_for_its_path(clock: HandClock) -> None:
    of_all, own = paces_of_all_and_of_one_path(clock, "1/1s", "1/1h")
    await of_all.acquire()
    with anyio.move_on_after(0):
        await own.acquire()
    await clock.advance(1)
    assert await own.acquire() == clock.monotonic()


async def test_what_did_not_leave_after_all_is_free_for_its_path_and_for_all(clock: HandClock) -> None:
    of_all, own = paces_of_all_and_of_one_path(clock, "1/1m", "1/1h")
    acquired = await own.acquire()
    assert acquired is not None
    own.give_back(acquired)
    assert not own.would_wait()
    assert not of_all.would_wait()


async def test_a_pause_of_the_vendor_holds_for_its_paths(clock: HandClock) -> None:
    of_all, own = paces_of_all_and_of_one_path(clock, "none", "5/1s")
    of_all.pause(30)
    assert own.would_wait()
    assert own.paused_for() == 30
    assert await own.acquire(patience=29) is None


async def test_it_is_slowing_while_a_window_makes_somebody_wait_and_a_second_longer(clock: HandClock) -> None:
    pace = WindowPace(Departures(parse_rate("1/5s")), clock)
    async with anyio.create_task_group() as group:
        crowd = Crowd(pace, group)
        crowd.join("a")
        await clock.advance(0)
        assert not pace.is_slowing()
        crowd.join("b")
        await clock.advance(4)
        assert pace.is_slowing()
        await clock.advance(2)
        assert (crowd.left, pace.is_slowing()) == (["a", "b"], True)
        await clock.advance(0.5)
        assert not pace.is_slowing()


async def test_a_pause_is_no_slowing(clock: HandClock) -> None:
    pace = WindowPace(Departures(()), clock)
    pace.pause(10)
    async with anyio.create_task_group() as group:
        Crowd(pace, group).join("a")
        await clock.advance(5)
        assert not pace.is_slowing()
        await clock.advance(6)


spans = st.lists(st.tuples(st.integers(1, 30), st.sampled_from([1.0, 10.0, 60.0])), max_size=3)


@given(spans, st.integers(1, 200))
def test_what_a_rate_is_said_to_take_is_what_its_pace_takes(windows: list[tuple[int, float]], number: int) -> None:
    rate = tuple(Window(count, seconds) for count, seconds in windows)
    departures, now = Departures(rate), 0.0
    for _ in range(number):
        now += departures.delay(now)
        assert not departures.leave(now)
    assert seconds_for(number, rate) == pytest.approx(now)
