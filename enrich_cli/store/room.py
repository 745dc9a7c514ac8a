"""Is there a place in the quota? Decided under the transaction that takes it."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from enrich_cli.domain.months import month_of
from enrich_cli.domain.tier import Tier
from enrich_cli.store.plan import Standing
from enrich_cli.store.usage import reserved, used


class Room:
    """What is left of a company's limit within one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        tier: Tier,
        now: datetime,
        *,
        dead_runs: frozenset[str],
        waits: bool,
    ) -> None:
        """`waits`: what live reservations hold may become free, so that who finds no place is not over quota yet."""
        self._limit = tier.terms.limit
        self._waits = waits
        self._count = self._held = 0
        if self._limit is not None:
            self._count = used(connection, company, month_of(now))
            self._held = reserved(connection, company, dead_runs)

    def standing(self) -> Standing:
        """RESERVED: there is a place for one more; FULL or OVER_QUOTA: there is none, now or at all."""
        if self._limit is None or self._count + self._held < self._limit:
            return Standing.RESERVED
        return Standing.FULL if self._waits and self._count < self._limit else Standing.OVER_QUOTA

    def take(self, places: int = 1) -> None:
        """So many places are taken from now on."""
        self._held += places
