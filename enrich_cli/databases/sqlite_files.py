"""SQLite files as databases: whether a path can be one that is read or written, and the connection to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from enrich_cli.databases.errors import DatabaseError
from enrich_cli.databases.urls import shown, sqlite_file

_BUSY_SECONDS = 60


def sqlite_path(text: str, *, must_exist: bool) -> Path:
    """The path of the file that a URL names. Raises DatabaseError if that can't be a database."""
    path = sqlite_file(text)
    if path is None or str(path) == ":memory:":
        raise DatabaseError(
            f"{shown(text)}: a SQLite database is a file: sqlite:///relative.db, sqlite:////absolute.db"
        )
    try:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.stat()
    except OSError as error:
        raise DatabaseError(f"{shown(text)}: can't be used: {error.strerror}; give another file") from None
    if path.is_dir():
        raise DatabaseError(f"{shown(text)}: is a folder, not a database")
    if must_exist and not path.exists():
        raise DatabaseError(f"{shown(text)}: there is no such file")
    return path


def refuse_unwritable(path: Path) -> None:
    """Raises DatabaseError if a file can't be made here, or not be written: SQLite itself would say so late."""
    folder = path.parent
    if not folder.is_dir():
        raise DatabaseError(f"the folder of {path} does not exist; create it, or give another path")
    # While it is written, there is a journal beside it.
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseError(f"{path}: can't write in its folder; give another path, or make the folder writable")
    if path.exists() and not path.is_file():
        raise DatabaseError(f"{path}: is no regular file, which a SQLite database must be; give another path")
    if path.exists() and not os.access(path, os.W_OK):
        raise DatabaseError(f"{path}: can't be written; give another path, or make it a writable file")


def sqlite_connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to a file. With `read_only` it must exist, and no other can be read; else it is made if missing."""
    mode = "ro" if read_only else "rwc"
    # Rows are read and written in whichever thread is free, one at a time.
    connection = sqlite3.connect(
        f"file:{quote(os.fsencode(path))}?mode={mode}", uri=True, check_same_thread=False, timeout=_BUSY_SECONDS
    )
    if read_only:
        connection.set_authorizer(_within_its_file)
    return connection


def _within_its_file(action: int, *_about: str | None) -> int:
    """Refuse other files: one would be made as soon as it is attached, as VACUUM INTO does too."""
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
