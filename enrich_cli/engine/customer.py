"""One reserved customer: its data types looked up side by side, each settled as it is done."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, Result, State
from enrich_cli.domain.hints import HINTED, hints_of, with_hints
from enrich_cli.domain.person import Person
from enrich_cli.domain.report import Count
from enrich_cli.engine.chain import Asker, Chain, follow
from enrich_cli.engine.findings import Findings
from enrich_cli.engine.landing import land
from enrich_cli.engine.served import served
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.slots import Slot, Slots
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.store.plan import Plan
from enrich_cli.store.run_store import Store
from enrich_cli.store.settling import Finish, Settled


class _Case(msgspec.Struct):
    """A customer while it is looked up."""

    customer: Customer
    plan: Plan
    results: dict[DataType, Result]
    hints: Mapping[str, Any] = {}
    """What is known of the person."""
    person_is_known: asyncio.Event = msgspec.field(default_factory=asyncio.Event)
    asked: bool = False
    looked_up: bool = False
    """Some provider gave an answer that the customer was not counted for before."""
    found: bool = False
    """Something is saved, or about to be."""
    landed: Count | None = None
    dropped: Count | None = None
    """SUPPRESSED or OVER_QUOTA: nobody else is asked, nothing is kept."""
    interrupted: bool = False

    @property
    def is_complete(self) -> bool:
        return all(data_type in self.results for data_type in self.plan.look_up)


class CustomerLookups:
    """Looks up what the plan says, for one customer at a time; many go on concurrently."""

    def __init__(
        self,
        *,
        chains: Mapping[DataType, Chain],
        gateway: Asker,
        store: Store,
        tally: Tally,
        slots: Slots,
        min_confidence: float,
    ) -> None:
        self._chains = chains
        self._gateway = gateway
        self._store = store
        self._tally = tally
        self._slots = slots
        self._min_confidence = min_confidence
        self._lookup_numbers = itertools.count(1)

    async def of(
        self, customer: Customer, plan: Plan, types: Sequence[DataType]
    ) -> tuple[dict[DataType, Result], Count]:
        """Every requested data type's result, and where the customer lands.

        Raises Interrupted when the run was asked to stop before the customer was done; what came until then is saved.
        """
        left = [kind for kind in types if kind not in plan.look_up]
        case = _Case(customer, plan, {kind: served(plan.fresh.get(kind), plan.stored.get(kind)) for kind in left})
        if person := plan.person:
            case.hints = person.shown_of_a_miss(self._min_confidence).data or {}
        if len(plan.look_up) == 1:
            await self._look_up(case, plan.look_up[0])
        else:
            async with asyncio.TaskGroup() as group:
                for data_type in plan.look_up:
                    group.create_task(self._look_up(case, data_type))
        if case.dropped is Count.SUPPRESSED:
            return {}, Count.SUPPRESSED
        if case.interrupted:
            raise Interrupted
        if case.dropped:
            unsaved = {kind: served(None, plan.stored.get(kind)) for kind in plan.look_up}
            return {kind: (case.results | unsaved)[kind] for kind in types}, case.dropped
        assert case.landed is not None  # noqa: S101 a plan that is reserved looks up at least one data type
        return {kind: case.results[kind] for kind in types}, case.landed

    async def _look_up(self, case: _Case, data_type: DataType) -> None:
        """One data type, from the first question to its place in the books."""
        if data_type in HINTED and DataType.PERSON in case.plan.look_up:
            await case.person_is_known.wait()
        try:
            if case.dropped is Count.SUPPRESSED or case.interrupted:
                return
            findings = await self._follow(case, data_type)
        finally:
            if data_type is DataType.PERSON:
                case.person_is_known.set()
        result = findings.result(self._shown(findings, case.plan.stored.get(data_type)))
        case.results[data_type] = result
        if case.is_complete and not case.interrupted:
            case.landed = land(case.results.values(), asked=case.asked, looked_up=case.looked_up)
        settled = await self._settle(case, data_type, findings)
        case.dropped = settled.dropped or case.dropped
        if settled.enrichment:
            known = settled.enrichment.shown_of_a_miss(self._min_confidence)
            case.results[data_type] = replace(result, enrichment=known)

    def _shown(self, findings: Findings, stored: Enrichment | None) -> Enrichment | None:
        """What is stored, where it may be shown of what the chain came to."""
        if stored and findings.state is State.NOT_FOUND:
            return stored.shown_of_a_miss(self._min_confidence)
        return stored

    async def _follow(self, case: _Case, data_type: DataType) -> Findings:
        customer = with_hints(case.customer, case.hints) if data_type in HINTED and case.hints else case.customer
        async with self._slots.slot() as slot:
            findings = await follow(
                self._chains[data_type],
                customer,
                self._gateway,
                min_confidence=self._min_confidence,
                ticket=partial(self._ticket, case.plan.customer_id, slot),
                is_over=lambda: case.dropped is not None,
            )
        stored = case.plan.stored.get(data_type)
        if stored and (stored.confidence or 0) >= self._min_confidence:
            findings.restore(data_type, stored, self._contradicts(case, data_type, customer))
        # Nothing more is sent for this type: while it is saved, the place is another's.
        self._tally.refuses(self._chains[data_type], customer, findings)
        case.asked = case.asked or findings.answered or any(one.ticket.begun for one in findings.attempts)
        case.looked_up = case.looked_up or findings.looked_up
        if findings.objected:
            case.dropped = Count.SUPPRESSED
        case.interrupted = case.interrupted or findings.interrupted
        if isinstance(findings.data, Person):
            case.hints = hints_of(findings.data)
        elif data_type is DataType.PERSON and stored:
            # What was known of them stays, and with it what that helps to find.
            case.hints = stored.shown_of_a_miss(self._min_confidence).data or {}
        return findings

    def _contradicts(self, case: _Case, data_type: DataType, customer: Customer) -> Callable[[str], bool]:
        """Tells whether a provider reads hints today that are others than those of the stored person.

        With those of another employer it is asked about another business, to which nothing stored may be added. A hint
        that is only missing contradicts nothing.
        """
        person = case.plan.fresh.get(DataType.PERSON) or case.plan.stored.get(DataType.PERSON)
        hinted = person.data if person and data_type in HINTED else None
        before = with_hints(case.customer, hinted) if hinted else case.customer
        others = {field for field, text in customer.values().items() if text != getattr(before, field)}
        reads = {link.provider.name: link.provider.reads for link in self._chains[data_type].links}
        return lambda provider: not others.isdisjoint(reads.get(provider, others))

    def _ticket(self, customer_id: str, slot: Slot, after: int | None) -> Ticket:
        return Ticket(lookup=next(self._lookup_numbers), customer_id=customer_id, slot=slot, after=after)

    async def _settle(self, case: _Case, data_type: DataType, findings: Findings) -> Settled:
        finding = findings.finding(data_type)
        case.found = case.found or (finding is not None and finding.status is Known.FOUND)
        done = Finish(
            customer=case.customer,
            customer_id=case.plan.customer_id,
            lookups=[attempt.done for attempt in findings.attempts],
            objected=findings.objected,
            finding=finding,
            counts=case.looked_up and case.found,
            landed=Count.SUPPRESSED if findings.objected else case.landed,
            states={kind: known.state for kind, known in case.results.items()},
            looked_up=case.plan.look_up,
        )
        last = [(one.ticket.lookup, one.ticket.unsettled) for one in findings.attempts if one.ticket.unsettled]
        settled = await self._store.finish(done, last)
        for attempt, booked in zip(findings.attempts, settled.booked, strict=True):
            self._tally.ended(attempt, booked)
        return settled
