"""What can go wrong with a database, in words that quote neither a password nor a row."""

from __future__ import annotations

import re
import sqlite3
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

_RAISED = frozenset(
    {"exec_stmt_raise", "PLy_output", "PLy_elog_impl", "do_util_elog", "plperl_util_elog", "pltcl_elog"}
)
"""PostgreSQL's own functions behind RAISE and the like in procedural languages."""

_USERS_OWN = ("P0", "38", "39", "45")
"""The beginnings of SQL states for errors of functions and of SIGNAL."""

_SIGNALS = (1642, 1643, 1644)
_LAST_OF_MYSQL = 5999
"""Errors of MySQL and MariaDB have lower numbers; SIGNAL may give any, and the driver takes high ones for negative."""

_IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,62}")

_IN_USE = "55P03"
_LOCK_WAIT_TIMEOUT = (1205,)
"""What PostgreSQL and MySQL say of a table in use."""

_QUOTED = re.compile(r"""["'].*["']""")
_EMAIL = re.compile(r"(?<![^\s@'\"`])[^\s@'\"`]+@[^\s@'\"`]+")
"""Not `'ada'@'localhost'`, as MySQL names its users. It begins where a word does, so that a long word is read once."""
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
    if _is_locked_file(cause):
        return "the file is locked by another program: let that finish or end it, then try again"
    if _is_raised(cause):
        return _refusal_of_a_trigger(cause)
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    said = " ".join(str(primary or (cause.args[-1] if cause.args else type(cause).__name__)).split())
    # A trigger of MySQL may borrow the number and state of any error of the server's, so nothing tells them apart.
    return _EMAIL.sub("…", _without_values(said) if _quotes_a_value(error, cause) else said)


def _without_values(said: str) -> str:
    named = (_KEY if said.startswith("Duplicate entry ") else _COLUMN).search(said)
    what = said[: named.start()] if named else said
    return _QUOTED.sub("…", what) + (named[0] if named else "")


def is_about_a_row(error: DBAPIError) -> bool:
    """Is the error about one row, rather than the others or the database?"""
    cause = error.orig
    state = getattr(cause, "sqlstate", None) or ""
    said = cause.args[:1] if cause else ()
    if isinstance(error, DataError | IntegrityError) or state[:2] in _OF_A_ROW or said in _REFUSED_BY_A_RULE:
        return True
    return cause is not None and _is_raised(cause)


def is_in_use(error: BaseException) -> bool:
    """Has somebody else locked the file or table, for longer than was waited for it?"""
    cause = error.orig if isinstance(error, DBAPIError) else None
    said = cause.args[:1] if cause else ()
    return _is_locked_file(cause) or getattr(cause, "sqlstate", None) == _IN_USE or said == _LOCK_WAIT_TIMEOUT


def _is_locked_file(cause: BaseException | None) -> bool:
    code = getattr(cause, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def lost_to_another(error: BaseException) -> bool:
    """Was the transaction rolled back in favour of another one, so that it may succeed if tried again?"""
    cause = error.orig if isinstance(error, DBAPIError) else None
    said = cause.args[0] if cause and cause.args else None
    return getattr(cause, "sqlstate", None) in _LOST_TO_ANOTHER or said in _LOST_TO_ANOTHER


def _is_raised(cause: BaseException) -> bool:
    """Is it an error that a trigger or function raises itself?"""
    state = getattr(cause, "sqlstate", None) or ""
    number = cause.args[0] if cause.args else None
    return (
        state[:2] in _USERS_OWN
        or getattr(getattr(cause, "diag", None), "source_function", None) in _RAISED
        or getattr(cause, "sqlite_errorname", None) == "SQLITE_CONSTRAINT_TRIGGER"
        or (isinstance(number, int) and (number in _SIGNALS or not 0 <= number <= _LAST_OF_MYSQL))
    )


def _refusal_of_a_trigger(cause: BaseException) -> str:
    """Without its text, into which it may put anything, such as an e-mail."""
    state = getattr(cause, "sqlstate", None)
    code = f"SQLSTATE {state}" if state else getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    column = getattr(getattr(cause, "diag", None), "column_name", None) or ""
    about = f", column {column}" if _IDENTIFIER.fullmatch(column) else ""
    return f"a trigger or function of the database says no ({code}{about}); its text is not shown: it may quote a row"


def _quotes_a_value(error: DBAPIError, cause: BaseException) -> bool:
    """May the message quote a value of a row? The error's class shows it, but at MySQL sometimes only its state does,
    and at SQLite, for a text that can't be decoded, only its words.
    """
    state = getattr(cause, "sqlstate", None) or ""
    # For broken constraints, PostgreSQL keeps the values apart from the message, and only the message is shown.
    diagnosis = getattr(cause, "diag", None)
    named = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "column_name", None)
    says_the_rest = state.startswith("23") and bool(named)
    if says_the_rest or cause.args[:1] in _A_COLUMN_MAY_NOT_BE_EMPTY:
        return False
    return isinstance(error, DataError | IntegrityError) or state.startswith("22") or "Could not decode" in str(cause)
