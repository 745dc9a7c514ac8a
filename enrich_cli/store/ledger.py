"""The ledger: one row per lookup, moved out of the journal when the lookup is done, usage beside it."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from enrich_cli.store.usage import add_usage

_MONTH_DIGITS = len("YYYY-MM")
_TAKE_OUT = """
DELETE FROM open_lookups WHERE run_id = ? AND lookup = ?
RETURNING company_id, customer_id, data_type, provider, cost, in_doubt + in_air, at, fields
"""
_BOOK = """
INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome, latency_ms, retries, cost,
    in_doubt, at, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class LookupOutcome(StrEnum):
    """How a lookup stands in the ledger."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


def book_open_lookup(
    connection: sqlite3.Connection,
    run_id: str,
    lookup: int,
    outcome: LookupOutcome,
    *,
    latency_ms: int | None,
    retries: int,
) -> tuple[int, int] | None:
    """Move a lookup from the journal to the ledger, with its costs, which count in the month of its first request.

    Returns cost and doubt (micro-dollars), or None when nothing of it was ever sent.
    """
    row = connection.execute(
        _TAKE_OUT,
        (run_id, lookup),
    ).fetchone()
    if row is None:
        return None
    company, customer, data_type, provider, cost, in_doubt, at, fields = row
    connection.execute(
        _BOOK,
        (
            run_id,
            company,
            customer,
            data_type,
            provider,
            outcome.value,
            latency_ms,
            retries,
            cost,
            in_doubt,
            at,
            fields,
        ),
    )
    if cost or in_doubt:
        add_usage(connection, company, at[:_MONTH_DIGITS], costs=cost + in_doubt)
        connection.execute(
            "UPDATE runs SET cost = cost + ?, in_doubt = in_doubt + ? WHERE run_id = ?", (cost, in_doubt, run_id)
        )
    return cost, in_doubt
