"""One lookup at one vendor: admission, sending, and what each error means for the money."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Answered
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.admission import Admission
from enrich_cli.gateway.exchange import exchange
from enrich_cli.gateway.in_flight import InFlight
from enrich_cli.gateway.journal import Question, Settlement, question_text
from enrich_cli.gateway.retries import retrying
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.errors import (
    AnswerLost,
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    NotInPlan,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import PENDING, Lookup, Request, Response

if TYPE_CHECKING:
    from enrich_cli.gateway.gateway import Gateway


class Conversation:
    """Drives one vendor's generator to its end."""

    def __init__(self, gateway: Gateway, account: Account, ticket: Ticket, whole: Money) -> None:
        self._gateway = gateway
        self._account = account
        self._ticket = ticket
        self._whole = whole
        self._unsettled: tuple[Request, Response] | None = None
        """The answer from the wire that the vendor's generator has not read yet."""
        self._admission = Admission(gateway, account, ticket)

    async def hold(self, lookup: Lookup) -> Answered:
        """Drive the generator. It reads each answer before that is settled, since an unreadable one is in doubt.

        Reading is pure and instant: nothing else happens before the answer is on disk. Raises ProviderError.
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
            again = partial(self._try, request, again=True)
            return await retrying(self._gateway, self._account, self._pause, error, again)

    async def _try(self, request: Request, *, again: bool = False) -> Response:
        question = self._question(request)
        try:
            response = await self._admission.of(question, request)
            if response is None:
                # Counted only now: what the caps refuse, or the disk answers, is not a try.
                self._ticket.retries += again
                response = await self._send(request, anew=question.text in self._account.lost)
        finally:
            self._gateway.journal.no_longer_waits(question.lookup)
            self._admission.give_place()
        self._ticket.news = self._ticket.news or not response.counted
        return response

    async def _send(self, request: Request, *, anew: bool) -> Response:
        """Send what was written down; without an answer, its price is settled before the error is raised."""
        gateway, account = self._gateway, self._account
        if gateway.stop.asked:
            await self._settle()
            raise Interrupted
        sent_at = gateway.clock.monotonic()
        response: Response | None = None
        try:
            with InFlight(account, self._ticket.slot, gateway.clock):
                response = await exchange(
                    gateway.transport,
                    account,
                    request,
                    gateway.clock,
                    anew=anew,
                    on_leaving=self._admission.leaves,
                )
            if error := account.provider.error(request, response):
                raise error
        except (AnswerLost, BadAnswer) as error:
            # A response that is no success, such as a redirect or the reply to a wrong path, costs nothing even if
            # unreadable.
            unread = response is None or response.status < 300
            await (self._settle_lost(request) if unread else self._settle())
            self._react(error, sent_at)
            raise
        except ProviderError as error:
            await self._settle()
            self._react(error, sent_at)
            raise
        finally:
            self._ticket.latency_ms += round(1000 * (gateway.clock.monotonic() - sent_at))
        account.answered(sent_at)
        if pause := account.provider.pause_after(response):
            account.pause(pause)
            self._turn_away()
        self._unsettled = request, response
        await gateway.turnstile.passed()
        return response

    def _react(self, error: ProviderError, sent_at: float) -> None:
        """What an error means for the vendor as a whole."""
        gateway, account = self._gateway, self._account
        now = gateway.clock.monotonic()
        if isinstance(error, InvalidCredentials | OutOfCredit):
            gateway.close(account, error)
        elif isinstance(error, RateLimited):
            account.pause(account.pause_for(error.retry_after, sent_at, now))
            account.breaker.succeeded()
        elif isinstance(error, NotAccepted | NotInPlan):
            account.breaker.succeeded()
        elif isinstance(error, Unavailable | AnswerLost):
            account.breaker.failed(now)
        if isinstance(error, RateLimited | AnswerLost) or not account.breaker.lets_through(now):
            account.places.limit.trouble(sent_at, now)
        self._turn_away()

    def _turn_away(self) -> None:
        """Wake everybody who would now wait for a place in vain."""
        if self._admission.refusal():
            self._account.places.look_again()

    def _take_settlement(self) -> Settlement | None:
        """What the answer just read was charged, according to the vendor's sheet; None if there is none to settle."""
        if self._unsettled is None:
            return None
        request, response = self._unsettled
        self._unsettled = None
        if self._account.lost:
            self._account.lost.pop(question_text(self._account.provider.name, request), None)
        charge = self._account.provider.charged(request, response)
        return Settlement(
            cost=self._account.costs(charge.sure),
            in_doubt=self._account.costs(charge.in_doubt),
            answer=self._account.provider.kept(response),
            pending=response.status == PENDING,
        )

    async def _settle_answer(self) -> None:
        """Put the answer on disk."""
        if settlement := self._take_settlement():
            await self._gateway.journal.answered(self._ticket.lookup, settlement)

    async def _settle_unreadable(self) -> None:
        if self._unsettled is not None:
            request, _ = self._unsettled
            self._unsettled = None
            await self._settle_lost(request)

    async def _settle_lost(self, request: Request) -> None:
        """Settle a request whose answer was lost or unreadable. It is noted before others that wait for the answer wake
        up.
        """
        self._account.lost[question_text(self._account.provider.name, request)] += 1
        await self._settle(in_doubt=self._account.costs(request.most))

    async def _settle(self, *, in_doubt: Money = ZERO) -> None:
        """Settle a request that brought no answer worth keeping."""
        await self._gateway.journal.answered(self._ticket.lookup, Settlement(in_doubt=in_doubt))

    async def _pause(self, seconds: float) -> None:
        """Wait without holding a place among the customers in flight."""
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
