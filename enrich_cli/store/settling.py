"""The verb `finish`: a data type of a customer is done, and everything that follows from it is one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, State
from enrich_cli.domain.months import month_of, stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments, NewEnrichment
from enrich_cli.store.ledger import LookupDone, OpenLookup, book, charge, take_out
from enrich_cli.store.many import among
from enrich_cli.store.objections import Objections
from enrich_cli.store.overbooking import Overbooked
from enrich_cli.store.people import People
from enrich_cli.store.privacy import forget


class Finish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be settled of one customer."""

    customer: Customer
    customer_id: str
    lookups: Sequence[LookupDone]
    objected: bool = False
    """A provider said that the person objects: that is remembered, and all that is stored of them deleted."""
    finding: Finding | None = None
    """What was found, or that nothing was; None when the data type failed, or was only half done."""
    counts: bool = False
    """It was looked up, and by now something is found: it is counted, unless this run has done so."""
    landed: Count | None = None
    """The count the customer lands in; set with the last data type."""
    states: Mapping[DataType, State] = {}
    """How each data type ended; set with the last of them."""
    looked_up: Sequence[DataType] = ()
    """Those of them that were not served from the store."""


class Settled(msgspec.Struct, frozen=True):
    """What came of a `Finish` in the books."""

    enrichment: Enrichment | None
    booked: tuple[tuple[int, int] | None, ...]
    """Cost and doubt (micro-dollars) of each lookup, in order; None when nothing of it was sent."""
    dropped: Count | None = None
    """Why nothing was saved, nor will be. SUPPRESSED: the person objects, and what was there is gone. OVER_QUOTA: it
    could not be counted any more."""


_OF_RUN = "WHERE company_id = ? AND run_id = ?"
_UNRESERVE = f"DELETE FROM run_customers {_OF_RUN} AND counted = 0 AND customer_id IN"  # noqa: S608 ours
_LEAVE = f"UPDATE run_customers SET outcome = 'crashed' {_OF_RUN} AND counted = 1 AND customer_id IN"  # noqa: S608 ours
_LAND = f"UPDATE run_customers SET outcome = ?, failed_types = ? {_OF_RUN} AND customer_id IN"  # noqa: S608 ours
_COUNT = f"UPDATE run_customers SET counted = 1, at = ? {_OF_RUN} AND counted = 0 AND customer_id IN"  # noqa: S608 ours


class Settling:
    """Every call is inside the transaction of its caller, with as few statements for many as for one."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        run_id: str,
        *,
        customers: Customers,
        enrichments: Enrichments,
        objections: Objections,
        people: Callable[[], People],
        overbooked: Overbooked,
        reads: Mapping[DataType, frozenset[str]],
        lifetimes: Lifetimes,
    ) -> None:
        self._connection = connection
        self._company = company
        self._run_id = run_id
        self._customers = customers
        self._enrichments = enrichments
        self._objections = objections
        self._people = people
        self._overbooked = overbooked
        self._reads = reads
        self._lifetimes = lifetimes

    def finish(self, done: Sequence[Finish], tier: Tier, now: datetime) -> list[Settled]:
        """Ledger rows, the enrichment, the count with the first found, the outcome with the last: all or nothing.

        What comes of somebody who has objected meanwhile, under whatever id, or does not fit the limit any more, is
        booked and dropped.
        """
        taken = self._book([lookup for one in done for lookup in one.lookups])
        dropped = self._dropped(done, tier, now)
        done = [_without_findings(one, why) if why else one for one, why in zip(done, dropped, strict=True)]
        saved = self._save(done, tier, now)
        counted = self._land(done, now)
        charge(self._connection, self._company, self._run_id, taken.values(), counted=counted, month=month_of(now))
        for one, why in zip(done, dropped, strict=True):
            if why is Count.SUPPRESSED:
                self._forget(one, now)
        self._overbooked.land(one.customer_id for one in done if one.landed)
        return [
            Settled(saved[place], tuple(_booked(taken, lookup) for lookup in one.lookups), dropped[place])
            for place, one in enumerate(done)
        ]

    def _dropped(self, done: Sequence[Finish], tier: Tier, now: datetime) -> list[Count | None]:
        """As `Settled.dropped`."""
        objecting = self._objections.of([one.customer for one in done])
        told = {one.customer_id for one in done if one.objected}
        suppressed = [objects or one.customer_id in told for one, objects in zip(done, objecting, strict=True)]
        counting = [one.customer_id for one, drop in zip(done, suppressed, strict=True) if one.counts and not drop]
        overbooked = self._overbooked.of_counting(counting, tier, now)
        return [
            Count.SUPPRESSED if drop else Count.OVER_QUOTA if one.customer_id in overbooked else None
            for one, drop in zip(done, suppressed, strict=True)
        ]

    def _book(self, lookups: Sequence[LookupDone]) -> dict[int, OpenLookup]:
        """Move lookups from the journal to the ledger."""
        taken = take_out(self._connection, self._run_id, [lookup.lookup for lookup in lookups])
        book(self._connection, self._run_id, lookups, taken)
        return taken

    def _save(self, done: Sequence[Finish], tier: Tier, now: datetime) -> list[Enrichment | None]:
        expires_at = now + timedelta(seconds=self._lifetimes.of(tier))
        new = [
            NewEnrichment(
                customer_id=one.customer_id,
                enrichment=_enrichment(one.finding, now, expires_at),
                fingerprints=tuple(self._customers.fingerprints(one.customer, self._reads[one.finding.data_type])),
                run_id=self._run_id,
                refused=one.finding.refused,
            )
            for one in done
            if one.finding
        ]
        known = iter(self._enrichments.save(new))
        return [next(known) if one.finding else None for one in done]

    def _land(self, done: Sequence[Finish], now: datetime) -> int:
        """Write down of whom something was found, and where customers land; returns how many are counted by that."""
        of_run = (self._company, self._run_id)
        unsent = [one.customer_id for one in done if one.landed is Count.OVER_QUOTA]
        among(self._connection, _UNRESERVE, of_run, unsent)
        # One that a resumed run counted stays as that one left it.
        among(self._connection, _LEAVE, of_run, unsent)
        counting = [one.customer_id for one in done if one.counts]
        counted = among(self._connection, _COUNT, (stamp(now), *of_run), counting, "customer_id")
        landed: dict[tuple[Count, str | None], list[str]] = {}
        for one in done:
            if one.landed and one.landed is not Count.OVER_QUOTA:
                landed.setdefault((one.landed, _failed_types(one)), []).append(one.customer_id)
        for ending, customer_ids in landed.items():
            among(self._connection, _LAND, (*ending, *of_run), customer_ids)
        return len(counted)

    def _forget(self, done: Finish, now: datetime) -> None:
        person = self._people().behind([done.customer], [done.customer_id])
        forget(self._connection, self._company, [person], now)
        self._objections.look_again()


def _without_findings(done: Finish, why: Count) -> Finish:
    """Whoever objects is done at once, whoever is over quota with the last data type."""
    landed = why if why is Count.SUPPRESSED or done.landed else None
    return replace(done, finding=None, counts=False, landed=landed, states={})


def _failed_types(done: Finish) -> str | None:
    failed = [kind.value for kind, state in done.states.items() if state is State.FAILED]
    return json.dumps(failed) if failed else None


def _enrichment(finding: Finding, now: datetime, expires_at: datetime) -> Enrichment:
    return Enrichment(
        data_type=finding.data_type,
        status=finding.status,
        source=finding.source,
        confidence=finding.confidence,
        cached_at=now,
        expires_at=expires_at,
        content=finding.content,
    )


def _booked(taken: Mapping[int, OpenLookup], done: LookupDone) -> tuple[int, int] | None:
    lookup = taken.get(done.lookup)
    return (lookup.cost, lookup.doubt) if lookup else None
