"""The pace of one vendor. A fake clock moves; nothing sleeps."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import anyio
import pytest
from anyio.abc import TaskGroup
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.pace import Departures, WindowPace


class HandClock(Clock):
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self._moved = anyio.Event()

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        until = self.time + seconds
        while self.time < until:
            await self._moved.wait()

    async def advance(self, seconds: float) -> None:
        """Let so many seconds pass, and everybody who may leave by then leave."""
        await anyio.wait_all_tasks_blocked()
        self.time += seconds
        self._moved.set()
        self._moved = anyio.Event()
        await anyio.wait_all_tasks_blocked()


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


async def test_a_burst_may_leave_at_once_and_the_next_when_the_window_has_passed() -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(parse_rate("2/1s"), clock), group)
        for name in "abc":
            crowd.join(name)
        await clock.advance(0.75)
        assert crowd.left == ["a", "b"]
        await clock.advance(0.25)
        assert crowd.left == ["a", "b", "c"]


async def test_all_windows_hold() -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(parse_rate("1/1s,2/1m"), clock), group)
        for name in "abc":
            crowd.join(name)
        await clock.advance(1)
        assert crowd.left == ["a", "b"]
        await clock.advance(58)
        assert crowd.left == ["a", "b"]
        await clock.advance(1)
        assert crowd.left == ["a", "b", "c"]


async def test_who_came_first_leaves_first() -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(parse_rate("1/1s"), clock), group)
        for name in "abcdef":
            crowd.join(name)
            await clock.advance(0)
        for _ in range(5):
            await clock.advance(1)
        assert crowd.left == list("abcdef")


@pytest.mark.parametrize("gone", ["b", "c"], ids=["whose turn it is", "who stands behind"])
async def test_who_is_cancelled_takes_no_permit_and_holds_nobody_up(gone: str) -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        crowd = Crowd(WindowPace(parse_rate("1/1s"), clock), group)
        scopes = {name: crowd.join(name) for name in "abcd"}
        await clock.advance(0.5)
        scopes[gone].cancel()
        await clock.advance(0.5)
        await clock.advance(1)
        assert crowd.left == [name for name in "abcd" if name != gone]


@pytest.mark.parametrize("rate", ["none", "5/1s"])
async def test_a_pause_holds_everybody_and_the_longest_wins(rate: str) -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        pace = WindowPace(parse_rate(rate), clock)
        crowd = Crowd(pace, group)
        pace.pause(30)
        pace.pause(10)
        crowd.join("a")
        crowd.join("b")
        await clock.advance(29)
        assert (crowd.left, pace.paused_for()) == ([], 1.0)
        await clock.advance(1)
        assert (crowd.left, pace.paused_for()) == (["a", "b"], 0.0)


async def test_a_pause_holds_those_who_wait_already() -> None:
    clock = HandClock()
    async with anyio.create_task_group() as group:
        pace = WindowPace(parse_rate("1/1s"), clock)
        crowd = Crowd(pace, group)
        crowd.join("a")
        crowd.join("b")
        await clock.advance(0.5)
        pace.pause(10)
        await clock.advance(9)
        assert crowd.left == ["a"]
        await clock.advance(1)
        assert crowd.left == ["a", "b"]


async def test_without_windows_and_pause_not_even_a_turn_of_the_event_loop_passes() -> None:
    pace = WindowPace(parse_rate("none"), HandClock())
    turns: list[str] = []
    asyncio.get_running_loop().call_soon(turns.append, "another's")
    for _ in range(1_000):
        await pace.acquire()
    assert turns == []


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
            departures.close(now + pause)
        allowed = [left[-window.count] + window.seconds for window in rate if len(left) >= window.count]
        earliest = max([now, closed_until, *allowed])
        while delay := departures.delay(now):
            now += delay
        departures.take(now)
        left.append(now)
        assert now == pytest.approx(earliest, rel=1e-12)
    for window in rate:
        assert all(
            later >= earlier + window.seconds for earlier, later in zip(left, left[window.count :], strict=False)
        )
    assert all(earlier <= later for earlier, later in pairwise(left))
