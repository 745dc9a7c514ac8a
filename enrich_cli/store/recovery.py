"""Booking what dead runs had in flight, and freeing what they had reserved."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from enrich_cli.store.ledger import LookupDone, LookupOutcome, book, charge, take_out
from enrich_cli.store.liveness import is_alive, lock_path


def dead_runs(connection: sqlite3.Connection, store: Path, company: str) -> frozenset[str]:
    """Runs marked as running that hold no lock."""
    return frozenset(run_id for run_id in _running(connection, company) if not is_alive(store, run_id))


def live_runs(connection: sqlite3.Connection, store: Path, company: str) -> frozenset[str]:
    """Runs that are under way."""
    return frozenset(run_id for run_id in _running(connection, company) if is_alive(store, run_id))


def _running(connection: sqlite3.Connection, company: str) -> list[str]:
    rows = connection.execute("SELECT run_id FROM runs WHERE company_id = ? AND state = 'running'", (company,))
    return [run_id for (run_id,) in rows]


def recover(connection: sqlite3.Connection, store: Path, company: str, now: str) -> int:
    """Close every dead run of the company as crashed, within the open transaction; returns how many there were."""
    dead = dead_runs(connection, store, company)
    for run_id in dead:
        close_run(connection, company, run_id, state="crashed", now=now)
        lock_path(store, run_id).unlink(missing_ok=True)
    return len(dead)


def close_run(
    connection: sqlite3.Connection, company: str, run_id: str, *, state: str, now: str, counts: str | None = None
) -> None:
    """End a run: what it still had open is booked, and what it had reserved is freed.

    A lookup with a request in flight may have been charged: its price is in doubt. One that was between requests came
    to nothing, at the cost so far.
    """
    lookups = [row[0] for row in connection.execute("SELECT lookup FROM open_lookups WHERE run_id = ?", (run_id,))]
    taken = take_out(connection, run_id, lookups)
    ended = [
        LookupDone(
            lookup=number,
            outcome=LookupOutcome.IN_DOUBT if lookup.in_air else LookupOutcome.FAILED,
            latency_ms=None,
            retries=0,
        )
        for number, lookup in sorted(taken.items())
    ]
    book(connection, run_id, ended, taken)
    charge(connection, company, run_id, taken.values())
    connection.execute("UPDATE run_customers SET outcome = 'crashed' WHERE run_id = ? AND outcome IS NULL", (run_id,))
    connection.execute(
        "UPDATE runs SET state = ?, ended_at = ?, counts = ? WHERE run_id = ?", (state, now, counts, run_id)
    )
