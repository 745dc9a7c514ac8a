"""The first Ctrl-C: what is in flight finishes, nothing else starts, nobody goes on waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Found
from enrich_cli.gateway.journal import Ruling, Settlement
from enrich_cli.gateway.stop import Interrupted, Stop

if TYPE_CHECKING:
    from tests.gateway.conftest import World

ADA = (200, {"name": "Ada Sample"})


async def test_a_wait_ends_as_soon_as_it_is_asked() -> None:
    stop = Stop()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_ask, stop)
        with pytest.raises(Interrupted), stop.interruptible():
            await anyio.sleep_forever()


async def test_a_wait_that_is_over_is_not_interrupted_afterwards() -> None:
    stop = Stop()
    with stop.interruptible():
        await anyio.lowlevel.checkpoint()
    stop.ask()
    await anyio.lowlevel.checkpoint()


async def test_once_it_was_asked_nothing_begins_to_wait() -> None:
    stop = Stop()
    stop.check()
    stop.ask()
    with pytest.raises(Interrupted):
        stop.check()
    with pytest.raises(Interrupted), stop.interruptible():
        pytest.fail("it began")


async def test_who_is_cancelled_while_waiting_is_not_told_that_the_run_was_stopped() -> None:
    with anyio.CancelScope() as scope:
        scope.cancel()
        with Stop().interruptible():
            await anyio.sleep_forever()
    assert scope.cancelled_caught


async def test_what_is_in_flight_finishes_and_is_settled_and_nothing_follows(world: World) -> None:
    world.says, world.hold = [(200, {"more": "/page2"})], anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com")
        world.stop.ask()
        world.hold.set()
    (settled,) = world.journal.settled
    assert (settled.cost, settled.answer is not None) == (Money(100_000), True)
    assert (_interrupted(world), len(world.sent)) == ([True], 1)


async def test_a_lookup_whose_last_answer_came_is_done(world: World) -> None:
    world.says, world.hold = [ADA], anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com")
        world.stop.ask()
        world.hold.set()
    assert isinstance(world.outcomes[0], Found)


@pytest.mark.parametrize(
    "said",
    [(202, {}), (500, {}), (429, {}), httpx.ReadTimeout("no answer")],
    ids=["poll", "backoff", "pause", "lost answer"],
)
async def test_no_poll_retry_or_pause_is_waited_for(world: World, said: tuple[int, object]) -> None:
    world.says = [said]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com")
        assert world.outcomes == []
        world.stop.ask()
    assert (_interrupted(world), len(world.sent), len(world.journal.settled)) == ([True], 1, 1)


async def test_nobody_waits_for_a_permit(world: World) -> None:
    world.open_account("1/1h")
    world.says = [ADA]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com")
        world.stop.ask()
    assert (_interrupted(world), len(world.sent)) == ([False, True], 1)


@pytest.mark.parametrize("ruling", [Ruling.WAIT, Ruling.HELD])
async def test_nobody_waits_for_others(world: World, ruling: Ruling) -> None:
    world.journal.rulings = [ruling]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com")
        world.stop.ask()
    assert (_interrupted(world), world.sent, world.journal.gave_up) == ([True], [], [1])


async def test_no_lookup_begins_afterwards(world: World) -> None:
    world.stop.ask()
    with pytest.raises(Interrupted):
        await world.look_up()
    assert world.happened == []


async def test_what_was_being_written_down_meanwhile_is_settled_at_nothing_and_not_sent(world: World) -> None:
    world.journal.when_asked = world.stop.ask
    with pytest.raises(Interrupted):
        await world.look_up()
    assert (world.sent, world.journal.settled) == ([], [Settlement()])


async def _ask(stop: Stop) -> None:
    stop.ask()


def _interrupted(world: World) -> list[bool]:
    return [isinstance(outcome, Interrupted) for outcome in world.outcomes]
