"""Customers with a reservation who can't be counted any more, because the limit was lowered (contract, *Limit*)."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from enrich_cli.domain.months import month_of
from enrich_cli.domain.tier import Tier
from enrich_cli.store.many import among
from enrich_cli.store.usage import used

_UNCOUNTED = (
    "SELECT customer_id FROM run_customers WHERE company_id = ? AND run_id = ? AND counted = 0 AND customer_id IN"
)


class Overbooked:
    """The overbooked customers of one run. Every call is inside its caller's transaction.

    A customer stays overbooked until it has landed, even if the limit is raised again: some of what was found may have
    been dropped.
    """

    def __init__(self, connection: sqlite3.Connection, company: str, run_id: str) -> None:
        self._connection = connection
        self._company = company
        self._run_id = run_id
        self._customers: set[str] = set()

    def of_asking(self, customer_ids: Sequence[str], tier: Tier, now: datetime) -> Collection[str]:
        """The overbooked, including those of these, about to be looked up, who have no place: the limit is reached."""
        if customer_ids and self._places(tier, now, 1) < 1:
            self._customers.update(self._uncounted(customer_ids))
        return self._customers

    def of_counting(self, customer_ids: Sequence[str], tier: Tier, now: datetime) -> Collection[str]:
        """The overbooked, including those of these for whom no place is left if they are counted in order."""
        left = [customer_id for customer_id in dict.fromkeys(customer_ids) if customer_id not in self._customers]
        if left and (places := self._places(tier, now, len(left))) < len(left):
            uncounted = self._uncounted(left)
            beyond = [customer_id for customer_id in left if customer_id in uncounted][max(0, places) :]
            self._customers.update(beyond)
        return self._customers

    def land(self, customer_ids: Iterable[str]) -> None:
        """Drop customers that have landed."""
        self._customers.difference_update(customer_ids)

    def _places(self, tier: Tier, now: datetime, wanted: int) -> int:
        """How many of the wanted places the limit allows; below 0 if the count is beyond the limit."""
        limit = tier.terms.limit
        return wanted if limit is None else limit - used(self._connection, self._company, month_of(now))

    def _uncounted(self, customer_ids: Sequence[str]) -> set[str]:
        rows = among(self._connection, _UNCOUNTED, (self._company, self._run_id), customer_ids)
        return {customer_id for (customer_id,) in rows}
