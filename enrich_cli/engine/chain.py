"""One data type of one customer: which provider next, when to stop, how answers merge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.merge import filled, fitting, take
from enrich_cli.domain.models import WANTED
from enrich_cli.domain.outcomes import Answered, Failed, Found, Model, NotFound, Objected, Outcome
from enrich_cli.engine.acceptance import Acceptance
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.journal import OverQuota
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.matching.judge import Judgement
from enrich_cli.providers.base import Provider
from enrich_cli.providers.lookup import Choose
from enrich_cli.providers.worth import worthwhile
from enrich_cli.store.ledger import LookupOutcome


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
        """Is there any such provider?"""
        return next(self.usable(customer), None) is not None


class Asker(Protocol):
    """The gateway, as a chain sees it."""

    async def look_up(
        self, account: Account, customer: Customer, wanted: frozenset[str], choose: Choose, ticket: Ticket
    ) -> Outcome: ...

    def judged(self, account: Account, ticket: Ticket, outcome: Outcome) -> None: ...

    async def settle(self, ticket: Ticket) -> None: ...


class Asked(msgspec.Struct, frozen=True):
    """One lookup that the chain made, with how it ended in the end: an answer too unsure to keep is a NotFound."""

    provider: str
    ticket: Ticket
    outcome: Outcome | None
    """None: it was cut short by an interrupt."""

    @property
    def booked_as(self) -> LookupOutcome:
        """What the ledger and the report call it."""
        if isinstance(self.outcome, Found):
            return LookupOutcome.FOUND
        return LookupOutcome.NOT_FOUND if isinstance(self.outcome, NotFound) else LookupOutcome.FAILED


class Findings(msgspec.Struct):
    """What a chain brought together. Filled while it goes on, so that nothing is lost when it is cut short."""

    asked: list[Asked] = []
    data: Model | None = None
    confidence: float | None = None
    reasons: tuple[str, ...] = ()
    provenance: dict[str, str] = {}
    refused: float | None = None
    """The highest confidence of the answers that were too unsure to be kept."""
    interrupted: bool = False

    @property
    def sources(self) -> list[str]:
        """The contributing providers in chain order."""
        contributing = set(self.provenance.values())
        return [asked.provider for asked in self.asked if asked.provider in contributing]

    @property
    def failures(self) -> list[tuple[str, Failed]]:
        return [(asked.provider, asked.outcome) for asked in self.asked if isinstance(asked.outcome, Failed)]

    @property
    def answered(self) -> bool:
        """Did at least one provider give an answer, over the wire or from disk?"""
        return any(isinstance(asked.outcome, Answered) for asked in self.asked)

    @property
    def looked_up(self) -> bool:
        """Was one of these answers more than what the customer was counted for before?"""
        return any(isinstance(asked.outcome, Answered) and asked.ticket.news for asked in self.asked)

    @property
    def objected(self) -> bool:
        return any(isinstance(asked.outcome, Objected) for asked in self.asked)

    @property
    def state(self) -> State:
        """Only a chain whose every usable provider answered may say that there is nothing."""
        if self.data is not None:
            return State.FOUND
        if self.failures:
            return State.FAILED
        return State.NOT_FOUND if self.answered else State.SKIPPED

    def keep(self, provider: str, found: Found, said: frozenset[str], judgement: Judgement) -> None:
        """Take what is new; the first provider that says a thing keeps it, the lowest confidence counts."""
        new = said - self.provenance.keys()
        if self.data is None:
            self.data = found.data
        else:
            new = fitting(self.data, found.data, new)
            self.data = take(self.data, found.data, new)
        self.provenance.update(dict.fromkeys(new, provider))
        if new and (self.confidence is None or judgement.confidence < self.confidence):
            self.confidence, self.reasons = judgement.confidence, judgement.reasons


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
    findings = Findings()
    acceptance = Acceptance(chain.data_type, customer, min_confidence)
    about = chain.about(customer)
    for account in chain.usable(customer):
        if is_over():
            break
        if findings.asked:
            await gateway.settle(findings.asked[-1].ticket)
        own = ticket(findings.asked[-1].ticket.lookup if findings.asked else None)
        try:
            outcome = await gateway.look_up(account, about, chain.required, acceptance.choose, own)
        except Interrupted:
            findings.asked.append(Asked(account.provider.name, own, None))
            findings.interrupted = True
            break
        except OverQuota:
            not_asked = Failed("the quota is used up")
            gateway.judged(account, own, not_asked)
            findings.asked.append(Asked(account.provider.name, own, not_asked))
            break
        if isinstance(outcome, Found):
            judgement, said = acceptance.of(outcome), filled(outcome.data)
            if judgement is None or not said:
                outcome = NotFound()
            else:
                findings.keep(account.provider.name, outcome, said, judgement)
        gateway.judged(account, own, outcome)
        findings.asked.append(Asked(account.provider.name, own, outcome))
        if isinstance(outcome, Objected):
            break
        if findings.data is not None and chain.wanted <= findings.provenance.keys():
            break
    findings.refused = acceptance.refused
    return findings
