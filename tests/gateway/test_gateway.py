"""What all lookups of a run share: a vendor that is closed stays closed; an objection is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from enrich_cli.domain.customer import customer_from
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Failed, Found, Objected
from enrich_cli.gateway.breaker import FAILURES_TO_OPEN
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.errors import NotInPlan, ProviderError
from enrich_cli.providers.lookup import Request, Response
from tests.gateway.conftest import Vendor

if TYPE_CHECKING:
    from tests.gateway.conftest import World

ADA = (200, {"name": "Ada Sample"})


@pytest.mark.parametrize(("status", "key_refused"), [(401, True), (403, True), (402, False)])
async def test_a_vendor_that_refuses_key_or_credit_is_closed_once_for_all(
    world: World, status: int, key_refused: bool
) -> None:
    world.says, world.hold = [(status, {})] * 2, anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com")
        world.hold.set()
    assert await world.look_up() == Failed(world.closed[0])
    assert (len(world.closed), len(world.sent), world.account.key_refused) == (1, 2, key_refused)
    assert world.journal.cost + world.journal.in_doubt == ZERO


async def test_an_answer_on_disk_serves_though_the_vendor_is_closed(world: World) -> None:
    await world.look_up(ADA)
    world.says = [(401, {})]
    await world.clock.until_done(world.ask("grace@example.com"))
    assert isinstance(await world.look_up(), Found)


async def test_those_who_waited_for_their_turn_are_not_sent_any_more(world: World) -> None:
    world.open_account("1/1h")
    world.says, world.hold = [(401, {})], anyio.Event()
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com", "hedy@example.com")
        world.hold.set()
        await world.clock.advance(0)
        assert world.outcomes == [Failed(world.closed[0])] * 3
    assert len(world.sent) == 1


async def test_a_path_with_a_pace_of_its_own_is_asked_no_faster_while_others_are(world: World) -> None:
    world.open_account("9/1s", page2="1/1h")
    first_page = (200, {"more": "/page2"})
    world.says = [first_page, ADA, first_page, ADA]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com", "hedy@example.com")
        assert [request.url.path for request in world.sent] == ["/find", "/page2", "/find", "/find"]
        await world.clock.advance(3599)
        assert len(world.outcomes) == 2
        world.says = [ADA]
        await world.clock.advance(1)
        assert len(world.outcomes) == 3


async def test_whoever_waits_for_a_path_s_own_pace_is_told_at_once_that_the_vendor_is_closed(world: World) -> None:
    world.open_account(page2="1/1h")
    first_page = (200, {"more": "/page2"})
    world.says = [first_page, ADA, first_page, (401, {})]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com", "hedy@example.com")
        await world.clock.advance(0)
        assert world.outcomes[1:] == [Failed(world.closed[0])] * 2


async def test_the_answer_that_a_lookup_ends_with_is_on_its_ticket_until_it_is_settled_once(world: World) -> None:
    world.says = [ADA]
    customer = customer_from({"email": "ada@example.com"})
    assert customer is not None
    async with world.slots.slot() as slot:
        ticket = Ticket(lookup=1, customer_id="ada", slot=slot)
        await world.gateway.look_up(world.account, customer, frozenset(), lambda _: 0, ticket)
        assert world.journal.settled == []
        last = ticket.unsettled
        for _ in range(2):
            await world.gateway.settle(ticket)
    assert (world.journal.settled, ticket.unsettled) == ([last], None)


async def test_an_objection_is_booked_and_kept_and_told_apart(world: World) -> None:
    assert await world.look_up((200, {"objects": True})) == Objected()
    assert world.journal.cost == Money(100_000)
    assert [settled.answer is not None for settled in world.journal.settled] == [True]


async def test_what_a_lookup_failed_of_names_no_key_and_nothing_of_the_customer(world: World) -> None:
    for status in (401, 500, 422):
        world.open_account()
        outcome = await world.look_up(*[(status, {})] * 4)
        assert isinstance(outcome, Failed)
        assert "ada" not in outcome.reason
        assert "k3y" not in outcome.reason
        world.says.clear()


class Trial(Vendor):
    """Its second page is not in the plan."""

    refused = False

    def lacks(self, request: Request) -> bool:
        return self.refused and request.path == "/more"

    def error(self, request: Request, response: Response) -> ProviderError | None:
        return NotInPlan("the page is not in the plan") if request.path == "/more" else super().error(request, response)


async def test_what_is_not_in_the_plan_is_no_failure_of_the_vendor(world: World) -> None:
    world.account.provider = Trial()
    for number in range(2 * FAILURES_TO_OPEN):
        world.says += [(200, {"more": "/more", "name": "Ada"}), (403, {})]
        assert await world.ask(f"{number}@example.com") == Failed("the page is not in the plan")
    assert (world.closed, len(world.sent), str(world.journal.cost)) == ([], 4 * FAILURES_TO_OPEN, "2.00")
    assert world.journal.in_doubt == ZERO


async def test_what_turns_out_not_to_be_in_the_plan_is_not_asked_for_by_those_who_waited_for_their_turn(
    world: World,
) -> None:
    world.open_account("3/1h")
    world.account.provider = provider = Trial()
    first_page = (200, {"more": "/more"})
    world.says = [first_page, (403, {}), first_page]
    async with anyio.create_task_group() as tasks:
        await world.start(tasks, "ada@example.com", "grace@example.com")
        provider.refused = True
        await world.clock.advance(3600)
        assert len(world.outcomes) == 2
    assert [request.url.path for request in world.sent] == ["/find", "/more", "/find"]
    assert str(world.journal.cost) == "0.20"
