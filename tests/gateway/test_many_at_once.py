"""As many requests in flight as a vendor can take; who waits for it holds no slot, and keeps nobody else waiting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from enrich_cli.domain.outcomes import Failed, Found
from enrich_cli.gateway.breaker import FAILURES_TO_OPEN
from enrich_cli.gateway.in_flight import SLOW_SECONDS
from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.places import Places
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Interrupted
from tests.gateway.conftest import HandClock, Said, all_wait

if TYPE_CHECKING:
    from tests.gateway.conftest import World

ADA: Said = (200, {"name": "Ada Sample"})
SLOWER: Said = (429, {}, {"Retry-After": "5"})
LOST = httpx.ReadError("reset")
MANY = [f"customer{number}@example.com" for number in range(20)]


@pytest.fixture
def four(world: World) -> World:
    """Four requests in flight at most."""
    world.account.places = Places(Limit(4))
    return world


def limit(world: World) -> float:
    return world.account.places.limit.now


async def finish(world: World) -> None:
    """Let answers come, and time jump over every wait, until all lookups have ended."""
    assert world.hold
    world.hold.set()
    while len(world.outcomes) < len(world.tickets):
        await world.clock.advance(1)


class TestTheLimit:
    async def test_no_more_requests_are_in_flight_than_the_limit_says(self, four: World) -> None:
        four.says, four.hold = [ADA] * 6, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:6])
            assert (len(four.sent), len(four.tickets)) == (4, 6)
            await finish(four)
        assert Counter(map(type, four.outcomes)) == {Found: 6}

    @pytest.mark.parametrize("said", [SLOWER, LOST], ids=["429", "lost answer"])
    async def test_trouble_halves_it_once_and_the_next_are_fewer(self, four: World, said: Said) -> None:
        four.says, four.hold = [said] * 4 + [ADA] * 10, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:6])
            four.hold.set()
            await all_wait()
            assert limit(four) == 2
            four.hold = anyio.Event()
            await four.clock.advance(10)
            assert four.account.in_flight == 2
            await finish(four)
        assert Counter(map(type, four.outcomes)) == {Found: 6}

    async def test_the_breaker_halves_it(self, world: World) -> None:
        world.account.places = Places(Limit(FAILURES_TO_OPEN))
        world.says, world.hold = [(503, {})] * FAILURES_TO_OPEN, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, *MANY[:FAILURES_TO_OPEN])
            assert limit(world) == FAILURES_TO_OPEN
            await finish(world)
        assert limit(world) == FAILURES_TO_OPEN // 2

    @pytest.mark.parametrize("said", [(422, {}), (503, {}), (404, {})], ids=["not accepted", "one failure", "a miss"])
    async def test_nothing_else_does(self, four: World, said: Said) -> None:
        await four.look_up(said, ADA)
        assert limit(four) == 4

    async def test_answers_let_it_grow_again(self, four: World) -> None:
        four.account.places.limit.trouble(0, 1)
        four.says, four.hold = [ADA] * 20, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY)
            await finish(four)
        assert limit(four) == 4

    async def test_a_request_put_off_goes_before_those_that_have_not_begun(self, four: World) -> None:
        four.account.places = Places(Limit(1))
        four.says = [SLOWER, *[ADA] * 3]
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:3])
            four.hold = anyio.Event()
            await finish(four)
        asked = [request.url.params["email"] for request in four.sent]
        assert asked == [MANY[0], MANY[0], *MANY[1:3]]


class TestWhoWaitsForAPlace:
    async def test_holds_no_slot(self, four: World) -> None:
        four.slots = Slots(5)
        four.says, four.hold = [ADA] * 9, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:9])
            assert (len(four.sent), len(four.tickets), four.slots.away) == (4, 9, 5)
            await finish(four)
        assert (four.slots.away, four.slots.places.would_wait) == (0, False)

    async def test_looks_first_at_what_is_on_disk(self, four: World) -> None:
        assert isinstance(await four.look_up(ADA), Found)
        four.says, four.hold = [ADA] * 4, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:4], "ada@example.com")
            assert [type(outcome) for outcome in four.outcomes] == [Found]
            four.hold.set()

    async def test_is_interrupted_with_the_run(self, four: World) -> None:
        four.says, four.hold = [ADA] * 4, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:6])
            four.stop.ask()
            await all_wait()
            assert Counter(map(type, four.outcomes)) == {Interrupted: 2}
            four.hold.set()
        assert len(four.sent) == 4

    @pytest.mark.parametrize(
        "said", [(401, {}), (429, {}, {"Retry-After": "121"})], ids=["key refused", "too long a pause"]
    )
    async def test_waits_no_longer_when_the_vendor_is_not_asked_any_more(self, four: World, said: Said) -> None:
        """The other three answers are still to come."""
        holds = four.hold = anyio.Event()
        four.says = [ADA] * 3
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:3])
            four.says, four.hold = [said], None
            await four.start(tasks, *MANY[3:4])
            four.hold = holds
            await four.start(tasks, *MANY[4:8])
            assert Counter(map(type, four.outcomes)) == {Failed: 5}
            holds.set()
        assert len(four.sent) == 4

    async def test_holds_nothing_of_the_pace(self, four: World) -> None:
        four.open_account("5/1m")
        four.account.places = Places(Limit(2))
        four.says, four.hold = [ADA] * 5, anyio.Event()
        async with anyio.create_task_group() as tasks:
            await four.start(tasks, *MANY[:4])
            assert len(four.sent) == 2
            assert not four.account.pace.would_wait()
            await finish(four)


class TestASlowAnswer:
    @pytest.fixture
    def one_slot(self, world: World) -> World:
        world.slots = Slots(1)
        world.says, world.hold = [ADA] * 3, anyio.Event()
        return world

    async def test_keeps_its_slot_for_a_while_and_no_longer(self, one_slot: World) -> None:
        async with anyio.create_task_group() as tasks:
            await one_slot.start(tasks, *MANY[:2])
            await one_slot.clock.advance(SLOW_SECONDS / 2)
            assert (len(one_slot.sent), one_slot.slots.away) == (1, 0)
            await one_slot.clock.advance(SLOW_SECONDS / 2)
            assert (len(one_slot.sent), one_slot.slots.away) == (2, 2)
            await finish(one_slot)
        assert Counter(map(type, one_slot.outcomes)) == {Found: 2}
        assert (one_slot.slots.away, one_slot.slots.places.would_wait) == (0, False)

    async def test_from_then_on_nobody_needs_a_slot_while_that_vendor_is_slow(self, one_slot: World) -> None:
        async with anyio.create_task_group() as tasks:
            await one_slot.start(tasks, *MANY[:1])
            await one_slot.clock.advance(SLOW_SECONDS)
            await one_slot.start(tasks, *MANY[1:3])
            assert (len(one_slot.sent), one_slot.slots.away) == (3, 3)
            await finish(one_slot)

    async def test_a_quick_answer_ends_that(self, one_slot: World) -> None:
        one_slot.account.is_slow = True
        async with anyio.create_task_group() as tasks:
            await one_slot.start(tasks, *MANY[:1])
            assert one_slot.slots.away == 1
            await finish(one_slot)
        one_slot.hold = anyio.Event()
        async with anyio.create_task_group() as tasks:
            await one_slot.start(tasks, *MANY[1:2])
            assert one_slot.slots.away == 0
            await finish(one_slot)

    async def test_the_slot_is_taken_again_before_anything_more_is_asked(self, one_slot: World) -> None:
        """The first lookup has a second page to ask for, and the other customer has the slot by then."""
        one_slot.says = [(200, {"name": "Ada Sample", "more": "/more"}), ADA, ADA]
        async with anyio.create_task_group() as tasks:
            await one_slot.start(tasks, *MANY[:1])
            await one_slot.clock.advance(SLOW_SECONDS)
            async with one_slot.slots.slot():
                assert one_slot.hold
                one_slot.hold.set()
                await all_wait()
                assert (len(one_slot.sent), len(one_slot.journal.settled)) == (1, 1)
            await finish(one_slot)
        assert len(one_slot.sent) == 2


async def test_later_is_over_when_it_is_not_wanted_any_more(clock: HandClock) -> None:
    """As the machine's clock has it."""
    happened: list[str] = []
    clock.later(1.0, lambda: happened.append("late"))
    clock.later(1.0, lambda: happened.append("never"))()
    await clock.advance(1)
    assert happened == ["late"]
