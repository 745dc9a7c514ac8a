"""What can go wrong with a database, in words that quote neither a password nor a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from enrich_cli.databases.urls import shown
from enrich_cli.domain.errors import ShownError

_A_COLUMN_MAY_NOT_BE_EMPTY = ((1048,), (1364,))
"""MySQL's message then names the column, without a value."""

_OF_A_ROW = ("22", "23", "44", "P0")
"""The beginnings of SQL states for errors in a row: its values, a constraint, a view, a trigger."""

_REFUSED_BY_A_RULE = ((1369,), (1644,), (3819,), (4025,))
"""Errors of MySQL and MariaDB for a row that a view, a trigger or a check refuses."""

_LOST_TO_ANOTHER = ("40001", "40P01", 1213)
"""A deadlock, or a serialization failure."""

_QUOTED = re.compile(r"""["'].*["']""")
_COLUMN = re.compile(r" for column ['`][^'`\"]+['`](?:\.`[^'`\"]+`)* at row \d+$")
_KEY = re.compile(r" for key '[^'\"]+'$")
"""How MySQL names a column, or the key of a duplicate entry, at the end of a message."""


class DatabaseError(ShownError):
    """A database can't be used. The text says which, why and what to do, and quotes neither a password nor a row."""

    exit_code = 2


@contextmanager
def told_clearly(text: str, advice: str = "") -> Iterator[None]:
    """Raises DatabaseError instead of the errors of SQLAlchemy and the driver; `text` is the URL."""
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseError(f"{shown(text)}: {reason(error)}{advice}") from None


def reason(error: SQLAlchemyError) -> str:
    """What the database said, in one line, without the statement and without values of rows."""
    if not isinstance(error, DBAPIError) or (cause := error.orig) is None:
        return f"can't be used ({type(error).__name__})"
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    said = " ".join(str(primary or (cause.args[-1] if cause.args else type(cause).__name__)).split())
    if not _quotes_a_value(error, cause):
        return said
    named = (_KEY if said.startswith("Duplicate entry ") else _COLUMN).search(said)
    what = said[: named.start()] if named else said
    return _QUOTED.sub("…", what) + (named[0] if named else "")


def is_about_a_row(error: DBAPIError) -> bool:
    """Is the error about one row, rather than the others or the database?"""
    cause = error.orig
    state = getattr(cause, "sqlstate", None) or ""
    said = cause.args[:1] if cause else ()
    return isinstance(error, DataError | IntegrityError) or state[:2] in _OF_A_ROW or said in _REFUSED_BY_A_RULE


def lost_to_another(error: BaseException) -> bool:
    """Was the transaction rolled back in favour of another one, so that it may succeed if tried again?"""
    cause = error.orig if isinstance(error, DBAPIError) else None
    said = cause.args[0] if cause and cause.args else None
    return getattr(cause, "sqlstate", None) in _LOST_TO_ANOTHER or said in _LOST_TO_ANOTHER


def _quotes_a_value(error: DBAPIError, cause: BaseException) -> bool:
    """May the message quote a value? MySQL's driver classifies some errors differently, apart from their state; SQLite
    has no name for the last.
    """
    state = getattr(cause, "sqlstate", None) or ""
    # For broken constraints, PostgreSQL keeps the values apart from the message, and only the message is shown. A
    # trigger that raises such an error itself may put anything into it.
    diagnosis = getattr(cause, "diag", None)
    named = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "column_name", None)
    says_the_rest = state.startswith("23") and bool(named)
    if says_the_rest or cause.args[:1] in _A_COLUMN_MAY_NOT_BE_EMPTY:
        return False
    return isinstance(error, DataError | IntegrityError) or state.startswith("22") or "Could not decode" in str(cause)
