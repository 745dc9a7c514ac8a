"""The pace of one vendor. A fake clock moves; nothing sleeps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import anyio
import pytest
from anyio.abc import TaskGroup

from enrich_cli.domain.rate import parse_rate
from enrich_cli.gateway.departures import Departures, OwnDepartures
from enrich_cli.gateway.pace import Pace

if TYPE_CHECKING:
    from tests.gateway.conftest import HandClock


class Crowd:
    """Lookups that want to leave, and the order in which they did."""

    def __init__(self, pace: Pace, group: TaskGroup) -> None:
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
        crowd = Crowd(Pace(Departures(parse_rate("2/1s")), clock), group)
        for name in "abc":
            crowd.join(name)
        await clock.advance(0.75)
        assert crowd.left == ["a", "b"]
        await clock.advance(0.25)
        assert crowd.left == ["a", "b", "c"]


async def test_all_windows_hold(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(Pace(Departures(parse_rate("1/1s,2/1m")), clock), group)
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
        crowd = Crowd(Pace(Departures(parse_rate("1/1s")), clock), group)
        for name in "abcdef":
            crowd.join(name)
            await clock.advance(0)
        for _ in range(5):
            await clock.advance(1)
        assert crowd.left == list("abcdef")


@pytest.mark.parametrize("gone", ["b", "c"], ids=["whose turn it is", "who stands behind"])
async def test_who_is_cancelled_takes_no_permit_and_holds_nobody_up(clock: HandClock, gone: str) -> None:
    async with anyio.create_task_group() as group:
        crowd = Crowd(Pace(Departures(parse_rate("1/1s")), clock), group)
        scopes = {name: crowd.join(name) for name in "abcd"}
        await clock.advance(0.5)
        scopes[gone].cancel()
        await clock.advance(0.5)
        await clock.advance(1)
        assert crowd.left == [name for name in "abcd" if name != gone]


@pytest.mark.parametrize("rate", ["none", "5/1s"])
async def test_a_pause_holds_everybody_and_the_longest_wins(clock: HandClock, rate: str) -> None:
    async with anyio.create_task_group() as group:
        pace = Pace(Departures(parse_rate(rate)), clock)
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
        pace = Pace(Departures(parse_rate("1/1s")), clock)
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
    pace = Pace(Departures(parse_rate("none")), clock)
    turns: list[str] = []
    asyncio.get_running_loop().call_soon(turns.append, "another's")
    for _ in range(1_000):
        await pace.acquire()
    assert turns == []


@pytest.mark.parametrize("rate", ["none", "1/1s"])
async def test_it_is_told_beforehand_whether_one_would_have_to_wait(clock: HandClock, rate: str) -> None:
    pace = Pace(Departures(parse_rate(rate)), clock)
    assert not pace.would_wait()
    await pace.acquire()
    assert pace.would_wait() is (rate == "1/1s")
    await clock.advance(1)
    assert not pace.would_wait()
    pace.pause(5)
    assert pace.would_wait()


async def test_who_comes_while_others_wait_would_wait_too(clock: HandClock) -> None:
    async with anyio.create_task_group() as group:
        pace = Pace(Departures(parse_rate("1/1s")), clock)
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
        pace = Pace(Departures(parse_rate("1/1h")), clock)
        acquired = await pace.acquire()
        crowd = Crowd(pace, group)
        crowd.join("a")
        await clock.advance(1)
        assert acquired is not None
        pace.give_back(acquired)
        await clock.advance(0)
        assert crowd.left == ["a"]


async def test_nobody_sits_out_a_pause_longer_than_the_patience_also_when_waiting_already(clock: HandClock) -> None:
    pace = Pace(Departures(parse_rate("1/1h")), clock)
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
    pace = Pace(Departures(parse_rate("none")), clock)
    pace.pause(60)
    assert await clock.until_done(pace.acquire(patience=60)) == clock.monotonic() == 1_060


def paces_of_all_and_of_one_path(clock: HandClock, of_all: str, own: str) -> tuple[Pace, Pace]:
    all_departures = Departures(parse_rate(of_all))
    own_departures = OwnDepartures(Departures(parse_rate(own)), all_departures)
    return Pace(all_departures, clock), Pace(own_departures, clock)


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
    pace = Pace(Departures(parse_rate("1/5s")), clock)
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
    pace = Pace(Departures(()), clock)
    pace.pause(10)
    async with anyio.create_task_group() as group:
        Crowd(pace, group).join("a")
        await clock.advance(5)
        assert not pace.is_slowing()
        await clock.advance(6)
