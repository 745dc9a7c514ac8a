"""Opening the file: is it ours, is it ours to use, is it up to date."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from enrich_cli.store.errors import StoreError
from enrich_cli.store.schema import APPLICATION_ID, MIGRATION_SET, MIGRATIONS
from enrich_cli.store.sqlite_errors import folders_told_clearly, is_locked, not_writable, told_clearly

_MAGIC = b"SQLite format 3\x00"
_BUSY_SECONDS = 60
_OLDEST_SQLITE = (3, 35)
"""The first that says which rows a statement has changed (RETURNING)."""
_TRY_AGAIN_SECONDS = 0.02
_LOG_PATIENCE_MS = 5_000

T = TypeVar("T")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the store; make or migrate it when needed. Raises StoreError; a file that is refused is left untouched."""
    _refuse_other_files(path)
    if path.exists() and not writable(path):
        # SQLite would open it for reading, and tell only when something is written.
        raise StoreError(not_writable(path))
    with told_clearly(path):
        return _patiently(lambda: _open_for_writing(path))


def _open_for_writing(path: Path) -> sqlite3.Connection:
    if _log_of(path).exists():
        # Whoever may write and is the last to close moves the log into the file, which may have to be refused.
        with closing(_connect(path, "ro")) as first:
            _applied(first, path)
    with ExitStack() as on_refusal:
        connection = on_refusal.enter_context(closing(_connect(path, "rwc")))
        applied = _applied(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
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
    _refuse_other_files(path)
    with told_clearly(path):
        try:
            # Where no log lies beside the store, SQLite makes one to read; only who may write takes it away again.
            return _patiently(lambda: _connect_to_read(path, "ro" if _log_of(path).exists() else "rw"))
        except sqlite3.OperationalError as error:
            if is_locked(error):
                raise
            if writable(path):
                # The log went while we opened. Read as if nobody wrote, the store could seem damaged.
                return _patiently(lambda: _connect_to_read(path, "rw"))
            # In a folder where nothing may be written, SQLite can't make the shared memory that WAL needs.
            return _connect_to_read(path, "ro&immutable=1")


def writable(path: Path) -> bool:
    """Can the store be written: the file, or where there is none yet, its folder?"""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def refuse_missing_folder(path: Path) -> None:
    """Raises StoreError when a store can't be at this place, not even one that is yet to be made."""
    with folders_told_clearly(path):
        if not path.parent.is_dir():
            raise StoreError(f"the folder of the store {path} is not there; make it, or choose another place with --db")


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


def _log_of(path: Path) -> Path:
    """The write-ahead log, which SQLite keeps beside the file itself when the path is a link."""
    return path.resolve().with_name(f"{path.resolve().name}-wal")


def _connect_to_read(path: Path, mode: str) -> sqlite3.Connection | None:
    """None where nothing is in the file yet, as while another process makes the store."""
    with ExitStack() as on_refusal:
        connection = on_refusal.enter_context(closing(_connect(path, mode)))
        if not _applied(connection, path):
            return None
        on_refusal.pop_all()
    return connection


def _is_up_to_date(connection: sqlite3.Connection, path: Path) -> bool:
    return len(_applied(connection, path)) == len(MIGRATIONS)


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


def _refuse_other_files(path: Path) -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        oldest = ".".join(map(str, _OLDEST_SQLITE))
        raise StoreError(f"this Python has SQLite {sqlite3.sqlite_version}; {oldest} or newer is needed")
    with folders_told_clearly(path):
        if path.is_dir():
            raise StoreError(f"{path} is a folder; --db needs the path of a file")
        if path.exists() and not path.is_file():
            # A pipe would be waited for, and of a device SQLite would say that the disk is full.
            raise StoreError(f"{path} is no file that can be kept; --db needs the path of one")
        refuse_missing_folder(path)
        _log_of(path).exists()  # its name is longer, and may be too long
        if path.exists() and not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextmanager
def _other_files_told_clearly(path: Path) -> Iterator[None]:
    """Tell a file that never was SQLite's from one that is damaged.

    Only SQLite may open the file as long as it is one: whoever closes it, for whatever it was opened, takes all locks
    of the process from it. Another process would then take itself for the last, and remove a log that is in use.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                raise
        message = f"{path} is no SQLite file; it was left as it is. Choose another place with --db"
        raise StoreError(message) from None


def _applied(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The migrations that ran on this store; raises StoreError when it is another program's, or newer than we are."""
    with _other_files_told_clearly(path):
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return []
    applied: list[str] = []
    if "_sqlite_migrations" in tables:
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
        )
        applied = [name for (name,) in rows]
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID and not applied:
        raise StoreError(
            f"{path} is a SQLite file of another program; it was left as it is. Choose another place with --db"
        )
    if set(applied) - {name for name, _ in MIGRATIONS}:
        raise StoreError(
            f"{path} was written by a newer version of enrich-cli; it was left as it is. Install that version"
        )
    return applied
