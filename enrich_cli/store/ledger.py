"""The ledger: one row per lookup, moved out of the journal when the lookup is done, usage beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Booked:
    """What a lookup cost, in micro-dollars, and the month it counts in: that of its first request."""

    cost: int
    in_doubt: int
    month: str


def book_open_lookup(
    connection: sqlite3.Connection,
    run_id: str,
    lookup: int,
    outcome: LookupOutcome,
    *,
    latency_ms: int | None,
    retries: int,
) -> Booked | None:
    """Move a lookup from the journal to the ledger; None when nothing of it was ever sent.

    Usage is the caller's: `charge` what was booked in the same transaction.
    """
    row = connection.execute(_TAKE_OUT, (run_id, lookup)).fetchone()
    if row is None:
        return None
    company, customer, data_type, provider, cost, in_doubt, at, fields = row
    who = (run_id, company, customer, data_type, provider)
    connection.execute(_BOOK, (*who, outcome.value, latency_ms, retries, cost, in_doubt, at, fields))
    return Booked(cost, in_doubt, at[:_MONTH_DIGITS])


def charge(
    connection: sqlite3.Connection,
    company: str,
    run_id: str,
    booked: Iterable[Booked | None],
    counted_in: str | None = None,
) -> None:
    """Add what was booked to the usage of its months and to the run, and to `counted_in` (a month) one enrichment."""
    months: dict[str, int] = {} if counted_in is None else {counted_in: 0}
    cost = in_doubt = 0
    for one in booked:
        if one and (one.cost or one.in_doubt):
            months[one.month] = months.get(one.month, 0) + one.cost + one.in_doubt
            cost, in_doubt = cost + one.cost, in_doubt + one.in_doubt
    for month, costs in months.items():
        add_usage(connection, company, month, count=int(month == counted_in), costs=costs)
    if cost or in_doubt:
        connection.execute(
            "UPDATE runs SET cost = cost + ?, in_doubt = in_doubt + ? WHERE run_id = ?", (cost, in_doubt, run_id)
        )
