"""One data type of one customer: which provider next, and when to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.merge import filled
from enrich_cli.domain.models import WANTED
from enrich_cli.domain.outcomes import Failed, Found, NotFound, Objected, Outcome
from enrich_cli.engine.acceptance import Acceptance
from enrich_cli.engine.findings import Attempt, Findings
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.journal import OverQuota
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.base import Provider
from enrich_cli.providers.lookup import Choose
from enrich_cli.providers.worth import worthwhile


class Link(msgspec.Struct, frozen=True):
    """A provider in a chain; without an account it is not asked, and `disabled` says why."""

    provider: Provider
    account: Account | None
    disabled: str | None = None
    configured: bool = True


@dataclass(frozen=True)
class Chain:
    """The providers of one data type in fallback order, and the fields that must be there before it stops."""

    data_type: DataType
    links: Sequence[Link]
    required: frozenset[str] = frozenset()
    """What was asked for explicitly."""

    @property
    def wanted(self) -> frozenset[str]:
        """It goes on while one of these fields is missing."""
        return self.required or WANTED[self.data_type]

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every customer field that may go out."""
        return frozenset[str]().union(*(link.provider.reads for link in self.links))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all its providers, in order."""
        return tuple(link.provider.name for link in self.links)

    @cached_property
    def _configured(self) -> tuple[Provider, ...]:
        return tuple(link.provider for link in self.links if link.account)

    def about(self, customer: Customer) -> Customer:
        """The customer as providers are asked about it: without what is not worth asking by."""
        return worthwhile(self.data_type, customer).customer

    def usable(self, customer: Customer) -> Iterator[Account]:
        """The configured providers that can be asked about this customer, in order."""
        about = self.about(customer)
        return (link.account for link in self.links if link.account and link.provider.can_ask(about))

    def spares(self, customer: Customer) -> dict[str, int]:
        """Why lookups are not worth making though the customer has the fields for them, and how many at most."""
        worth = worthwhile(self.data_type, customer)
        if not worth.left_out:
            return {}
        spared = sum(
            link.provider.has_needed(customer) and not link.provider.can_ask(worth.customer)
            for link in self.links
            if link.account
        )
        return {"; ".join(worth.left_out): spared} if spared else {}

    def is_usable(self, customer: Customer) -> bool:
        """Can any configured provider be asked about this customer?"""
        about = self.about(customer)
        return any(provider.can_ask(about) for provider in self._configured)


class Asker(Protocol):
    """The gateway, as a chain sees it."""

    async def look_up(
        self, account: Account, customer: Customer, wanted: frozenset[str], choose: Choose, ticket: Ticket
    ) -> Outcome: ...

    def judged(self, account: Account, ticket: Ticket, outcome: Outcome) -> None: ...

    async def settle(self, ticket: Ticket) -> None: ...


async def follow(
    chain: Chain,
    customer: Customer,
    gateway: Asker,
    *,
    min_confidence: float,
    ticket: Callable[[int | None], Ticket],
    is_over: Callable[[], bool] = lambda: False,
) -> Findings:
    """Ask one provider after the other until what is wanted is there, or the chain ends, or nothing more may be asked.

    `ticket` makes a lookup's ticket; it is told the lookup before it in the chain. `is_over` tells whether the customer
    was dropped elsewhere meanwhile.
    The last answer is left on its ticket, to be put on disk together with what it comes to: judging it is instant.
    """
    findings = Findings(order=chain.names)
    acceptance = Acceptance(chain.data_type, customer, min_confidence)
    about = chain.about(customer)
    for account in chain.usable(customer):
        if is_over():
            break
        if findings.attempts:
            await gateway.settle(findings.attempts[-1].ticket)
        own = ticket(findings.attempts[-1].ticket.lookup if findings.attempts else None)
        try:
            outcome = await gateway.look_up(account, about, chain.required, acceptance.choose, own)
        except Interrupted:
            findings.attempts.append(Attempt(account.provider.name, own, None))
            findings.interrupted = True
            break
        except OverQuota:
            not_asked = Failed("the quota is used up")
            gateway.judged(account, own, not_asked)
            findings.attempts.append(Attempt(account.provider.name, own, not_asked))
            break
        if isinstance(outcome, Found):
            judgement, said = acceptance.of(outcome), filled(outcome.data)
            if judgement is None or not said:
                outcome = NotFound()
            else:
                findings.keep(account.provider.name, outcome, said, judgement)
        gateway.judged(account, own, outcome)
        findings.attempts.append(Attempt(account.provider.name, own, outcome))
        if isinstance(outcome, Objected):
            break
        findings.complete = findings.data is not None and chain.wanted <= findings.provenance.keys()
        if findings.complete:
            break
    findings.refused = acceptance.refused
    return findings
