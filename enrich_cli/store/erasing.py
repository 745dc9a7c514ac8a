"""Making sure that what was deleted from a store is also gone from its files."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from enrich_cli.store.liveness import anybody_alive

_LOG_PATIENCE_MS = 5_000


def empty_log(connection: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the file and truncate it, so that deleted data is in neither.

    False if a concurrent reader prevents it; the last to close the store does it then.
    """
    connection.execute(f"PRAGMA busy_timeout = {_LOG_PATIENCE_MS}")
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def erase(connection: sqlite3.Connection, path: Path) -> bool:
    """Rewrite the store without deleted data, and empty its log; False if that is not possible now.

    When SQLite splits a page, copies of what moved stay in free space, where no deletion overwrites them. The rewrite
    needs disk space of twice the store's size, and in a large store takes longer than a run waits for a lock, so it is
    not done while a run is under way.
    """
    if anybody_alive(path, besides=""):
        empty_log(connection)
        return False
    connection.execute(f"PRAGMA busy_timeout = {_LOG_PATIENCE_MS}")
    try:
        connection.execute("VACUUM")
    except sqlite3.DatabaseError:
        # Locked for long, no room, or damaged. Everything is deleted except for such copies.
        empty_log(connection)
        return False
    return empty_log(connection)
