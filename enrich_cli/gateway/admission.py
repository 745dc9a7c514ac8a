"""Whether a request may leave now: it asks memory, trial, the vendor's places, its pace and the journal,
in this order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.journal import OverQuota, Question, Ruling
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.gateway.transport import unnoticed
from enrich_cli.providers.errors import LeftAlone, NotInPlan, OverCap, Withheld
from enrich_cli.providers.lookup import Request, Response

if TYPE_CHECKING:
    from enrich_cli.gateway.gateway import Gateway


class Admission:
    """Admits the requests of one lookup to one vendor."""

    def __init__(self, gateway: Gateway, account: Account, ticket: Ticket) -> None:
        self._gateway = gateway
        self._account = account
        self._ticket = ticket
        self._has_place = False
        """Whether the lookup holds one of the vendor's places."""
        self.leaves: Callable[[], None] = unnoticed
        """To be called when the admitted request leaves."""

    async def of(self, question: Question, request: Request) -> Response | None:
        """The answer on disk, or None: the question is written down and must leave now.

        Raises OverCap, OverQuota, LeftAlone, NotInPlan, Withheld.
        """
        gateway, account = self._gateway, self._account
        pace = account.pace_for(request.path)
        goes_on = self._ticket.begun
        await self._ticket.slot.take()
        while True:
            gateway.stop.check()
            self._check_plan(request)
            refusal = self.refusal() or self._lost_twice(question)
            crowded = not refusal and not self._may_try_the_vendor()
            if refusal or crowded or account.places.would_wait or pace.would_wait() or not gateway.transport.is_open:
                # A lookup that has to wait, may not ask at all, or has to open the transport first looks whether the
                # answer is on disk already.
                if answer := await gateway.journal.recall(question):
                    return answer
                if refusal:
                    raise LeftAlone(refusal)
            if crowded:
                await self._see_what_the_vendor_finds()
                continue
            # Before the request is written down: from then on a kill puts its price in doubt.
            gateway.transport.open()
            if (
                not await self._have_place(request, back=goes_on)
                or (acquired := await self._permit(request, pace)) is None
            ):
                continue
            account.breaker.left(gateway.clock.monotonic())
            verdict = await gateway.journal.ask(question)
            if verdict is Ruling.SEND:
                self._ticket.begun = True
                self.leaves = partial(pace.left, acquired)
                return None
            pace.give_back(acquired)
            account.breaker.stayed(gateway.clock.monotonic())
            self.give_place()
            if isinstance(verdict, Response):
                return verdict
            _end_for_good(verdict)
            async with self._ticket.slot.lent():
                with gateway.stop.interruptible():
                    await gateway.journal.changed(question.lookup)
            # Meanwhile another lookup may have waited longer.
            goes_on = False

    def _may_try_the_vendor(self) -> bool:
        """Join the trial of a vendor that has found nobody yet, which few lookups at a time may ask; once in, it stays
        in.
        """
        if not self._ticket.begun and not self._ticket.on_trial:
            if self._account.trial.is_full:
                return False
            self._account.trial.begin()
            self._ticket.on_trial = True
        return True

    async def _see_what_the_vendor_finds(self) -> None:
        """Wait for others' lookups. Nothing is held meanwhile, since they may be waiting for room under a cap."""
        if self._ticket.after is not None:
            await self._gateway.journal.let_go(self._ticket.after)
        async with self._ticket.slot.lent():
            with self._gateway.stop.interruptible():
                while self._account.trial.is_full and not self.refusal():
                    await self._account.trial.changed()

    async def _have_place(self, request: Request, *, back: bool) -> bool:
        """Take a place, at once or after a wait; False if the vendor's state has changed meanwhile."""
        places, slot = self._account.places, self._ticket.slot
        if self._has_place:
            return True
        if not places.would_wait:
            places.take_now()
            self._has_place = True
            return True
        slot.leave()
        with self._gateway.stop.interruptible():
            self._has_place = await places.take(back=back)
        await slot.take()
        return self._has_place and not self._is_vain(request)

    def give_place(self) -> None:
        """The request was answered or did not leave: free its place at the vendor."""
        if self._has_place:
            self._has_place = False
            self._account.places.give()

    async def _permit(self, request: Request, pace: Pace) -> float | None:
        """The permit from the pace, at once or after a wait; None if the vendor's state has changed meanwhile."""
        if not pace.would_wait():
            return await pace.acquire()
        slot = self._ticket.slot
        slot.leave()
        with self._gateway.stop.interruptible():
            # The slot is taken back before the pace counts the request as leaving, since it may have to queue for the
            # slot.
            acquired = await pace.acquire(self._gateway.max_pause, prepare=slot.take)
        if acquired is not None and (self._is_vain(request) or pace.paused_for()):
            pace.give_back(acquired)
            return None
        return acquired

    def refusal(self) -> str | None:
        """Why the vendor must not be asked now."""
        account = self._account
        if account.closed:
            return account.closed
        if account.pace.paused_for() > self._gateway.max_pause:
            return "it asked for a longer pause than ENRICHMENT_MAX_PAUSE allows"
        if not account.breaker.lets_through(self._gateway.clock.monotonic()):
            return "it failed many times in a row and is left alone for a while"
        return None

    def _check_plan(self, request: Request) -> None:
        """Raises NotInPlan if others, asking for the same, were told so."""
        if self._account.provider.lacks(request):
            raise NotInPlan("it is not in the plan")

    def _is_vain(self, request: Request) -> bool:
        """Must a request that has waited for its turn not leave any more?"""
        return bool(self.refusal()) or self._account.provider.lacks(request)

    def _lost_twice(self, question: Question) -> str | None:
        """Why a question must not be asked again: several customers may share it, and each repeat may
        cost its price.
        """
        return "its answer was lost twice" if self._account.lost[question.text] > 1 else None


def _end_for_good(ruling: Ruling) -> None:
    """Raises OverCap, OverQuota or Withheld for a question that waiting can't help."""
    if ruling is Ruling.REFUSED:
        raise OverCap("what it can cost does not fit the cost cap")
    if ruling is Ruling.OVER_QUOTA:
        raise OverQuota
    if ruling is Ruling.WITHHELD:
        raise Withheld("the person has objected meanwhile")
