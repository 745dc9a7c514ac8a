"""Opening a store: for reading or writing, and brought up to date."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from enrich_cli.store.errors import StoreError
from enrich_cli.store.file_checks import log_of, migrations_of, refuse_other_files
from enrich_cli.store.liveness import anybody_alive
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.sqlite_errors import folders_told_clearly, is_locked, not_writable, told_clearly

_BUSY_SECONDS = 60
_TRY_AGAIN_SECONDS = 0.02
_LOG_PATIENCE_MS = 5_000
_AS_IF_NOBODY_WROTE = "ro&immutable=1"

T = TypeVar("T")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the store; make or migrate it when needed. Raises StoreError; a file that is refused is left untouched."""
    refuse_other_files(path)
    if path.exists() and not writable(path):
        # SQLite would open it for reading, and tell only when something is written.
        raise StoreError(not_writable(path))
    with told_clearly(path):
        return _patiently(lambda: _open_for_writing(path))


def _open_for_writing(path: Path) -> sqlite3.Connection:
    if log_of(path).exists():
        # Whoever may write and is the last to close moves the log into the file, which may have to be refused.
        with closing(_connect(path, "ro")) as first:
            migrations_of(first, path)
    with ExitStack() as on_refusal:
        connection = on_refusal.enter_context(closing(_connect(path, "rwc")))
        applied = migrations_of(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # On macOS an ordinary sync leaves in the drive's own cache what a power cut takes away.
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = FILE")
        # What is deleted or replaced is overwritten, so that nothing of it is left in the file.
        connection.execute("PRAGMA secure_delete = ON")
        # Keys are hashes and hit pages at random: the more stay in memory, and the rarer the log is moved into the
        # file, the fewer pages are written again and again.
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA wal_autocheckpoint = 10000")
        if len(applied) < len(MIGRATIONS):
            from enrich_cli.store.migrations import migrate  # noqa: PLC0415 loads sqlite-utils only when needed

            migrate(connection)
        on_refusal.pop_all()
    return connection


def open_for_reading(path: Path, *, migrate: bool = True, outdated: bool = False) -> sqlite3.Connection | None:
    """Open the store without changing a byte of it; None when there is none yet.

    One that an older version wrote is brought up to date first, if `migrate` allows and it can be written; else a
    private copy of it is, and read; `outdated`: it is read as it is. Raises StoreError.
    """
    connection = _open_for_reading(path)
    if connection is None or outdated or _is_up_to_date(connection, path):
        return connection
    with closing(connection):
        if not (migrate and writable(path)):
            return _migrated_copy(connection, path)
    open_for_writing(path).close()
    return _open_for_reading(path)


def _migrated_copy(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """In a file without a name, which is gone with the connection."""
    from enrich_cli.store.migrations import migrate  # noqa: PLC0415 loads sqlite-utils only when needed

    with ExitStack() as on_refusal, told_clearly(path):
        copy = on_refusal.enter_context(closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)))
        connection.backup(copy)
        migrate(copy)
        on_refusal.pop_all()
    return copy


def _open_for_reading(path: Path) -> sqlite3.Connection | None:
    with folders_told_clearly(path):
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return None
    refuse_other_files(path)
    with told_clearly(path):
        try:
            return _patiently(lambda: _connect_to_read(path, _mode_to_read(path)))
        except sqlite3.OperationalError as error:
            if is_locked(error):
                raise
            if writable(path):
                # The log went while we opened. Read as if nobody wrote, the store could seem damaged.
                return _patiently(lambda: _connect_to_read(path, "rw"))
            # In a folder where nothing may be written, SQLite can't make the shared memory that WAL needs.
            return _connect_to_read(path, _AS_IF_NOBODY_WROTE)


def _mode_to_read(path: Path) -> str:
    """Where no log lies beside the store, SQLite makes one to read, and only who may write takes it away again.

    Of anybody else it would stay, and keep the store's owner from writing. So it is not made: nobody is at work then.
    """
    if log_of(path).exists():
        return "ro"
    return "rw" if writable(path) else _AS_IF_NOBODY_WROTE


def writable(path: Path) -> bool:
    """Can the store be written: the file, or where there is none yet, its folder?"""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE, so that what is counted is read under the lock it is written under."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A COMMIT that fails may leave the transaction open, and then nothing could be begun any more.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def empty_log(connection: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the file and truncate it, so that what was deleted is in neither.

    False where others that read at this time keep it from that; whoever closes the store last does it then.
    """
    connection.execute(f"PRAGMA busy_timeout = {_LOG_PATIENCE_MS}")
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def erase(connection: sqlite3.Connection, path: Path) -> bool:
    """Write the store anew without what was deleted, and empty its log; False where that is not possible now.

    Where SQLite divides a page, copies of what has moved stay in room that is free, and no deletion overwrites them.
    The disk needs room for the store twice more, and of a large store it takes longer than a run waits for its turn:
    while one is under way, it is not done.
    """
    if anybody_alive(path, besides=""):
        empty_log(connection)
        return False
    connection.execute(f"PRAGMA busy_timeout = {_LOG_PATIENCE_MS}")
    try:
        connection.execute("VACUUM")
    except sqlite3.DatabaseError:
        # Locked for long, no room, or damaged. What was deleted is deleted, but for such copies.
        empty_log(connection)
        return False
    return empty_log(connection)


def _patiently(opening: Callable[[], T]) -> T:
    """Open, and try again while another process makes the store, switches it to WAL or takes away its log.

    In those moments SQLite says that the file is locked at once, whatever its own patience.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            return opening()
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > deadline:
                raise
        time.sleep(_TRY_AGAIN_SECONDS)


def _connect_to_read(path: Path, mode: str) -> sqlite3.Connection | None:
    """None where nothing is in the file yet, as while another process makes the store."""
    with ExitStack() as on_refusal:
        connection = on_refusal.enter_context(closing(_connect(path, mode)))
        if not migrations_of(connection, path):
            return None
        on_refusal.pop_all()
    return connection


def _is_up_to_date(connection: sqlite3.Connection, path: Path) -> bool:
    return len(migrations_of(connection, path)) == len(MIGRATIONS)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        cached_statements=256,
        # A source of stored customers is read by whichever thread is free, one at a time.
        check_same_thread=False,
    )
