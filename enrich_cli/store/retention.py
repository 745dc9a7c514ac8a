"""Deleting what is older than the retention period."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.months import stamp
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.erasing import empty_log, erase
from enrich_cli.store.recovery import recover
from enrich_cli.store.sqlite_errors import told_clearly
from enrich_cli.store.synthetic import is_synthetic

_ROWS_A_BATCH = 2_000
_OLD = {
    "customer_enrichment_data": "company_id = :company AND cached_at < :before",
    "answers": "company_id = :company AND at < :before",
    "shared_answers": "company_id = :company"
    " AND question NOT IN (SELECT question FROM answers WHERE company_id = :company)",
    "customers": "company_id = :company AND seen_at < :before"
    " AND NOT EXISTS (SELECT 1 FROM customer_enrichment_data e"
    " WHERE e.company_id = customers.company_id AND e.customer_id = customers.customer_id)"
    " AND NOT EXISTS (SELECT 1 FROM answers a"
    " WHERE a.company_id = customers.company_id AND a.customer_id = customers.customer_id)"
    " AND NOT EXISTS (SELECT 1 FROM run_customers r"
    " WHERE r.company_id = customers.company_id AND r.customer_id = customers.customer_id AND r.outcome IS NULL)",
}
"""What is too old, deleted in an order that never leaves rows that belong to nobody. Customers being looked up stay."""
_MARK = """
INSERT INTO purges SELECT :company, max(:before, COALESCE(max(c.at), '')) FROM run_customers c
WHERE c.company_id = :company AND c.counted = 1 AND c.customer_id IN (
    SELECT e.customer_id FROM customer_enrichment_data e WHERE e.company_id = :company AND e.status = 'found'
    GROUP BY e.customer_id HAVING max(e.cached_at) < :before
)
ON CONFLICT (company_id) DO UPDATE SET before = max(before, excluded.before)
"""
"""Until when counted data need not be there any more. Later than what is too old only for data that is dated before its
own count, because a clock was set back or another program wrote the time.
"""


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows were deleted."""

    before: datetime
    enrichments: int
    answers: int
    customers: int
    erased: bool
    """Whether nothing of it is left in the store's files."""
    synthetic: bool
    """Whether the store holds the sandbox's data."""


def purge(path: Path, company: str, before: datetime, now: datetime) -> Purged:
    """Delete a company's enrichments, answers and customers that are too old; counts, costs and objections stay.

    It works in batches, so that runs can go on meanwhile; if it is killed, the next one does the rest. Raises
    StoreError, StoreFull.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        values = {"company": company, "before": stamp(before)}
        with transaction(connection):
            recover(connection, path, company, stamp(now))
            # Recorded first, so that counted data which is gone does not look like a fault of the store.
            connection.execute(_MARK, values)
        gone = {table: _delete(connection, table, condition, values) for table, condition in _OLD.items()}
        return Purged(
            before=before,
            enrichments=gone["customer_enrichment_data"],
            answers=gone["answers"],
            customers=gone["customers"],
            erased=erase(connection, path) if any(gone.values()) else empty_log(connection),
            synthetic=is_synthetic(connection),
        )


def _delete(connection: sqlite3.Connection, table: str, condition: str, values: dict[str, str]) -> int:
    gone = 0
    statement = f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {condition} LIMIT :most)"  # noqa: S608 ours
    while True:
        with transaction(connection):
            deleted = connection.execute(statement, {**values, "most": _ROWS_A_BATCH}).rowcount
        gone += deleted
        if deleted < _ROWS_A_BATCH:
            return gone
