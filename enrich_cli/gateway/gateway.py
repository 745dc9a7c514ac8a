"""The only sender, shared by all lookups of a run."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Failed, Found, NotFound, Objected, Outcome
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.conversation import Conversation
from enrich_cli.gateway.journal import Journal
from enrich_cli.gateway.late_keys import LateKeys
from enrich_cli.gateway.stop import Stop
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.gateway.transport import Transport
from enrich_cli.gateway.turnstile import Turnstile
from enrich_cli.providers.errors import InvalidCredentials, OutOfCredit, OverCap, ProviderError, Withheld
from enrich_cli.providers.lookup import Choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """Sends for all lookups of one run, which go on concurrently."""

    transport: Transport
    journal: Journal
    stop: Stop
    clock: Clock
    chance: random.Random
    max_pause: float
    """The longest pause (seconds) to wait for when a vendor asks for one."""
    on_closed: Callable[[Account], None]
    """Called once for each vendor that is closed for the rest of the run."""
    keys: LateKeys = field(default_factory=LateKeys)
    """Keys from commands, which run before the first lookup."""
    turnstile: Turnstile = field(default_factory=Turnstile)
    """Which answers are taken up next."""

    async def look_up(
        self, account: Account, customer: Customer, wanted: frozenset[str], choose: Choose, ticket: Ticket
    ) -> Outcome:
        """Ask one vendor about one customer. What was sent and how long it took is noted on the ticket.

        So is the final answer: settle it, or finish it with the customer, before anything else.

        Raises Interrupted if the run was asked to stop before the lookup was done, OverQuota if it was not begun
        because the customer has lost its place in the quota, and what making the keys raises.
        """
        if self.keys.lack(account.auth):
            with self.stop.interruptible():
                await self.keys.made(account.auth)
        lookup = account.provider.lookup(customer, wanted, choose)
        whole = account.costs(account.provider.most(customer, wanted))
        conversation = Conversation(self, account, ticket, whole)
        try:
            return await conversation.hold(lookup)
        except Withheld:
            return Objected()
        except OverCap as error:
            return Failed(str(error), refused=True)
        except ProviderError as error:
            return Failed(str(error))
        finally:
            lookup.close()

    def judged(self, account: Account, ticket: Ticket, outcome: Outcome) -> None:
        """The chain's verdict on an ended lookup: a vendor that never finds anybody may have to be closed."""
        trial = account.trial
        if isinstance(outcome, Found):
            trial.found()
        if ticket.on_trial:
            ticket.on_trial = False
            trial.end(missed=ticket.begun and isinstance(outcome, NotFound))
        if trial.failed and account.closed is None:
            account.closed = trial.verdict
            account.places.look_again()
            self.on_closed(account)

    async def settle(self, ticket: Ticket) -> None:
        """Put the answer that a lookup ended with on disk, if there is one."""
        if settlement := ticket.unsettled:
            ticket.unsettled = None
            await self.journal.answered(ticket.lookup, settlement)

    def close(self, account: Account, error: InvalidCredentials | OutOfCredit) -> None:
        """Do not ask this vendor any more in this run."""
        if account.closed is None:
            account.closed = str(error)
            account.key_refused = isinstance(error, InvalidCredentials)
            account.pause(math.inf)
            self.on_closed(account)
