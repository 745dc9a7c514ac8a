"""Is a file a store, and one that we can use?"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enrich_cli.store.errors import StoreError
from enrich_cli.store.schema import APPLICATION_ID, MIGRATION_SET, MIGRATIONS
from enrich_cli.store.sqlite_errors import folders_told_clearly

_MAGIC = b"SQLite format 3\x00"
_OLDEST_SQLITE = (3, 35)
"""The first version that says which rows a statement has changed (RETURNING)."""


def refuse_missing_folder(path: Path) -> None:
    """Raises StoreError if the folder does not exist, so that no store can be or be made there."""
    with folders_told_clearly(path):
        if not path.parent.is_dir():
            raise StoreError(
                f"the folder of the store {path} does not exist; create it, or choose another place with --db"
            )


def refuse_other_files(path: Path) -> None:
    """Raises StoreError if SQLite can't open or make a file there."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        oldest = ".".join(map(str, _OLDEST_SQLITE))
        raise StoreError(f"this Python has SQLite {sqlite3.sqlite_version}; {oldest} or newer is needed")
    with folders_told_clearly(path):
        if path.is_dir():
            raise StoreError(f"{path} is a folder; --db needs the path of a file")
        if path.exists() and not path.is_file():
            # Opening a pipe would block, and for a device SQLite would report a full disk.
            raise StoreError(f"{path} is not a regular file; --db needs the path of one")
        refuse_missing_folder(path)
        log_of(path).exists()  # its name is longer, and may be too long
        if path.exists() and not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def log_of(path: Path) -> Path:
    """The write-ahead log, which SQLite keeps beside the file itself when the path is a link."""
    return path.resolve().with_name(f"{path.resolve().name}-wal")


def migrations_of(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The names of the migrations that ran on a store; raises StoreError if it is another program's, or newer than we
    are.
    """
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


@contextmanager
def _other_files_told_clearly(path: Path) -> Iterator[None]:
    """Tell a file that never was SQLite's from a damaged one.

    As long as it may be SQLite's, only SQLite may open the file: closing it, for whatever reason it was opened, drops
    all locks of this process. Another process would then take itself for the last user, and remove a log that is in
    use.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                raise
        message = f"{path} is not a SQLite file; it was left as it is. Choose another place with --db"
        raise StoreError(message) from None
