"""A table that is made, or gets what it lacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import ClauseElement, Connection, Dialect, Engine, Executable, text
from sqlalchemy.exc import DBAPIError

from enrich_cli.databases.tables import as_it_stands
from enrich_cli.outputs.table_layout import Layout
from enrich_cli.outputs.table_statements import writing_nothing

_PATIENCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '30s'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 30"),),
}
"""To change a table that somebody reads, these would wait for as long as that takes."""
_AT_ONCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '1ms'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 1"),),
    # Python begins no transaction by itself for what changes a table.
    "sqlite": (text("PRAGMA busy_timeout = 0"), text("BEGIN IMMEDIATE")),
}
"""As short as it can be; MySQL counts seconds."""
_LOCKED = 1205
"""What MySQL says of a table that somebody uses."""
_NOT_THERE_YET = (1054, 1146)
"""What MySQL says of columns and tables, once it has looked at the rights."""


def try_to_write(engine: Engine, layout: Layout) -> None:
    """Who may not make the table, change it or write there hears so before anything is paid for.

    So does who gives what no rows can be written into. Databases look at rights before they wait for anybody, and
    nobody has to wait for this. Raises DBAPIError.
    """
    dialect = engine.dialect
    if dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return
    with engine.connect() as connection:
        try:
            for statement in (*_AT_ONCE[dialect.name], *_changing(layout, dialect)):
                connection.execute(statement)
            for written in writing_nothing(layout, dialect.name):
                _look_at(connection, written, layout)
        except DBAPIError as error:
            if not _is_in_use(error):
                raise
        connection.rollback()


def _changing(layout: Layout, dialect: Dialect) -> Sequence[Executable]:
    """What needs the rights that making needs, and leaves nothing changed when it is taken back."""
    if dialect.name != "mysql" or not layout.making:
        return layout.making
    # MySQL takes nothing back, but looks at the rights of who prepares to make a table.
    return [_prepared(statement, dialect) for statement in layout.making] if layout.is_new else layout.changing_nothing


def _look_at(connection: Connection, written: ClauseElement, layout: Layout) -> None:
    """Let the database plan a statement, for which it looks at all that it would for writing."""
    dialect = connection.dialect
    if dialect.name != "mysql":
        connection.exec_driver_sql(f"EXPLAIN {written.compile(dialect=dialect)}")
        return
    try:
        connection.execute(_prepared(written, dialect))
    except DBAPIError as error:
        if not (layout.making and _number(error) in _NOT_THERE_YET):
            raise


def _prepared(statement: ClauseElement, dialect: Dialect) -> Executable:
    # The driver does not look into a value.
    return text("PREPARE it FROM :it").bindparams(it=as_it_stands(str(statement.compile(dialect=dialect)), dialect))


def _is_in_use(error: DBAPIError) -> bool:
    cause = error.orig
    is_busy = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    return is_busy or getattr(cause, "sqlstate", None) == "55P03" or _number(error) == _LOCKED


def _number(error: DBAPIError) -> object:
    return error.orig.args[0] if error.orig is not None and error.orig.args else None


def make(engine: Engine, layout: Layout) -> None:
    """Make the table, or add what it lacks."""
    if engine.dialect.name == "sqlite":
        # Personal data is its owner's alone.
        Path(engine.url.database or "").touch(mode=0o600)
    with engine.begin() as connection:
        for statement in (*_PATIENCE.get(engine.dialect.name, ()), *layout.making):
            connection.execute(statement)
