"""A vendor's places, and the line of those who wait for one."""

from __future__ import annotations

import asyncio

import anyio
import pytest
from anyio.abc import TaskGroup

from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.places import Places
from tests.gateway.conftest import all_wait


class Queue:
    """People who come for a place; `had` notes who got one, in this order, and `sent_on` who did not."""

    def __init__(self, limit: Limit) -> None:
        self.places = Places(limit)
        self.had: list[str] = []
        self.sent_on: list[str] = []

    async def come(self, tasks: TaskGroup, *names: str, back: bool = False) -> None:
        async def wait(name: str) -> None:
            (self.had if await self.places.take(back=back) else self.sent_on).append(name)

        for name in names:
            tasks.start_soon(wait, name)
            await all_wait()

    async def leave(self, times: int = 1) -> None:
        for _ in range(times):
            self.places.give()
        await all_wait()


async def test_as_many_have_one_as_the_limit_says_and_the_rest_in_order_of_arrival() -> None:
    queue = Queue(Limit(2))
    async with anyio.create_task_group() as tasks:
        await queue.come(tasks, "a", "b", "c", "d")
        assert (queue.had, queue.places.would_wait) == (["a", "b"], True)
        await queue.leave()
        assert queue.had == ["a", "b", "c"]
        await queue.leave()
    assert queue.had == ["a", "b", "c", "d"]


async def test_who_comes_back_goes_before_who_comes_anew() -> None:
    queue = Queue(Limit(1))
    async with anyio.create_task_group() as tasks:
        await queue.come(tasks, "first", "new")
        await queue.come(tasks, "back", "later", back=True)
        await queue.leave(3)
    assert queue.had == ["first", "back", "later", "new"]


async def test_nobody_overtakes_who_waits_when_the_limit_grows() -> None:
    limit = Limit(4)
    limit.trouble(1.0, 1.0)
    queue = Queue(limit)
    async with anyio.create_task_group() as tasks:
        await queue.come(tasks, "a", "b", "c", "d", "e")
        assert queue.had == ["a", "b"]
        while limit.now < 4:
            limit.answered(2.0, in_flight=2)
        assert queue.places.would_wait
        await queue.leave()
    assert queue.had == ["a", "b", "c", "d", "e"]


async def test_when_the_limit_has_shrunk_nobody_gets_a_place_until_enough_have_left() -> None:
    limit = Limit(4)
    queue = Queue(limit)
    async with anyio.create_task_group() as tasks:
        await queue.come(tasks, *"abcde")
        limit.trouble(1.0, 1.0)
        await queue.leave(2)
        assert queue.had == [*"abcd"]
        await queue.leave()
    assert queue.had == [*"abcde"]


async def test_all_who_wait_may_be_told_to_look_again() -> None:
    queue = Queue(Limit(1))
    async with anyio.create_task_group() as tasks:
        await queue.come(tasks, "has one", "new")
        await queue.come(tasks, "back", back=True)
        queue.places.look_again()
    assert sorted(queue.sent_on) == ["back", "new"]
    await queue.leave()
    assert not queue.places.would_wait


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("first", ["cancelled", "place free"])
async def test_who_is_cancelled_takes_no_place_whatever_comes_first(first: str, back: bool) -> None:
    places = Places(Limit(1))
    places.take_now()
    gives_up = asyncio.create_task(places.take(back=back))
    await all_wait()
    if first == "cancelled":
        gives_up.cancel()
        places.give()
    else:
        places.give()
        gives_up.cancel()
    await asyncio.wait([gives_up])
    assert (gives_up.cancelled(), places.would_wait) == (True, False)
