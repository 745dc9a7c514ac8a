"""Deleting what is older than it may be kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.months import stamp
from enrich_cli.store.connection import empty_log, erase, open_for_writing, transaction
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
"""What is too old, in an order in which nothing is left that belongs to nobody. Who is just being looked up stays."""
_MARK = """
INSERT INTO purges SELECT :company, max(:before, COALESCE(max(c.at), '')) FROM run_customers c
WHERE c.company_id = :company AND c.counted = 1 AND c.customer_id IN (
    SELECT e.customer_id FROM customer_enrichment_data e WHERE e.company_id = :company AND e.status = 'found'
    GROUP BY e.customer_id HAVING max(e.cached_at) < :before
)
ON CONFLICT (company_id) DO UPDATE SET before = max(before, excluded.before)
"""
"""Up to when what was counted need not be there any more. Later than what is too old only for data whose time is
earlier than that of its count, since a clock was put back or a time was written by another program.
"""


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows are gone."""

    before: datetime
    enrichments: int
    answers: int
    customers: int
    erased: bool
    """Nothing of it is left in the store's files."""
    synthetic: bool
    """The store holds the sandbox's data."""


def purge(path: Path, company: str, before: datetime, now: datetime) -> Purged:
    """Delete a company's enrichments, answers and customers that are older; counts, costs and objections stay.

    In batches, so that runs go on meanwhile; killed at any instant, the rest is for the next time. Raises StoreError,
    StoreFull.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        values = {"company": company, "before": stamp(before)}
        with transaction(connection):
            recover(connection, path, company, stamp(now))
            # Written down first: what was counted and is not there any more is no fault of the store.
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
