"""One reserved customer: its data types looked up, each settled as it is done."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import orjson

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Result, State
from enrich_cli.domain.models import as_data
from enrich_cli.domain.report import Count
from enrich_cli.engine.chain import Asked, Asker, Chain, Findings, follow
from enrich_cli.engine.landing import land
from enrich_cli.engine.served import served
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.conversation import Ticket
from enrich_cli.gateway.slots import Slot
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.store.ledger import LookupDone
from enrich_cli.store.plan import Plan
from enrich_cli.store.settling import Finish, Settled
from enrich_cli.store.thread import Store


class CustomerLookups:
    """Looks up what the plan says, for one customer at a time; many go on concurrently."""

    def __init__(
        self,
        *,
        chains: Mapping[DataType, Chain],
        gateway: Asker,
        store: Store,
        tally: Tally,
        min_confidence: float,
    ) -> None:
        self._chains = chains
        self._gateway = gateway
        self._store = store
        self._tally = tally
        self._min_confidence = min_confidence
        self._lookup_numbers = itertools.count(1)

    async def of(
        self, customer: Customer, plan: Plan, types: Sequence[DataType], slot: Slot
    ) -> tuple[dict[DataType, Result], Count]:
        """Every requested data type's result, and where the customer lands.

        Raises Interrupted when the run was asked to stop before the customer was done; what came until then is saved.
        """
        results = {kind: served(plan.fresh.get(kind), None) for kind in types if kind not in plan.look_up}
        asked = False
        landed: Count | None = None
        for position, data_type in enumerate(plan.look_up, 1):
            findings = await follow(
                self._chains[data_type],
                customer,
                self._gateway,
                min_confidence=self._min_confidence,
                ticket=partial(self._ticket, plan.customer_id, slot),
            )
            asked = asked or findings.answered or any(one.ticket.begun for one in findings.asked)
            result = _result(findings, plan.stored.get(data_type))
            last = position == len(plan.look_up) or findings.objected
            if last:
                # Nothing more is sent for this customer: while it is saved, the next one may be asked about.
                slot.give()
            if last and not findings.interrupted:
                landed = land([*results.values(), result], asked=asked, objected=findings.objected)
            states = {kind: known.state for kind, known in results.items()} | {data_type: result.state}
            settled = await self._settle(customer, plan, data_type, findings=findings, landed=landed, states=states)
            if settled.suppressed:
                return {}, Count.SUPPRESSED
            if findings.interrupted:
                raise Interrupted
            results[data_type] = replace(result, enrichment=settled.enrichment or result.enrichment)
        assert landed is not None  # noqa: S101 a plan that is reserved looks up at least one data type
        return results, landed

    def _ticket(self, customer_id: str, slot: Slot, after: int | None) -> Ticket:
        return Ticket(lookup=next(self._lookup_numbers), customer_id=customer_id, slot=slot, after=after)

    async def _settle(
        self,
        customer: Customer,
        plan: Plan,
        data_type: DataType,
        *,
        findings: Findings,
        landed: Count | None,
        states: Mapping[DataType, State],
    ) -> Settled:
        done = Finish(
            customer=customer,
            customer_id=plan.customer_id,
            lookups=[_lookup_done(asked) for asked in findings.asked],
            objected=findings.objected,
            finding=_finding(findings, data_type),
            landed=landed,
            states=states,
        )
        settled = await self._store.finish(done)
        for asked, booked in zip(findings.asked, settled.booked, strict=True):
            self._tally.asked(asked, booked)
        return settled


def _result(findings: Findings, stored: Enrichment | None) -> Result:
    """What the data type comes to; the enrichment that is saved is put in when it is settled."""
    reason = "; ".join(f"{provider}: {failed.reason}" for provider, failed in findings.failures)
    refused = any(failed.refused for _, failed in findings.failures)
    if findings.state is State.FOUND:
        return Result(State.FOUND, refused=refused)
    return Result(findings.state, stored, reason=reason, refused=refused)


def _finding(findings: Findings, data_type: DataType) -> Finding | None:
    if findings.interrupted or findings.objected or findings.state not in (State.FOUND, State.NOT_FOUND):
        return None
    if findings.data is None:
        return Finding(data_type=data_type)
    return Finding(
        data_type=data_type,
        source=",".join(findings.sources),
        confidence=findings.confidence,
        data=as_data(data_type, orjson.loads(orjson.dumps(findings.data))),
        provenance=findings.provenance,
        reasons=findings.reasons,
    )


def _lookup_done(asked: Asked) -> LookupDone:
    ticket = asked.ticket
    return LookupDone(
        lookup=ticket.lookup,
        outcome=asked.booked_as,
        latency_ms=ticket.latency_ms,
        retries=ticket.retries,
        settlement=ticket.unsettled,
    )
