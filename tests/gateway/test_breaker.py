"""A vendor that keeps failing is left alone for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from enrich_cli.domain.outcomes import Failed, Found
from enrich_cli.gateway.breaker import FAILURES_TO_OPEN, OPEN_SECONDS, Breaker
from enrich_cli.gateway.journal import Ruling

if TYPE_CHECKING:
    from tests.gateway.conftest import World


def failing(times: int = FAILURES_TO_OPEN) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker.failed(now=100)
    return breaker


def test_it_opens_at_the_tenth_failure_in_a_row() -> None:
    assert failing(9).lets_through(100)
    assert not failing(10).lets_through(100)


def test_a_success_between_starts_the_row_again() -> None:
    breaker = failing(9)
    breaker.succeeded()
    breaker.failed(100)
    assert breaker.lets_through(100)


def test_after_a_while_one_may_try_and_the_others_wait_for_its_result() -> None:
    breaker, then = failing(), 100 + OPEN_SECONDS
    assert not breaker.lets_through(then - 0.001)
    assert breaker.lets_through(then)
    breaker.left(then)
    assert not breaker.lets_through(then)
    breaker.succeeded()
    assert breaker.lets_through(then)


def test_a_trial_that_fails_opens_it_for_another_while() -> None:
    breaker, then = failing(), 100 + OPEN_SECONDS
    breaker.left(then)
    breaker.failed(then + 5)
    assert not breaker.lets_through(then + 5 + OPEN_SECONDS - 0.001)
    assert breaker.lets_through(then + 5 + OPEN_SECONDS)


async def test_ten_failures_of_several_customers_end_the_asking_and_a_success_begins_it_again(world: World) -> None:
    world.says = [(500, {})] * 10
    for number in range(3):
        assert isinstance(await world.clock.until_done(world.ask(f"{number}@example.com")), Failed)
    assert len(world.sent) == 10
    await world.clock.advance(OPEN_SECONDS)
    world.says = [(200, {"name": "Ada Sample"})] * 2
    for number in range(2):
        assert isinstance(await world.clock.until_done(world.ask(f"{number}@example.org")), Found)


async def test_of_several_that_come_after_the_while_one_is_sent_until_its_result_is_there(world: World) -> None:
    world.says = [(500, {})] * 10
    for number in range(3):
        await world.clock.until_done(world.ask(f"{number}@example.com"))
    await world.clock.advance(OPEN_SECONDS)
    world.says, world.hold = [(200, {"name": "Ada Sample"})], anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, *(f"{number}@example.org" for number in range(3)))
        assert [type(outcome) for outcome in world.outcomes] == [Failed] * 2
        world.hold.set()
    assert (len(world.sent), isinstance(world.outcomes[2], Found)) == (11, True)


async def test_an_answer_that_only_refuses_the_input_shows_that_the_vendor_is_there(world: World) -> None:
    world.says = [*[(500, {})] * 8, (422, {}), *[(500, {})] * 4]
    for number in range(4):
        await world.clock.until_done(world.ask(f"{number}@example.com"))
    assert len(world.sent) == 13


async def test_those_who_waited_for_their_turn_are_not_sent_either(world: World) -> None:
    world.open_account("1/1s")
    world.says = [(500, {})] * 10
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, *(f"{number}@example.com" for number in range(20)))
        for _ in range(10):
            await world.clock.advance(1)
        assert [type(outcome) for outcome in world.outcomes] == [Failed] * 20
    assert len(world.sent) == 10


async def test_one_that_is_let_through_and_has_to_wait_is_still_the_trial(world: World) -> None:
    for _ in range(FAILURES_TO_OPEN):
        world.account.breaker.failed(world.clock.monotonic())
    await world.clock.advance(OPEN_SECONDS)
    world.journal.rulings = [Ruling.WAIT]
    world.says = [(200, {"name": "Ada Sample"})]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com")
        world.journal.tell()
    assert (len(world.sent), isinstance(world.outcomes[0], Found)) == (1, True)


def test_it_tells_how_long_it_stays_open() -> None:
    assert failing(9).seconds_left(100) == 0
    assert failing().seconds_left(110) == OPEN_SECONDS - 10
    assert failing().seconds_left(100 + OPEN_SECONDS) == 0
