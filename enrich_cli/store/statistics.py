"""What the books say about past months. Needs no key."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.months import month_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.statistics import Activity, Lookups, Month, ProviderId, Statistics
from enrich_cli.domain.tier import Tier
from enrich_cli.store.reading import recovered, unused
from enrich_cli.store.synthetic import is_synthetic
from enrich_cli.store.usage import quota

_LOOKED_UP = (Count.ENRICHED, Count.PARTIAL, Count.NOT_FOUND, Count.FAILED)
_CAME_TO_AN_END = (*_LOOKED_UP, Count.CACHED)
"""A customer with one fresh data type whose other types came to nothing lands in `cached`."""

_USAGE = """
SELECT month_year, tier, enrichments_limit, enrichments_count, api_costs FROM customer_enrichment_usage
WHERE company_id = :company AND month_year >= :since
"""
_CUT_OFF = """
SELECT data_type, provider, CASE WHEN in_air THEN 'in_doubt' ELSE 'failed' END AS outcome, NULL AS latency_ms,
    cost, in_doubt + in_air AS in_doubt, at
FROM open_lookups WHERE company_id = :company AND at >= :since AND run_id IN (SELECT value FROM json_each(:dead))
"""
"""Lookups of dead runs, as recovery would book them."""
_LOOKUPS = f"""
SELECT substr(at, 1, 7), data_type, provider, latency_ms, SUM(outcome = 'found'), SUM(outcome = 'not_found'),
    SUM(outcome IN ('failed', 'in_doubt')), SUM(cost), SUM(in_doubt)
FROM (
    SELECT data_type, provider, outcome, latency_ms, cost, in_doubt, at FROM provider_lookups
    WHERE company_id = :company AND at >= :since
    UNION ALL {_CUT_OFF}
) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
"""  # noqa: S608 a text of ours
_CUT_OFF_COSTS = f"SELECT substr(at, 1, 7), SUM(cost + in_doubt) FROM ({_CUT_OFF}) GROUP BY 1"  # noqa: S608 ours
_CUSTOMERS = f"""
SELECT substr(COALESCE(c.at, r.started_at), 1, 7) AS month, COUNT(*), SUM(c.counted)
FROM run_customers c JOIN runs r ON r.run_id = c.run_id
WHERE c.company_id = :company AND month >= :since
    AND (c.counted = 1 OR c.outcome IN ({", ".join(f"'{count}'" for count in _CAME_TO_AN_END)}))
GROUP BY 1
"""  # noqa: S608 words of ours
_RUNS = "SELECT started_at, counts FROM runs WHERE company_id = :company AND started_at >= :since AND counts <> ''"


def read_statistics(path: Path, company: str, now: datetime, *, since: str = "") -> Statistics:
    """What happened since a month (`YYYY-MM`); without one, everything there ever was.

    Dead runs are recovered if the store can be written; otherwise the figures are as if they were. Raises StoreError.
    """
    with recovered(path, company, now) as (connection, dead):
        if connection is None:
            idle = Month(month=month_of(now), tier=Tier.FREE, limit=Tier.FREE.terms.limit, activity=Activity())
            return Statistics(quota=unused(company, now), sandbox=False, months=(idle,), lookups={})
        # One transaction, since a live run must not change the figures between two queries.
        connection.execute("BEGIN")
        return _Reader(connection, company, since, dead).read(now)


class _Reader:
    """Queries one company's books, always about the same period."""

    def __init__(self, connection: sqlite3.Connection, company: str, since: str, dead: frozenset[str]) -> None:
        self._connection = connection
        self._company = company
        self._since = since
        self._dead = dead

    def read(self, now: datetime) -> Statistics:
        today = quota(self._connection, self._company, now, self._dead)
        terms = {month: (Tier(tier), limit) for month, tier, limit, *_ in self._rows(_USAGE)}
        activity: defaultdict[str, Activity] = defaultdict(Activity)
        for month, some in self._activity():
            activity[month] += some
        for month in (today.month, *activity):
            terms.setdefault(month, (today.tier, today.limit))
        return Statistics(
            quota=today,
            sandbox=is_synthetic(self._connection),
            months=tuple(
                Month(month=month, tier=tier, limit=limit, activity=activity[month])
                for month, (tier, limit) in sorted(terms.items())
            ),
            lookups=self._lookups(),
        )

    def _activity(self) -> Iterator[tuple[str, Activity]]:
        for month, _, _, enrichments, api_costs in self._rows(_USAGE):
            yield month, Activity(enrichments=enrichments, api_costs=Money(api_costs))
        for month, costs in self._rows(_CUT_OFF_COSTS):
            yield month, Activity(api_costs=Money(costs))
        for month, tried, succeeded in self._rows(_CUSTOMERS):
            yield month, Activity(tried=tried, succeeded=succeeded)
        for started_at, counts in self._rows(_RUNS):
            landed = json.loads(counts)
            looked_up = sum(landed.get(count, 0) for count in _LOOKED_UP)
            yield started_at[:7], Activity(served=landed.get(Count.CACHED, 0), looked_up=looked_up)

    def _lookups(self) -> dict[tuple[str, ProviderId], Lookups]:
        lookups = {}
        for (month, kind, provider), some in groupby(self._rows(_LOOKUPS), key=itemgetter(0, 1, 2)):
            rows = list(some)
            found, not_found, failed, cost, in_doubt = (sum(row[column] for row in rows) for column in range(4, 9))
            lookups[month, ProviderId(DataType(kind), provider)] = Lookups(
                found=found,
                not_found=not_found,
                failed=failed,
                latencies={row[3]: sum(row[4:7]) for row in rows if row[3] is not None},
                cost=Money(cost),
                in_doubt=Money(in_doubt),
            )
        return lookups

    def _rows(self, query: str) -> Sequence[Any]:
        asked = {"company": self._company, "since": self._since, "dead": json.dumps(sorted(self._dead))}
        return self._connection.execute(query, asked).fetchall()
