"""The verb `finish`: a data type of a customer is done, and everything that follows from it is one transaction."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Known, State
from enrich_cli.domain.months import month_of, stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes
from enrich_cli.gateway.journal import Settlement
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.ledger import LookupOutcome, book_open_lookup, charge
from enrich_cli.store.usage import tier_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupDone:
    """One lookup that ended; what it cost before its last answer stands in the journal."""

    lookup: int
    outcome: LookupOutcome
    latency_ms: int
    retries: int
    settlement: Settlement | None = None
    """Its last answer, where that is not on disk yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """What is to be settled of one customer."""

    customer: Customer
    customer_id: str
    lookups: Sequence[LookupDone]
    objected: bool = False
    """A provider said that the person objects: that is remembered, and all that is stored of them deleted."""
    finding: Finding | None = None
    """What was found, or that nothing was; None when the data type failed, or was only half done."""
    landed: Count | None = None
    """The count the customer lands in; set with the last data type."""
    states: Mapping[DataType, State] = field(default_factory=dict)
    """How each data type ended; set with the last of them."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the books say now."""

    enrichment: Enrichment | None
    booked: tuple[tuple[int, int] | None, ...]
    """Cost and doubt (micro-dollars) of each lookup, in order; None when nothing of it was sent."""
    suppressed: bool = False
    """The person objects: nothing was saved, and what was there is gone."""


_OF_CUSTOMER = "WHERE company_id = ? AND customer_id = ? AND run_id = ?"
_UNRESERVE = f"DELETE FROM run_customers {_OF_CUSTOMER}"  # noqa: S608 ours
_LAND = f"UPDATE run_customers SET outcome = ? {_OF_CUSTOMER}"  # noqa: S608 ours
_COUNT = f"UPDATE run_customers SET outcome = ?, counted = 1, at = ? {_OF_CUSTOMER} AND counted = 0"  # noqa: S608 ours


class Settling:
    """Every call is inside the transaction of its caller."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        run_id: str,
        *,
        customers: Customers,
        enrichments: Enrichments,
        reads: Mapping[DataType, frozenset[str]],
        lifetimes: Lifetimes,
    ) -> None:
        self._connection = connection
        self._company = company
        self._run_id = run_id
        self._customers = customers
        self._enrichments = enrichments
        self._reads = reads
        self._lifetimes = lifetimes

    def finish(self, done: Finish, now: datetime) -> Settled:
        """Ledger rows, the enrichment, the count with the first found, the outcome with the last: all or nothing.

        What comes of somebody who has objected meanwhile, under whatever id, is booked and dropped.
        """
        booked = tuple(
            book_open_lookup(
                self._connection,
                self._run_id,
                lookup.lookup,
                lookup.outcome,
                latency_ms=lookup.latency_ms,
                retries=lookup.retries,
            )
            for lookup in done.lookups
        )
        suppressed = done.objected or self._customers.objects(done.customer)
        if suppressed:
            done = replace(done, finding=None, landed=Count.SUPPRESSED)
        enrichment = self._save(done, done.finding, now) if done.finding else None
        found = done.finding is not None and done.finding.status is Known.FOUND
        counted = self._land(done, found=found, now=now)
        charge(self._connection, self._company, self._run_id, booked, month_of(now) if counted else None)
        if suppressed:
            self._forget(done, now)
        return Settled(enrichment, tuple((one.cost, one.in_doubt) if one else None for one in booked), suppressed)

    def _land(self, done: Finish, *, found: bool, now: datetime) -> bool:
        """Write down that something was found, and where the customer lands; returns whether it is counted by that."""
        which = (self._company, done.customer_id, self._run_id)
        if done.landed is Count.OVER_QUOTA:
            self._connection.execute(_UNRESERVE, which)
            return False
        counted = found and self._connection.execute(_COUNT, (done.landed, stamp(now), *which)).rowcount == 1
        if done.landed and not counted:
            self._connection.execute(_LAND, (done.landed, *which))
        return counted

    def _forget(self, done: Finish, now: datetime) -> None:
        forget(
            self._connection,
            self._company,
            customers=self._customers,
            customer=done.customer,
            customer_id=done.customer_id,
            now=now,
        )

    def _save(self, done: Finish, finding: Finding, now: datetime) -> Enrichment:
        lifetime = self._lifetimes.of(tier_of(self._connection, self._company))
        enrichment = Enrichment(
            data_type=finding.data_type,
            status=finding.status,
            source=finding.source,
            confidence=finding.confidence,
            cached_at=now,
            expires_at=now + timedelta(seconds=lifetime),
            data=finding.data,
            provenance=finding.provenance,
            reasons=finding.reasons,
        )
        fingerprint = self._customers.fingerprint(done.customer, self._reads[finding.data_type])
        return self._enrichments.save(done.customer_id, enrichment, fingerprint, self._run_id)


def forget(
    connection: sqlite3.Connection,
    company: str,
    *,
    customers: Customers,
    customer: Customer,
    customer_id: str,
    now: datetime,
) -> None:
    """Delete all that is stored of a person, and keep only keyed hashes, so that later runs skip them.

    The money stays in the ledger, without the person: the customer's id becomes a random one.
    """
    for identity in customers.identities(customer):
        connection.execute("INSERT OR IGNORE INTO objections VALUES (?, ?, ?)", (company, identity, stamp(now)))
    customers.look_again()
    for known_as in {customer_id, *customers.same_person(customer)}:
        _delete(connection, company, known_as)


def _delete(connection: sqlite3.Connection, company: str, customer_id: str) -> None:
    of_customer = (company, customer_id)
    connection.execute(
        "DELETE FROM answers WHERE company_id = ? AND question IN"
        " (SELECT question FROM shared_answers WHERE company_id = answers.company_id AND customer_id = ?)",
        of_customer,
    )
    for table in ("answers", "shared_answers", "customer_enrichment_data", "customers"):
        connection.execute(f"DELETE FROM {table} WHERE company_id = ? AND customer_id = ?", of_customer)  # noqa: S608
    nobody = f"forgotten_{secrets.token_hex(16)}"
    connection.execute(
        "UPDATE provider_lookups SET customer_id = ? WHERE company_id = ? AND customer_id = ?", (nobody, *of_customer)
    )
    connection.execute(
        "UPDATE run_customers SET customer_id = ?, outcome = COALESCE(outcome, 'suppressed')"
        " WHERE company_id = ? AND customer_id = ?",
        (nobody, *of_customer),
    )
