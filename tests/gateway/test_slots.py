"""Places for customers in flight."""

from __future__ import annotations

import anyio
import pytest

from enrich_cli.gateway.slots import Slots


class Customers:
    """Customers that wait with or without their place."""

    def __init__(self, count: int) -> None:
        self.slots = Slots(count)
        self.here: list[str] = []
        self.most = 0

    async def come(self, name: str, stay: anyio.Event, lends_until: anyio.Event | None = None) -> None:
        async with self.slots.slot() as slot:
            self._note(name)
            if lends_until:
                self.here.remove(name)
                async with slot.lent():
                    await lends_until.wait()
                self._note(name)
            await stay.wait()
            self.here.remove(name)

    def _note(self, name: str) -> None:
        self.here.append(name)
        self.most = max(self.most, len(self.here))


async def _all_wait() -> None:
    for _ in range(20):
        await anyio.lowlevel.checkpoint()


async def test_no_more_than_so_many_are_in_flight_in_order_of_arrival() -> None:
    customers, stay = Customers(2), anyio.Event()
    async with anyio.create_task_group() as tasks:
        for name in "abcd":
            tasks.start_soon(customers.come, name, stay)
        await _all_wait()
        assert customers.here == ["a", "b"]
        stay.set()
    assert customers.most == 2


async def test_a_place_that_is_lent_is_anothers_and_is_taken_again_when_there_is_one() -> None:
    customers, stay, back = Customers(1), anyio.Event(), anyio.Event()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(customers.come, "lends", stay, back)
        tasks.start_soon(customers.come, "borrows", stay)
        await _all_wait()
        assert customers.here == ["borrows"]
        back.set()
        await _all_wait()
        assert customers.here == ["borrows"]
        stay.set()
    assert customers.most == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
async def test_a_place_comes_back_once_whatever_happens_in_it(error: type[BaseException]) -> None:
    slots = Slots(1)
    with pytest.raises(error):
        async with slots.slot() as slot, slot.lent():
            raise error
    with anyio.fail_after(5):
        async with slots.slot():
            second = anyio.CancelScope()
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_take, slots, second)
                await _all_wait()
                second.cancel()
    assert second.cancelled_caught


async def _take(slots: Slots, scope: anyio.CancelScope) -> None:
    with scope:
        async with slots.slot():
            pytest.fail("there was one place")
