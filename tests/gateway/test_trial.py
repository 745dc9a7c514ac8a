"""A vendor that finds nobody is asked so often, and no more; it is closed then, for all who wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import anyio
import pytest

from enrich_cli.domain.outcomes import Failed, Found, NotFound
from enrich_cli.gateway.journal import Ruling
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.trial import Trial
from tests.gateway.conftest import Said, all_wait

if TYPE_CHECKING:
    from tests.gateway.conftest import World

MISS: Said = (404, {})
HIT: Said = (200, {"name": "Ada Sample"})
MANY = [f"customer{number}@example.com" for number in range(8)]


@pytest.fixture
def two(world: World) -> World:
    """Two lookups may miss, and no more."""
    world.account.trial = Trial(2)
    return world


async def run(world: World, *emails: str, meanwhile: Callable[[], None] = lambda: None) -> None:
    """All lookups at once, each judged by what it found, while answers are held back until all have come so far."""
    world.hold = anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, *emails)
        meanwhile()
        world.hold.set()


async def test_no_more_are_bought_than_may_miss_and_the_rest_fail(two: World) -> None:
    two.says = [MISS] * 8
    await run(two, *MANY)
    assert len(two.sent) == 2
    assert Counter(type(outcome) for outcome in two.outcomes) == {NotFound: 2, Failed: 6}
    assert two.closed == ["it found nobody in its first 2 lookups (--stop-after-misses)"]


async def test_once_it_has_found_somebody_everybody_is_asked_about(two: World) -> None:
    two.says = [MISS, HIT, *[MISS] * 6]
    await run(two, *MANY)
    assert (len(two.sent), two.closed) == (8, [])


async def test_until_then_the_others_wait_without_a_place_in_flight(two: World) -> None:
    def sent_so_far() -> None:
        assert len(two.sent) == 2
        assert len(two.tickets) == 8

    two.slots = Slots(3)
    two.says = [HIT] * 8
    await run(two, *MANY, meanwhile=sent_so_far)
    assert len(two.sent) == 8


async def test_a_lookup_that_failed_was_no_miss_and_leaves_its_place(two: World) -> None:
    two.says = [(422, {}), (422, {}), MISS, MISS]
    await run(two, *MANY)
    assert len(two.sent) == 4
    assert len(two.closed) == 1


async def test_what_is_on_disk_is_no_lookup(two: World) -> None:
    two.says = [MISS, HIT]
    assert isinstance(await two.look_up(), NotFound)
    two.says = []
    assert isinstance(await two.look_up(), NotFound)
    two.says = [HIT]
    assert isinstance(await two.clock.until_done(two.ask("grace@example.com")), Found)
    assert two.closed == []


async def test_who_waits_lets_go_of_what_the_lookup_before_holds(two: World) -> None:
    """A lookup of the trial may wait for room under a cap that others hold."""
    two.after = 7
    two.says = [MISS] * 3
    await run(two, *MANY[:3])
    assert two.happened.count("let go of 7") == 1


async def test_when_the_run_is_stopped_nobody_goes_on_waiting(two: World) -> None:
    two.says = [MISS] * 2
    await run(two, *MANY[:4], meanwhile=two.stop.ask)
    assert len(two.sent) == 2
    assert len(two.outcomes) == 4


async def test_a_vendor_that_refuses_the_key_meanwhile_keeps_nobody_waiting(two: World) -> None:
    two.says = [(401, {}), (401, {})]
    await run(two, *MANY)
    assert [type(outcome) for outcome in two.outcomes] == [Failed] * 8


async def test_one_that_waits_for_a_cap_keeps_its_place_in_the_trial(two: World) -> None:
    two.journal.rulings = [Ruling.WAIT]
    two.says = [MISS] * 2
    async with anyio.create_task_group() as tasks:
        await two.start(tasks, *MANY[:3])
        assert len(two.sent) == 1
        two.journal.tell()
        await all_wait()
    assert len(two.sent) == 2
    assert len(two.closed) == 1


async def test_without_a_trial_any_number_may_miss(world: World) -> None:
    world.says = [MISS] * 8
    await run(world, *MANY)
    assert (len(world.sent), world.closed) == (8, [])


def test_one_lookup_is_no_lookups() -> None:
    trial = Trial(1)
    trial.begin()
    trial.end(missed=True)
    assert (trial.failed, trial.verdict) == (True, "it found nobody in its first lookup (--stop-after-misses)")
