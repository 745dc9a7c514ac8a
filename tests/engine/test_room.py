"""How many customers are held in memory."""

from __future__ import annotations

import anyio
import pytest

from enrich_cli.engine import room as rooms
from enrich_cli.engine.room import TIMES_THE_SLOTS, Room
from enrich_cli.gateway.slots import Slot, Slots
from enrich_cli.gateway.stop import Interrupted, Stop


class Hall:
    """People who go in one after the other as long as there is room."""

    def __init__(self) -> None:
        self.slots, self.stop, self.inside = Slots(2), Stop(), 0
        self.room = Room(self.slots, self.stop)

    async def fill(self) -> None:
        while True:
            await self.room.enter()
            self.inside += 1

    async def away(self) -> Slot:
        """Somebody who waits for a vendor."""
        slot = self.slots.slot()
        await slot.__aenter__()
        slot.leave()
        return slot


@pytest.fixture
def hall() -> Hall:
    return Hall()


async def test_a_few_are_held_for_each_slot_and_whoever_leaves_makes_room(hall: Hall) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(hall.fill)
        await anyio.wait_all_tasks_blocked()
        assert hall.inside == 2 * TIMES_THE_SLOTS
        hall.room.leave()
        await anyio.wait_all_tasks_blocked()
        assert hall.inside == 2 * TIMES_THE_SLOTS + 1
        tasks.cancel_scope.cancel()


async def test_one_more_is_held_for_each_that_waits_for_a_vendor_until_it_comes_back(hall: Hall) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(hall.fill)
        waits = [await hall.away() for _ in range(3)]
        await anyio.wait_all_tasks_blocked()
        assert hall.inside == 2 * TIMES_THE_SLOTS + 3
        await waits[0].take()
        hall.room.leave()
        await anyio.wait_all_tasks_blocked()
        assert hall.inside == 2 * TIMES_THE_SLOTS + 3
        tasks.cancel_scope.cancel()


async def test_so_many_and_no_more(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_AWAY", 2)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(hall.fill)
        for _ in range(5):
            await hall.away()
        await anyio.wait_all_tasks_blocked()
        assert hall.inside == 2 * TIMES_THE_SLOTS + 2
        tasks.cancel_scope.cancel()


async def test_when_the_run_is_stopped_nobody_waits_for_room(hall: Hall) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_stop, hall.stop)
        with pytest.raises(Interrupted):
            await hall.fill()


async def _stop(stop: Stop) -> None:
    stop.ask()
