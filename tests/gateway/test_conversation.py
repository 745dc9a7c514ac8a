"""One lookup on its way: what is written down, sent and settled, in which order and at what price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Failed, Found, NotFound, Objected
from enrich_cli.gateway.journal import OverQuota, Ruling, Settlement
from enrich_cli.gateway.slots import Slots
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from tests.gateway.conftest import Said, World

UNIT = Money(100_000)
ADA = (200, {"name": "Ada Sample"})
FIRST_PAGE = (200, {"more": "/page2"})
NOBODY: Said = 404, {}
RUNNING: Said = 202, {}


class TestTheJournal:
    async def test_a_request_is_written_down_before_it_leaves_and_its_answer_is_booked_once(self, world: World) -> None:
        assert isinstance(await world.look_up(ADA), Found)
        assert world.happened == ["written down", "sent", "told", "settled"]
        assert (world.journal.cost, world.journal.in_doubt) == (UNIT, ZERO)

    async def test_what_is_slow_to_load_is_loaded_before_a_request_is_written_down(self, world: World) -> None:
        world.unload_transport()
        assert isinstance(await world.look_up(ADA), Found)
        assert world.happened == ["loaded", "written down", "sent", "told", "settled"]

    async def test_it_is_not_loaded_for_what_was_answered_before(self, world: World) -> None:
        await world.look_up(ADA)
        world.unload_transport()
        assert isinstance(await world.look_up(), Found)
        assert "loaded" not in world.happened

    async def test_each_answer_is_settled_before_the_next_request_is_written_down(self, world: World) -> None:
        await world.look_up(FIRST_PAGE, ADA)
        assert world.happened == ["written down", "sent", "settled", "written down", "sent", "told", "settled"]
        assert world.journal.cost == UNIT + UNIT

    async def test_the_first_question_sets_the_whole_lookup_aside_and_names_what_goes_out(self, world: World) -> None:
        await world.look_up(FIRST_PAGE, ADA)
        first, second = world.journal.questions
        assert (first.most, first.whole, first.begun) == (UNIT, UNIT + UNIT, False)
        assert (first.provider, first.customer_id, set(first.fields)) == ("vendor", "ada@example.com", {"email"})
        assert second.begun

    async def test_a_miss_is_kept_at_what_the_vendor_charges_for_it(self, world: World) -> None:
        assert await world.look_up(NOBODY) == NotFound()
        (settled,) = world.journal.settled
        assert (settled.cost, settled.in_doubt, settled.answer and settled.answer.status) == (ZERO, ZERO, 404)

    async def test_what_must_not_stay_of_an_answer_is_read_and_not_kept(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(world.account.provider), "kept", lambda _, answer: replace(answer, body=b"{}"))
        assert isinstance(await world.look_up(ADA), Found)
        assert [settled.answer and settled.answer.body for settled in world.journal.settled] == [b"{}"]

    async def test_what_was_answered_before_is_not_sent(self, world: World) -> None:
        await world.look_up(ADA)
        assert isinstance(await world.look_up(), Found)
        assert (len(world.sent), world.journal.cost, world.tickets[1].begun) == (1, UNIT, False)

    async def test_what_the_caps_refuse_is_not_sent_and_said_so(self, world: World) -> None:
        world.journal.rulings = [Ruling.REFUSED]
        outcome = await world.look_up()
        assert isinstance(outcome, Failed)
        assert outcome.refused
        assert (world.sent, world.journal.settled) == ([], [])

    async def test_who_has_objected_since_is_not_asked_about(self, world: World) -> None:
        world.journal.rulings = [Ruling.WITHHELD]
        assert isinstance(await world.look_up(), Objected)
        assert (world.sent, world.journal.settled) == ([], [])

    async def test_who_has_lost_its_place_in_the_quota_is_not_asked_about(self, world: World) -> None:
        world.journal.rulings = [Ruling.OVER_QUOTA]
        with pytest.raises(OverQuota):
            await world.look_up()
        assert (world.sent, world.journal.settled) == ([], [])

    @pytest.mark.parametrize("ruling", [Ruling.WAIT, Ruling.HELD])
    async def test_who_has_to_wait_for_others_lends_the_slot_and_asks_again_at_news(
        self, world: World, ruling: Ruling
    ) -> None:
        world.slots, world.says = Slots(1), [NOBODY, ADA]
        world.journal.rulings = [ruling]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "waits@example.com", "passes@example.com")
            assert world.outcomes == [NotFound()]
            world.journal.tell()
        assert isinstance(world.outcomes[1], Found)

    async def test_who_is_let_go_or_refused_no_longer_waits(self, world: World) -> None:
        world.journal.rulings = [Ruling.SEND, Ruling.REFUSED]
        await world.look_up(NOBODY)
        await world.clock.until_done(world.ask("grace@example.com"))
        assert world.journal.gave_up == [1, 2]


class TestBadAnswers:
    @pytest.mark.parametrize("body", [b"<html>", b"", {"nick": "ada"}], ids=["no JSON", "empty", "of a wrong shape"])
    async def test_one_is_in_doubt_never_kept_and_not_asked_again(self, world: World, body: object) -> None:
        assert isinstance(await world.look_up((200, body)), Failed)
        assert world.journal.settled == [Settlement(in_doubt=UNIT)]
        assert len(world.sent) == 1

    @pytest.mark.parametrize("status", [302, 405, 418])
    async def test_one_that_is_no_success_is_not_charged(self, world: World, status: int) -> None:
        assert isinstance(await world.look_up((status, b"<html>")), Failed)
        assert world.journal.settled == [Settlement()]
        assert len(world.sent) == 1

    async def test_what_was_read_before_stays_booked_and_kept(self, world: World) -> None:
        assert isinstance(await world.look_up(FIRST_PAGE, (200, b"<html>")), Failed)
        assert (world.journal.cost, world.journal.in_doubt) == (UNIT, UNIT)
        assert [settled.answer is not None for settled in world.journal.settled] == [True, False]

    async def test_one_that_is_packed_and_breaks_off_is_in_doubt_too(self, world: World) -> None:
        packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"\x1f\x8b\x08"))
        assert isinstance(await world.look_up(packed), Failed)
        assert world.journal.settled == [Settlement(in_doubt=UNIT)]


class TestPolling:
    async def test_polls_book_one_charge_and_only_the_last_answer_is_final(self, world: World) -> None:
        assert isinstance(await world.look_up(RUNNING, RUNNING, ADA), Found)
        assert world.journal.cost == UNIT
        assert [settled.pending for settled in world.journal.settled] == [True, True, False]
        assert [question.repeat for question in world.journal.questions] == [False, True, True]
        assert world.clock.slept == [5.0, 5.0]

    async def test_between_polls_the_slot_is_anothers(self, world: World) -> None:
        world.slots, world.says = Slots(1), [RUNNING, NOBODY, ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            assert world.outcomes == [NotFound()]
            await world.clock.advance(5)
        assert isinstance(world.outcomes[1], Found)

    async def test_an_answer_that_came_between_polls_serves_without_another(self, world: World) -> None:
        world.says = [RUNNING]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com")
            world.journal.kept[world.journal.questions[0].text] = Response(200, b'{"name": "Ada Sample"}')
            await world.clock.advance(5)
        assert (len(world.sent), isinstance(world.outcomes[0], Found)) == (1, True)


class TestPermits:
    async def test_an_answer_from_disk_takes_no_permit(self, world: World) -> None:
        world.open_account("1/1h")
        await world.look_up(ADA)
        await world.look_up()
        assert world.clock.slept == []

    @pytest.mark.parametrize("ruling", [Ruling.REFUSED, Ruling.WITHHELD, Ruling.WAIT])
    async def test_who_is_not_let_go_gives_the_permit_back(self, world: World, ruling: Ruling) -> None:
        world.open_account("1/1h")
        world.journal.rulings, world.says = [ruling], [ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            assert len(world.sent) == 1
            tasks.cancel_scope.cancel()

    async def test_an_answer_that_comes_while_one_waits_for_a_permit_gives_it_to_the_next(self, world: World) -> None:
        world.open_account("1/1h")
        await world.look_up(NOBODY)
        world.says = [ADA]
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "grace@example.com", "hedy@example.com")
            question = world.journal.questions[0].text.replace(b"ada@", b"grace@")
            world.journal.kept[question] = Response(200, b'{"name": "Grace Sample"}')
            await world.clock.advance(3600)
        assert [type(outcome) for outcome in world.outcomes] == [Found, Found]
        assert [dict(request.url.params) for request in world.sent[1:]] == [{"email": "hedy@example.com"}]

    async def test_permits_do_not_pile_up_while_others_hold_all_slots(self, world: World) -> None:
        world.open_account("1/1s")
        world.slots = Slots(1)
        await world.look_up(NOBODY)
        world.says = [NOBODY] * 2
        left: list[float] = []
        world.journal.when_asked = lambda: left.append(world.clock.time)
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "grace@example.com", "hedy@example.com")
            async with world.slots.slot():
                await world.clock.advance(5)
                assert left == []
            await world.clock.advance(0)
            await world.clock.advance(1)
        assert left == [1_005, 1_006]

    async def test_a_request_leaves_for_the_pace_only_once_a_connection_is_there(self, world: World) -> None:
        world.open_account("1/1s")
        world.says, world.connecting_seconds = [NOBODY] * 2, 0.3
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            await world.clock.advance(0.9)
            assert len(world.sent) == 1
            await world.clock.advance(0.1)
            assert len(world.sent) == 2


class TestTheTicket:
    async def test_it_bears_the_time_on_the_wire_over_all_requests(self, world: World) -> None:
        world.says, world.hold = [(500, {}), ADA], anyio.Event()
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com")
            await world.clock.advance(0.25)
            world.hold.set()
            await world.clock.advance(0)
            world.hold = anyio.Event()
            await world.clock.advance(20)
            await world.clock.advance(0.5)
            world.hold.set()
        ticket = world.tickets[0]
        assert (ticket.latency_ms, ticket.retries, ticket.begun) == (750, 1, True)
