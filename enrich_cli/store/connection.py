"""Opening a store for reading or writing, migrated if necessary."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from enrich_cli.store.errors import StoreError
from enrich_cli.store.file_checks import log_of, migrations_of, refuse_other_files
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.sqlite_errors import folders_told_clearly, is_full, is_locked, not_writable, told_clearly

_BUSY_SECONDS = 60
_TRY_AGAIN_SECONDS = 0.02
_AS_IF_NOBODY_WROTE = "ro&immutable=1"

T = TypeVar("T")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the store; make or migrate it if necessary. Raises StoreError; a file that is refused is left untouched."""
    refuse_other_files(path)
    if path.exists() and not writable(path):
        # SQLite would open it for reading, and fail only when something is written.
        raise StoreError(not_writable(path))
    with told_clearly(path):
        return _patiently(lambda: _open_for_writing(path))


def _open_for_writing(path: Path) -> sqlite3.Connection:
    if log_of(path).exists():
        # The last writable connection to close moves the log into the file, and this file may have to be refused.
        with closing(_connect(path, "ro")) as first:
            migrations_of(first, path)
    with ExitStack() as on_refusal:
        connection = on_refusal.enter_context(closing(_connect(path, "rwc")))
        applied = migrations_of(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # On macOS an ordinary sync leaves data in the drive's own cache, where a power cut loses it.
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = FILE")
        # Deleted and replaced data is overwritten, so that nothing of it is left in the file.
        connection.execute("PRAGMA secure_delete = ON")
        # Keys are hashes, so writes hit random pages: the more of them stay in memory, and the less often the log is
        # moved into the file, the fewer pages are written repeatedly.
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA wal_autocheckpoint = 10000")
        if len(applied) < len(MIGRATIONS):
            from enrich_cli.store.migrations import migrate  # noqa: PLC0415 loads sqlite-utils only when needed

            migrate(connection)
        on_refusal.pop_all()
    return connection


def open_for_reading(path: Path, *, migrate: bool = True, outdated: bool = False) -> sqlite3.Connection | None:
    """Open the store without changing a byte of it; None if there is none yet.

    An older version's store is migrated first, if `migrate` allows it and it can be written; else a private migrated
    copy is read. With `outdated`, it is read as it is. Raises StoreError.
    """
    connection = _open_for_reading(path)
    if connection is None or outdated or _is_up_to_date(connection, path):
        return connection
    with closing(connection):
        if not (migrate and writable(path)):
            return _migrated_copy(connection, path)
    open_for_writing(path).close()
    return _open_for_reading(path)


@contextmanager
def reading(path: Path, *, migrate: bool = True, outdated: bool = False) -> Iterator[sqlite3.Connection | None]:
    """The store as `open_for_reading` opens it, for the length of a block, in which SQLite's errors become ours."""
    with told_clearly(path):
        connection = open_for_reading(path, migrate=migrate, outdated=outdated)
        with closing(connection) if connection else nullcontext():
            yield connection


def _migrated_copy(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy in a file without a name, which disappears with the connection."""
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
            if writable(path) and not (is_full(error) and _is_log_empty(path)):
                # The log disappeared while we opened. Read as if nobody wrote, the store could seem damaged.
                return _patiently(lambda: _connect_to_read(path, "rw"))
            # In a folder that is not writable, and on a full disk, SQLite can't make the shared memory that WAL needs.
            return _connect_to_read(path, _AS_IF_NOBODY_WROTE)


def _mode_to_read(path: Path) -> str:
    """The mode that lets SQLite read the store as this user.

    If no log lies beside the store, SQLite makes one to read, and only a user who may write removes it again. Anybody
    else would leave it behind, and keep the store's owner from writing, so none is made: without a log, nobody is at
    work.
    """
    if log_of(path).exists():
        return "ro"
    return "rw" if writable(path) else _AS_IF_NOBODY_WROTE


def _is_log_empty(path: Path) -> bool:
    """Does all that was written stand in the file itself?"""
    log = log_of(path)
    return not log.exists() or log.stat().st_size == 0


def writable(path: Path) -> bool:
    """Can the store be written: the file, or if there is none yet, its folder?"""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE, so that what is counted is read under the same lock under which it is written."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A failed COMMIT may leave the transaction open, and then no other could begin; on a full disk SQLite has
        # already rolled back.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _patiently(opening: Callable[[], T]) -> T:
    """Open, retrying while another process makes the store, switches it to WAL or removes its log.

    In those moments SQLite reports a lock at once, whatever its busy timeout.
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
    """None as long as nothing is in the file, as while another process makes the store."""
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
        # Whichever thread is free reads a source of stored customers, one thread at a time.
        check_same_thread=False,
    )
