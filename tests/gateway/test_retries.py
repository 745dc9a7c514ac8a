"""Which failures are tried again, how often, after how long, and who pays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Failed, Found, NotFound
from enrich_cli.gateway.journal import Ruling
from enrich_cli.gateway.slots import Slots
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from tests.gateway.conftest import Said, World

UNIT = Money(100_000)
ADA = (200, {"name": "Ada Sample"})
NOBODY: Said = 404, {}
LOST = httpx.ReadTimeout("no answer")
NO_CONNECTION = httpx.ConnectError("refused")


def in_trouble(seconds: str = "") -> Said:
    return 503, {}, {"Retry-After": seconds}


def slow_down(seconds: str = "") -> Said:
    return 429, {}, {"Retry-After": seconds}


class TestUnavailable:
    async def test_it_is_free_and_tried_again(self, world: World) -> None:
        assert isinstance(await world.look_up((500, {}), NO_CONNECTION, ADA), Found)
        assert [settled.cost + settled.in_doubt for settled in world.journal.settled] == [ZERO, ZERO, UNIT]
        assert world.tickets[0].retries == 2

    async def test_it_is_tried_four_times_and_its_answers_are_not_kept(self, world: World) -> None:
        assert isinstance(await world.look_up(*[(500, {"name": "an error page"})] * 4), Failed)
        assert (len(world.sent), world.journal.kept) == (4, {})

    async def test_waits_double_from_half_a_second_less_up_to_half_by_chance(self, world: World) -> None:
        await world.look_up(*[NO_CONNECTION] * 4)
        assert len(world.clock.slept) == 3
        for slept, longest in zip(world.clock.slept, (0.5, 1.0, 2.0), strict=True):
            assert longest / 2 <= slept < longest

    async def test_it_waits_as_long_as_the_vendor_asks(self, world: World) -> None:
        assert isinstance(await world.look_up(in_trouble("33"), ADA), Found)
        assert world.clock.slept == [33.0]

    async def test_a_vendor_that_wants_too_long_a_wait_is_not_waited_for(self, world: World) -> None:
        assert isinstance(await world.look_up(in_trouble("121")), Failed)
        assert (world.clock.slept, len(world.sent)) == ([], 1)

    async def test_the_time_for_all_tries_is_bounded(self, world: World) -> None:
        world.gateway = replace(world.gateway, max_pause=1_000)
        assert isinstance(await world.look_up(*[in_trouble("301")] * 2), Failed)
        assert world.clock.slept == [301.0]

    async def test_while_it_waits_the_slot_is_anothers(self, world: World) -> None:
        world.slots, world.says = Slots(1), [(500, {}), NOBODY, ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            assert world.outcomes == [NotFound()]
            await world.clock.advance(0.5)
        assert isinstance(world.outcomes[1], Found)


class TestAnswerLost:
    @pytest.mark.parametrize("how", [LOST, httpx.ReadError("reset"), httpx.RemoteProtocolError("half an answer")])
    async def test_it_is_in_doubt_and_asked_again(self, world: World, how: httpx.TransportError) -> None:
        assert isinstance(await world.look_up(how, ADA), Found)
        assert (world.journal.cost, world.journal.in_doubt) == (UNIT, UNIT)

    async def test_it_is_asked_again_once_at_most(self, world: World) -> None:
        assert isinstance(await world.look_up(LOST, LOST), Failed)
        assert (len(world.sent), world.journal.cost, world.journal.in_doubt) == (2, ZERO, UNIT + UNIT)

    async def test_on_a_new_connection(self, world: World) -> None:
        assert isinstance(await world.look_up(LOST, ADA), Found)
        assert [request.extensions["anew"] for request in world.sent] == [False, True]

    async def test_once_at_most_whatever_failed_before_and_between(self, world: World) -> None:
        assert isinstance(await world.look_up((500, {}), LOST, (500, {}), LOST), Failed)
        assert (len(world.sent), world.journal.in_doubt) == (4, UNIT + UNIT)

    async def test_only_if_that_too_fits_the_caps(self, world: World) -> None:
        world.journal.rulings = [Ruling.SEND, Ruling.REFUSED]
        outcome = await world.look_up(LOST)
        assert isinstance(outcome, Failed)
        assert outcome.refused
        assert (len(world.sent), world.journal.in_doubt) == (1, UNIT)
        assert world.tickets[0].retries == 0

    async def test_once_for_each_request_of_a_lookup(self, world: World) -> None:
        assert isinstance(await world.look_up(LOST, (200, {"more": "/page2"}), LOST, ADA), Found)
        assert (world.journal.cost, world.journal.in_doubt) == (UNIT + UNIT, UNIT + UNIT)

    async def test_once_again_after_an_answer_that_was_not_ready(self, world: World) -> None:
        assert isinstance(await world.look_up(LOST, (202, {}), LOST, ADA), Found)

    @pytest.mark.parametrize("lost", [LOST, (200, b"<html>")], ids=["lost", "unreadable"])
    async def test_once_for_all_customers_with_the_same_question(self, world: World, lost: Said) -> None:
        world.says = [lost, lost]
        for _ in range(3):
            assert isinstance(await world.look_up(), Failed)
        assert (len(world.sent), world.journal.in_doubt) == (2, UNIT + UNIT)
        world.says = [ADA]
        assert isinstance(await world.clock.until_done(world.ask("grace@example.com")), Found)

    async def test_what_another_run_was_told_meanwhile_serves(self, world: World) -> None:
        await world.look_up(LOST, LOST)
        world.journal.kept[world.journal.questions[0].text] = Response(200, b'{"name": "Ada"}')
        assert isinstance(await world.look_up(), Found)


class TestUsedUp:
    """An answer may say that no other will follow for a while."""

    @staticmethod
    def last_one(seconds: str) -> Said:
        return 200, {"name": "Ada Sample"}, {"X-Rest": seconds}

    async def test_the_answer_counts_and_the_whole_vendor_pauses(self, world: World) -> None:
        world.says = [self.last_one("60"), ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            await world.clock.advance(59)
            assert (len(world.sent), [type(outcome) for outcome in world.outcomes]) == (1, [Found])
            await world.clock.advance(1)
        assert [type(outcome) for outcome in world.outcomes] == [Found, Found]

    async def test_for_longer_than_anybody_waits_it_is_left_alone(self, world: World) -> None:
        assert isinstance(await world.look_up(self.last_one("121")), Found)
        assert isinstance(await world.clock.until_done(world.ask("grace@example.com")), Failed)
        assert len(world.sent) == 1


class TestRateLimited:
    async def test_the_whole_vendor_pauses_as_long_as_it_asks_and_goes_on(self, world: World) -> None:
        world.says = [slow_down("60"), ADA, ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            await world.clock.advance(59)
            assert (len(world.sent), world.outcomes) == (1, [])
            await world.clock.advance(1)
        assert [type(outcome) for outcome in world.outcomes] == [Found, Found]
        assert (world.journal.cost, world.journal.in_doubt) == (UNIT + UNIT, ZERO)

    async def test_meanwhile_the_slot_is_anothers(self, world: World) -> None:
        world.slots, world.says = Slots(1), [slow_down("60"), ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com")
            with anyio.fail_after(5):
                async with world.slots.slot():
                    assert world.outcomes == []
            await world.clock.advance(60)

    async def test_a_vendor_that_does_not_say_how_long_is_given_more_time_each_time(self, world: World) -> None:
        assert isinstance(await world.look_up(*[slow_down()] * 3, ADA), Found)
        assert world.clock.time == 1_000 + 1 + 2 + 4

    async def test_a_vendor_that_answers_nobody_puts_off_four_times_at_most(self, world: World) -> None:
        assert isinstance(await world.look_up(*[slow_down("5")] * 4), Failed)
        assert (len(world.sent), world.closed) == (4, [])

    async def test_one_that_answers_others_meanwhile_puts_off_a_dozen_times_at_most(self, world: World) -> None:
        world.says = [slow_down("5"), ADA, *[slow_down("5")] * 12]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            for _ in range(12):
                await world.clock.advance(5)
        assert {type(outcome) for outcome in world.outcomes} == {Found, Failed}
        assert len(world.sent) == 2 + 12

    async def test_a_pause_that_is_too_long_fails_for_all_but_what_is_on_disk(self, world: World) -> None:
        await world.look_up(ADA)
        world.says = [slow_down("121")]
        for email in ("grace@example.com", "hedy@example.com"):
            assert isinstance(await world.clock.until_done(world.ask(email)), Failed)
        assert isinstance(await world.look_up(), Found)
        assert (len(world.sent), world.clock.slept, world.closed) == (2, [], [])

    async def test_those_who_wait_already_do_not_sit_out_a_pause_that_is_too_long(self, world: World) -> None:
        world.open_account("1/1h")
        world.says, world.hold = [slow_down("7200")], anyio.Event()
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com", "hedy@example.com")
            world.hold.set()
            await world.clock.advance(0)
            assert [type(outcome) for outcome in world.outcomes] == [Failed] * 3

    async def test_when_a_pause_that_is_too_long_is_nearly_over_the_vendor_is_asked_again(self, world: World) -> None:
        assert isinstance(await world.look_up(slow_down("3600")), Failed)
        await world.clock.advance(3600 - 100)
        assert isinstance(await world.look_up(ADA), Found)
        assert world.clock.time == 1_000 + 3600


@pytest.mark.parametrize("status", [400, 422])
async def test_what_the_vendor_can_not_use_is_free_and_fails_for_this_customer_only(world: World, status: int) -> None:
    assert isinstance(await world.look_up((status, {})), Failed)
    world.says = [ADA]
    assert isinstance(await world.clock.until_done(world.ask("grace@example.com")), Found)
    assert (len(world.sent), world.journal.cost, world.journal.in_doubt) == (2, UNIT, ZERO)
