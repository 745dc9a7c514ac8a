"""What is fresh: saved recently enough, for unchanged fields, sure enough, with what is required
(contract, *Fresh*).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known
from enrich_cli.domain.months import stamp
from enrich_cli.domain.tier import Tier
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Key, SavedEnrichment
from enrich_cli.store.plan import RunTerms, Wish

_BEGAN_LATER = "SELECT r.rowid > own.rowid FROM runs r, runs own WHERE r.run_id = ? AND own.run_id = ?"


class Freshness:
    """Decides what one run may serve."""

    def __init__(self, connection: sqlite3.Connection, terms: RunTerms, customers: Customers) -> None:
        self._connection = connection
        self._terms = terms
        self._customers = customers
        self._overlapping: dict[str, bool] = {}

    def oldest(self, tier: Tier, now: datetime) -> str | None:
        """Saved after this, it is fresh; None: nothing that another run saved is fresh."""
        lifetime = self._terms.lifetimes.of(tier)
        return None if self._terms.refresh or not lifetime else stamp(now - timedelta(seconds=lifetime))

    def saved_since(self, tier: Tier, now: datetime) -> str | None:
        """The same for a run that may choose by age what to renew."""
        return stamp(self._terms.saved_before) if self._terms.saved_before else self.oldest(tier, now)

    def sort_out(
        self, wish: Wish, customer_id: str, saved: Mapping[Key, SavedEnrichment], since: str | None
    ) -> tuple[dict[DataType, Enrichment], dict[DataType, Enrichment]]:
        """What is fresh for a customer, and what is stored but no longer fresh. `since`: from `saved_since`."""
        fresh: dict[DataType, Enrichment] = {}
        stored: dict[DataType, Enrichment] = {}
        for data_type in wish.types:
            row = saved.get((customer_id, data_type))
            if row is None or not self.is_about(wish, row):
                continue
            young = since is not None and stamp(row.enrichment.cached_at) > since
            left = wish.renewed is not None and data_type not in wish.renewed
            known = row.as_found_last(self._terms.min_confidence)
            if self._trusts(known, wish) or left or (young and self._good(known)):
                fresh[data_type] = known.enrichment
            else:
                stored[data_type] = row.enrichment
        if self._terms.refresh and DataType.PERSON not in wish.types:
            # What was found by their hints can only be renewed by these.
            person = saved.get((customer_id, DataType.PERSON))
            if person and self.is_about(wish, person):
                stored[DataType.PERSON] = person.enrichment.shown_of_a_miss(self._terms.min_confidence)
        return fresh, stored

    def is_about(self, wish: Wish, row: SavedEnrichment) -> bool:
        """Was it saved for these fields? Otherwise it may be about somebody else, and is not even shown."""
        reads = self._terms.reads[row.enrichment.data_type]
        return row.fingerprint in self._customers.fingerprints(wish.customer, reads)

    def is_near(self, run_id: str) -> bool:
        """May what that run saved, or was answered, be used at any age?

        It is this run, or one that it resumes; or both went on at the same time, judged by the order in which they
        began, since a clock may be set back.
        """
        if run_id in self._terms.own_runs:
            return True
        known = self._overlapping.get(run_id)
        if known is None:
            row = self._connection.execute(_BEGAN_LATER, (run_id, self._terms.run_id)).fetchone()
            known = self._overlapping[run_id] = run_id in self._terms.met or bool(row and row[0])
        return known

    def _trusts(self, row: SavedEnrichment, wish: Wish) -> bool:
        """Is it used at any age? What another run found sure enough may not be for this one; asking again costs nothing
        as long as that run's answers are on disk.
        """
        near = row.run_id in wish.trusts or self.is_near(row.run_id)
        return near and row.is_sure(self._terms.min_confidence)

    def _good(self, row: SavedEnrichment) -> bool:
        if not row.is_sure(self._terms.min_confidence):
            return False
        wanted = self._terms.require.get(row.enrichment.data_type)
        return not wanted or row.enrichment.status is Known.NOT_FOUND or row.enrichment.has(wanted)
