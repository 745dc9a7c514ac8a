"""One lookup's way to its vendor: memory, pace, journal, sending, and what each error means for the money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Answered
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.exchange import exchange
from enrich_cli.gateway.in_flight import InFlight
from enrich_cli.gateway.journal import Question, Ruling, Settlement, question_text
from enrich_cli.gateway.retries import retrying
from enrich_cli.gateway.slots import Slot
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.providers.base import Lookup, Request, Response
from enrich_cli.providers.errors import (
    AnswerLost,
    BadAnswer,
    InvalidCredentials,
    LeftAlone,
    NotAccepted,
    NotInPlan,
    OutOfCredit,
    OverCap,
    ProviderError,
    RateLimited,
    Unavailable,
    Withheld,
)

if TYPE_CHECKING:
    from enrich_cli.gateway.gateway import Gateway

_PENDING = 202


@dataclass(slots=True, kw_only=True)
class Ticket:
    """One lookup on its way; what happened is noted here, also when the lookup is cut short."""

    lookup: int
    """A number of its own within the run."""
    customer_id: str
    slot: Slot
    after: int | None = None
    """The lookup before it in its chain, which is over."""
    begun: bool = False
    """A request was written down to be sent: the lookup belongs into the ledger."""
    latency_ms: int = 0
    """Time on the wire, over all its requests."""
    retries: int = 0
    on_trial: bool = False
    """It is one of the lookups by which the vendor has to find somebody."""
    unsettled: Settlement | None = None
    """The last answer, when the lookup ended with it: it is put on disk when the chain ends with it, or else by
    `Gateway.settle` before anything more is sent."""


class Conversation:
    """One vendor's generator, driven to its end."""

    def __init__(self, gateway: Gateway, account: Account, ticket: Ticket, whole: Money) -> None:
        self._gateway = gateway
        self._account = account
        self._ticket = ticket
        self._whole = whole
        self._unsettled: tuple[Request, Response] | None = None
        """An answer from the wire that the vendor's generator has not read yet."""
        self._has_place = False
        """Among the vendor's requests in flight."""

    async def hold(self, lookup: Lookup) -> Answered:
        """Drive the generator. It reads an answer before that is settled, since one that it can't read is in doubt.

        Reading is pure and instant: nothing happens between an answer and its place on disk. Raises ProviderError.
        """
        step: Callable[[], Request] = partial(next, lookup)
        while True:
            try:
                request = step()
            except StopIteration as end:
                self._ticket.unsettled = self._take_settlement()
                outcome: Answered = end.value
                return outcome
            except BadAnswer:
                await self._settle_unreadable()
                raise
            except ProviderError:
                await self._settle_answer()
                raise
            await self._settle_answer()
            try:
                step = partial(lookup.send, await self._answer_to(request))
            except ProviderError as error:
                step = partial(lookup.throw, error)

    async def _answer_to(self, request: Request) -> Response:
        """The answer from disk or wire, after as many tries as its errors allow."""
        if request.poll_after is not None:
            await self._pause(request.poll_after)
        try:
            return await self._try(request)
        except (RateLimited, Unavailable, AnswerLost) as error:
            again = partial(self._try_again, request)
            return await retrying(self._gateway, self._account, self._pause, error, again)

    async def _try_again(self, request: Request) -> Response:
        self._ticket.retries += 1
        return await self._try(request)

    async def _try(self, request: Request) -> Response:
        question = self._question(request)
        try:
            return await self._permission(question) or await self._send(request)
        finally:
            self._gateway.journal.no_longer_waits(question.lookup)
            self._give_place()

    async def _permission(self, question: Question) -> Response | None:
        """The answer on disk; or None: the question is written down and must leave now.

        Raises OverCap, LeftAlone, Withheld.
        """
        gateway, account = self._gateway, self._account
        goes_on = self._ticket.begun
        await self._ticket.slot.take()
        while True:
            gateway.stop.check()
            refusal = self._left_alone()
            crowded = not refusal and not self._may_try_the_vendor()
            if refusal or crowded or account.places.would_wait or account.pace.would_wait():
                # Whoever has to wait, or may not ask at all, looks first whether the answer is there already.
                if answer := await gateway.journal.recall(question):
                    return answer
                if refusal:
                    raise LeftAlone(refusal)
            if crowded:
                await self._see_what_the_vendor_finds()
                continue
            if not await self._has_place_now(back=goes_on) or (acquired := await self._permit()) is None:
                continue
            account.breaker.left(gateway.clock.monotonic())
            verdict = await gateway.journal.ask(question)
            if verdict is Ruling.SEND:
                self._ticket.begun = True
                account.pace.left(acquired)
                return None
            account.pace.give_back(acquired)
            account.breaker.stayed(gateway.clock.monotonic())
            self._give_place()
            if isinstance(verdict, Response):
                return verdict
            _end_for_good(verdict)
            async with self._ticket.slot.lent():
                with gateway.stop.interruptible():
                    await gateway.journal.changed(question.lookup)
            # Now others may have waited for longer.
            goes_on = False

    def _may_try_the_vendor(self) -> bool:
        """One that has found nobody yet is asked by few at a time; who is among them stays so."""
        if not self._ticket.begun and not self._ticket.on_trial:
            if self._account.trial.is_full:
                return False
            self._account.trial.begin()
            self._ticket.on_trial = True
        return True

    async def _see_what_the_vendor_finds(self) -> None:
        """Wait for others' lookups. They may wait for room under a cap, so nothing is held meanwhile."""
        if self._ticket.after is not None:
            await self._gateway.journal.let_go(self._ticket.after)
        async with self._ticket.slot.lent():
            with self._gateway.stop.interruptible():
                while self._account.trial.is_full and not self._left_alone():
                    await self._account.trial.changed()

    async def _has_place_now(self, *, back: bool) -> bool:
        """At once or after a wait; False when the vendor's state has changed meanwhile."""
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
        return self._has_place and not self._left_alone()

    def _give_place(self) -> None:
        if self._has_place:
            self._has_place = False
            self._account.places.give()

    async def _permit(self) -> float | None:
        """What the pace gave, at once or after a wait; None when the vendor's state has changed meanwhile."""
        pace = self._account.pace
        if not pace.would_wait():
            return await pace.acquire()
        slot = self._ticket.slot
        slot.leave()
        with self._gateway.stop.interruptible():
            # The slot is taken back before the pace counts the request as leaving: in between it may have to queue.
            acquired = await pace.acquire(self._gateway.max_pause, prepare=slot.take)
        if acquired is not None and (self._left_alone() or pace.paused_for()):
            pace.give_back(acquired)
            return None
        return acquired

    def _left_alone(self) -> str | None:
        """Why the vendor must not be asked now."""
        account = self._account
        if account.closed:
            return account.closed
        if account.pace.paused_for() > self._gateway.max_pause:
            return "it asked for a longer pause than ENRICHMENT_MAX_PAUSE allows"
        if not account.breaker.lets_through(self._gateway.clock.monotonic()):
            return "it failed many times in a row and is left alone for a while"
        return None

    async def _send(self, request: Request) -> Response:
        """Send what was written down; every way out but an answer settles its price."""
        gateway, account = self._gateway, self._account
        if gateway.stop.asked:
            await self._settle()
            raise Interrupted
        sent_at = gateway.clock.monotonic()
        response: Response | None = None
        try:
            with InFlight(account, self._ticket.slot, gateway.clock):
                response = await exchange(gateway.transport, account, request, gateway.clock)
            if error := account.provider.error(request, response):
                raise error
        except (AnswerLost, BadAnswer) as error:
            # What is no success, such as a redirect or the answer to a wrong path, is not charged however it reads.
            unread = response is None or response.status < 300
            await self._settle(in_doubt=account.costs(request.most) if unread else ZERO)
            self._react(error, sent_at)
            raise
        except ProviderError as error:
            await self._settle()
            self._react(error, sent_at)
            raise
        finally:
            self._ticket.latency_ms += round(1000 * (gateway.clock.monotonic() - sent_at))
        account.is_fine(sent_at)
        self._unsettled = request, response
        return response

    def _react(self, error: ProviderError, sent_at: float) -> None:
        """What an error means for the vendor as a whole."""
        gateway, account = self._gateway, self._account
        now = gateway.clock.monotonic()
        if isinstance(error, InvalidCredentials | OutOfCredit):
            gateway.close(account, error)
        elif isinstance(error, RateLimited):
            account.pace.pause(account.pause_for(error.retry_after, sent_at, now))
            account.breaker.succeeded()
        elif isinstance(error, NotAccepted | NotInPlan):
            account.breaker.succeeded()
        elif isinstance(error, Unavailable | AnswerLost):
            account.breaker.failed(now)
        if isinstance(error, RateLimited | AnswerLost) or not account.breaker.lets_through(now):
            account.places.limit.trouble(sent_at, now)
        if self._left_alone():
            account.places.look_again()

    def _take_settlement(self) -> Settlement | None:
        """What the answer that was just read was charged, by the vendor's sheet; None when there is none to settle."""
        if self._unsettled is None:
            return None
        request, response = self._unsettled
        self._unsettled = None
        charge = self._account.provider.charged(request, response)
        return Settlement(
            cost=self._account.costs(charge.sure),
            in_doubt=self._account.costs(charge.in_doubt),
            answer=self._account.provider.kept(response),
            pending=response.status == _PENDING,
        )

    async def _settle_answer(self) -> None:
        """Put the answer on disk."""
        if settlement := self._take_settlement():
            await self._gateway.journal.answered(self._ticket.lookup, settlement)

    async def _settle_unreadable(self) -> None:
        if self._unsettled is not None:
            request, _ = self._unsettled
            self._unsettled = None
            await self._settle(in_doubt=self._account.costs(request.most))

    async def _settle(self, *, in_doubt: Money = ZERO) -> None:
        """Settle a request that brought no answer to keep."""
        await self._gateway.journal.answered(self._ticket.lookup, Settlement(in_doubt=in_doubt))

    async def _pause(self, seconds: float) -> None:
        """Wait without a place among the customers in flight."""
        async with self._ticket.slot.left():
            with self._gateway.stop.interruptible():
                await self._gateway.clock.sleep(seconds)

    def _question(self, request: Request) -> Question:
        provider = self._account.provider
        return Question(
            lookup=self._ticket.lookup,
            customer_id=self._ticket.customer_id,
            data_type=provider.data_type,
            provider=provider.name,
            text=question_text(provider.name, request),
            fields=request.fields,
            most=self._account.costs(request.most),
            whole=self._whole,
            after=self._ticket.after,
            begun=self._ticket.begun,
            repeat=request.poll_after is not None,
        )


def _end_for_good(ruling: Ruling) -> None:
    """Raises OverCap or Withheld for a question that no waiting helps."""
    if ruling is Ruling.REFUSED:
        raise OverCap("what it can cost does not fit the cost cap")
    if ruling is Ruling.WITHHELD:
        raise Withheld("the person has objected meanwhile")
