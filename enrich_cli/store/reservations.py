"""Reserving and claiming a customer: one row of `run_customers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from enrich_cli.domain.months import month_of
from enrich_cli.domain.tier import Tier
from enrich_cli.store.many import among, insert
from enrich_cli.store.plan import RunTerms, Standing
from enrich_cli.store.usage import reserved, used

_CLAIMS = "SELECT customer_id, run_id FROM run_customers WHERE company_id = ? AND outcome IS NULL AND customer_id IN"
_UNFINISHED = (
    "SELECT customer_id, run_id, rowid FROM run_customers"
    " WHERE company_id = ? AND counted = 1 AND (outcome IS NULL OR outcome = 'crashed') AND customer_id IN"
)
_RESERVE = "INSERT INTO run_customers (run_id, company_id, customer_id)"
_GO_ON = "UPDATE run_customers SET run_id = ?, outcome = NULL WHERE rowid IN"


class Reservations:
    """The reservations and claims of one run. Every call is inside its caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, company: str, terms: RunTerms) -> None:
        self._connection = connection
        self._company = company
        self._terms = terms
        self._reserved_dry: set[str] = set()
        """Reservations of a dry run; no more than a limit has places."""

    def take(self, customer_ids: Sequence[str], tier: Tier, now: datetime) -> list[tuple[Standing, str]]:
        """For each customer, take a place in the quota and claim it; or say why not, and who has the claim."""
        if not customer_ids:
            return []
        terms, own = self._terms, self._terms.run_id
        room = _Room(self._connection, self._company, tier, now, dead_runs=terms.dead_runs)
        room.take(len(self._reserved_dry))
        claims = self._claims(customer_ids)
        unfinished = self._counted_unfinished(customer_ids)
        newly_reserved: list[str] = []
        resumed: list[int] = []
        standings = []
        for customer_id in customer_ids:
            if claimant := claims.get(customer_id):
                standings.append((Standing.CLAIMED, claimant))
                continue
            # A customer who is counted already needs no other place, whatever is left.
            row = unfinished.get(customer_id)
            standing = Standing.RESERVED if row else room.standing()
            if row:
                resumed.append(row)
            elif standing is Standing.RESERVED:
                room.take()
                newly_reserved.append(customer_id)
            if standing is Standing.RESERVED:
                claims[customer_id] = own
            standings.append((standing, ""))
        if terms.dry:
            self._reserved_dry.update(newly_reserved if room.is_bounded else ())
        else:
            among(self._connection, _GO_ON, (own,), resumed)
            insert(self._connection, _RESERVE, [(own, self._company, customer_id) for customer_id in newly_reserved])
        return standings

    def give_back(self, customer_ids: Iterable[str]) -> None:
        """In a dry run, free the places of these customers for others."""
        self._reserved_dry.difference_update(customer_ids)

    def _claims(self, customer_ids: Sequence[str]) -> dict[str, str]:
        rows = among(self._connection, _CLAIMS, (self._company,), customer_ids)
        return {customer_id: run_id for customer_id, run_id in rows if run_id not in self._terms.dead_runs}

    def _counted_unfinished(self, customer_ids: Sequence[str]) -> dict[str, int]:
        """Customers whom a resumed run counted and did not finish, each with its row. The resuming run goes on with
        that row, so that nobody is counted twice by a run and those that resume it.
        """
        resumed = self._terms.own_runs - {self._terms.run_id}
        rows = among(self._connection, _UNFINISHED, (self._company,), customer_ids if resumed else ())
        return {customer_id: row for customer_id, run_id, row in rows if run_id in resumed}


class _Room:
    """What is left of a company's limit, within one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        tier: Tier,
        now: datetime,
        *,
        dead_runs: frozenset[str],
    ) -> None:
        self._limit = tier.terms.limit
        self._count = self._held = 0
        if self._limit is not None:
            self._count = used(connection, company, month_of(now))
            self._held = reserved(connection, company, dead_runs)

    @property
    def is_bounded(self) -> bool:
        return self._limit is not None

    def standing(self) -> Standing:
        """RESERVED: there is a place for one more; FULL or OVER_QUOTA: there is none, now or at all."""
        if self._limit is None or self._count + self._held < self._limit:
            return Standing.RESERVED
        return Standing.FULL if self._count < self._limit else Standing.OVER_QUOTA

    def take(self, places: int = 1) -> None:
        """Take places."""
        self._held += places
