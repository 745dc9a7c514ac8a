"""A store holds real data or synthetic data, never both."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from enrich_cli.store.connection import reading
from enrich_cli.store.errors import StoreError

_MARK = "synthetic"


def is_synthetic(connection: sqlite3.Connection) -> bool:
    """Does the store hold the sandbox's data?"""
    return connection.execute("SELECT 1 FROM store_marks WHERE mark = ?", (_MARK,)).fetchone() is not None


def holds_synthetic(path: Path) -> bool:
    """The same for the store at this path; False if it can't be read."""
    with suppress(StoreError), reading(path) as connection:
        return connection is not None and is_synthetic(connection)
    return False


def refuse_mixing(connection: sqlite3.Connection, path: Path, *, sandbox: bool) -> None:
    """Raises StoreError if a run would mix real and synthetic data."""
    synthetic = is_synthetic(connection)
    if synthetic and not sandbox:
        raise StoreError(f"{path} holds synthetic data of the sandbox: run with --sandbox, or choose another --db")
    if sandbox and not synthetic and connection.execute("SELECT 1 FROM customer_enrichment_data LIMIT 1").fetchone():
        raise StoreError(f"{path} holds real data: a --sandbox run would mix it with synthetic; choose another --db")


def mark(connection: sqlite3.Connection, *, sandbox: bool) -> None:
    """Mark the store of a sandbox run, within the open transaction."""
    if sandbox:
        connection.execute("INSERT OR IGNORE INTO store_marks VALUES (?)", (_MARK,))
