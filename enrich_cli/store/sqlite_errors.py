"""Errors of SQLite and the file system, in our own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enrich_cli.store.errors import StoreError, StoreFull


@contextmanager
def told_clearly(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if is_full(error):
            raise StoreFull(f"the disk of the store {path} is full or failing; what was saved before is safe") from None
        if "unable to open" in text or "readonly" in text:
            raise StoreError(not_writable(path)) from None
        if is_locked(error):
            raise StoreError(f"the store {path} is locked by another program") from None
        if "decode" in text:
            # SQLite's own words quote the value.
            raise StoreError(
                f"the store {path} was changed: a text in it can't be decoded; `check` lists what is broken"
            ) from None
        raise StoreError(f"the store {path} can't be used: {text}") from None
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        # This is our own mistake, not the file's.
        raise
    except sqlite3.DatabaseError:
        raise StoreError(
            f"the store {path} is damaged: it is not a complete SQLite file; restore it from a backup"
        ) from None


def not_writable(path: Path) -> str:
    """The message for a store that can't be written."""
    return (
        f"the store {path} can't be opened for writing: check the permissions of folder and file, or choose another "
        "place with --db"
    )


@contextmanager
def folders_told_clearly(path: Path) -> Iterator[None]:
    """Turn errors of the file system into ours, such as a folder above the store that may not be entered."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"the store {path} can't be read: {error.strerror}") from None


def is_locked(error: sqlite3.OperationalError) -> bool:
    """Does somebody else hold a lock on the file at this moment?"""
    return "locked" in str(error) or "busy" in str(error)


def is_full(error: sqlite3.OperationalError) -> bool:
    """Has the disk no room, or does it fail?"""
    return "full" in str(error) or "disk I/O" in str(error)
