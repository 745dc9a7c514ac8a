"""An engine for a database URL."""

from __future__ import annotations

import importlib
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Dialect, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError

from enrich_cli.databases.errors import DatabaseError
from enrich_cli.databases.mysql_values import read_bits
from enrich_cli.databases.sqlite_files import sqlite_connected, sqlite_path
from enrich_cli.databases.url_options import checked
from enrich_cli.databases.urls import shown

for _library in ("psycopg", "sqlalchemy"):
    # These libraries would log broken connections to standard error, in addition to our own messages.
    logging.getLogger(_library).addHandler(logging.NullHandler())

_YEAR_SECONDS = 365 * 24 * 3600
_STRICT_EVERYWHERE = (
    "SET SESSION sql_mode = IF(@@sql_mode LIKE '%STRICT_TRANS_TABLES%',"
    " CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), @@sql_mode)"
)
"""A server that refuses values that do not fit would otherwise cut them in tables without transactions."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of database, and how its sessions begin."""

    driver: str
    """SQLAlchemy's name of the dialect and the driver."""
    module: str
    """The driver's module."""
    extra: str
    """The extra of this program that installs the driver; empty if Python has it."""
    reading: tuple[str, ...]
    """The first statements of a session that only reads."""
    connecting: Mapping[str, Any] = field(default_factory=dict)
    """Options for the driver, unless the URL sets them."""
    writing: tuple[str, ...] = ()
    """The first statements of a session that writes."""


_SQLITE = _Kind("sqlite+pysqlite", "sqlite3", "", ("PRAGMA query_only = ON",))
_POSTGRESQL = _Kind(
    "postgresql+psycopg",
    "psycopg",
    "postgresql",
    # A run takes as long as its vendors do, and its cursor stays open all that time.
    ("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET idle_in_transaction_session_timeout = 0"),
    {
        # Any character can then be written, or is refused by the server, and a database without an encoding be read.
        "client_encoding": "utf8",
        "connect_timeout": 10,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
    },
)
_MYSQL = _Kind(
    "mysql+pymysql",
    "pymysql",
    "mysql",
    # Otherwise the server hangs up if nobody fetches more of a result for a minute.
    ("SET SESSION TRANSACTION READ ONLY", f"SET SESSION net_write_timeout = {_YEAR_SECONDS}"),
    {"connect_timeout": 10, "read_timeout": 10},
    (_STRICT_EVERYWHERE,),
)
_KINDS = {
    "sqlite": _SQLITE,
    "postgresql": _POSTGRESQL,
    "postgres": _POSTGRESQL,
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
}
_KNOWN = "give sqlite:///FILE, or postgresql:// or mysql:// with USER:PASSWORD@HOST/DATABASE"


def open_engine(text: str, *, read_only: bool) -> Engine:
    """An engine without a pool for a `sqlite:///`, `postgresql://` or `mysql://` URL, not yet connected.

    With `read_only` every transaction is read-only, and a SQLite file must exist. Error texts never include statement
    values. Raises DatabaseError for a URL that can't be used and for a missing driver; connecting raises it for options
    that the driver can't use.
    """
    kind = _kind(text)
    _require_driver(kind)
    url = _parsed(text).set(drivername=kind.driver)
    options: dict[str, Any] = {"connect_args": {n: v for n, v in kind.connecting.items() if n not in url.query}}
    if kind is _SQLITE:
        path = sqlite_path(text, must_exist=read_only)
        options = {"creator": partial(sqlite_connected, path, read_only=read_only)}
        url = url.set(database=str(path), query={})
    url = checked(text, url)
    # It warns about each column of an unknown type, which does not matter here.
    warnings.simplefilter("ignore", SAWarning)
    with _options_told_clearly(text):
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **options)
    event.listen(engine, "do_connect", partial(_connected, text))
    if kind is _MYSQL and "read_timeout" not in url.query:
        event.listen(engine, "connect", _wait_for_any_answer)
    if first := kind.reading if read_only else kind.writing:
        event.listen(engine, "connect", lambda connection, _record: _begin_with(connection, first))
    if read_only:
        if kind is _POSTGRESQL:
            from enrich_cli.databases.postgresql_values import read_every_value  # noqa: PLC0415 it needs the driver

            event.listen(engine, "connect", lambda connection, _record: read_every_value(connection))
        if kind is _MYSQL:
            event.listen(engine, "connect", lambda connection, _record: read_bits(connection))
    return engine


def refuse_others(text: str) -> None:
    """Raises DatabaseError for a URL that is not a database's, such as a web page's."""
    _kind(text)


def _kind(text: str) -> _Kind:
    name = text.partition("://")[0].partition("+")[0].lower()
    if name not in _KINDS:
        raise DatabaseError(f"{shown(text)} is not a database that can be read or written: {_KNOWN}")
    return _KINDS[name]


def _connected(text: str, dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
    with _options_told_clearly(text):
        return dialect.connect(*arguments, **options)


@contextmanager
def _options_told_clearly(text: str) -> Iterator[None]:
    """Raises DatabaseError instead of drivers' errors for options that are unknown or can't be used."""
    try:
        yield
    except (TypeError, ValueError, OSError, AttributeError, NotImplementedError) as error:
        # The text of another error may hold an option's value.
        names_no_value = isinstance(error, TypeError | NotImplementedError)
        said = str(error) if names_no_value else getattr(error, "strerror", None) or type(error).__name__
        raise DatabaseError(
            f"{shown(text)}: an option after the ? can't be used: {said}; correct it or leave it out"
        ) from None


def hang_up(connection: Connection, result: CursorResult[Any] | None) -> None:
    """Close a connection even in the middle of a result, without fetching the rest. Never raises."""
    with suppress(SQLAlchemyError):
        if result is not None:
            unread = getattr(result.cursor, "_result", None)
            if unread is not None and hasattr(unread, "unbuffered_active"):
                # Otherwise PyMySQL reads it to its end, however long.
                unread.unbuffered_active = False
            result.close()
        connection.invalidate()
        connection.close()


def _parsed(text: str) -> URL:
    """The parsed URL. A password with an unescaped @ or : would be cut in two, and its rest taken for a
    host or port.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        pass
    else:
        if "@" not in (url.host or ""):
            return url
    raise DatabaseError(
        f"{shown(text)}: can't be read as a URL: {_KNOWN}; in the password, "
        "write @ : / ? # and % as %40 %3A %2F %3F %23 and %25"
    )


def _require_driver(kind: _Kind) -> None:
    try:
        importlib.import_module(kind.module)
    except ImportError:
        raise DatabaseError(
            f"the driver {kind.module} is not installed: pip install 'enrich-cli[{kind.extra}]'"
        ) from None


def _wait_for_any_answer(connection: Any, _record: object) -> None:
    """Lift the timeout for reading: a server greets soon or never, but a query may take long."""
    connection._read_timeout = None  # noqa: SLF001 PyMySQL has no other way


def _begin_with(connection: Any, statements: tuple[str, ...]) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
    connection.commit()
