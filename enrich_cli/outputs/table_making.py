"""Making a table, or adding the columns that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import ClauseElement, Connection, Dialect, Engine, Executable, text
from sqlalchemy.exc import DBAPIError

from enrich_cli.databases.errors import is_in_use
from enrich_cli.databases.tables import as_it_stands
from enrich_cli.outputs.table_layout import Layout
from enrich_cli.outputs.table_statements import writing_nothing

_PATIENCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '30s'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 30"),),
}
"""These databases would wait to change a table for as long as somebody reads it."""
_AT_ONCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '1ms'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 1"),),
    # Python begins no transaction by itself for statements that change a table.
    "sqlite": (text("PRAGMA busy_timeout = 0"), text("BEGIN IMMEDIATE")),
}
"""The shortest possible; MySQL counts in seconds."""
_NOT_THERE_YET = (1054, 1146)
"""MySQL's errors about columns and tables, which come after it has checked the rights."""


def try_to_write(engine: Engine, layout: Layout, *, plan_only: bool) -> None:
    """Find out before anything is paid for whether the user may make the table, change it and write there.

    The same goes for a table that these rows can't be written to. Databases check rights before they wait for locks,
    and nobody has to wait for this. With `plan_only`, nothing is made or changed even to be rolled back, so it remains
    open whether the user may do that. Raises DBAPIError.
    """
    dialect = engine.dialect
    if dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return
    with engine.connect() as connection:
        try:
            for statement in (*_AT_ONCE[dialect.name], *(() if plan_only else _changing(layout, dialect))):
                connection.execute(statement)
            # What is not there yet can't be planned for.
            nothing = plan_only and layout.is_new
            for written in () if nothing else writing_nothing(layout, dialect.name, as_it_is=plan_only):
                _look_at(connection, written, layout)
        except DBAPIError as error:
            if not is_in_use(error):
                raise
        connection.rollback()


def _changing(layout: Layout, dialect: Dialect) -> Sequence[Executable]:
    """Statements that take the same rights as making the table, and change nothing once they are rolled back."""
    if dialect.name != "mysql" or not layout.making:
        return layout.making
    # MySQL can't roll this back, but checks rights when a statement that makes a table is prepared.
    return [_prepared(statement, dialect) for statement in layout.making] if layout.is_new else layout.changing_nothing


def _look_at(connection: Connection, written: ClauseElement, layout: Layout) -> None:
    """Let the database plan a statement, for which it checks everything that it would check for writing."""
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
    # The driver does not look into values.
    return text("PREPARE it FROM :it").bindparams(it=as_it_stands(str(statement.compile(dialect=dialect)), dialect))


def _number(error: DBAPIError) -> object:
    return error.orig.args[0] if error.orig is not None and error.orig.args else None


def make(engine: Engine, layout: Layout) -> None:
    """Make the table, or add what it lacks."""
    if engine.dialect.name == "sqlite":
        # Personal data is only for its owner.
        Path(engine.url.database or "").touch(mode=0o600)
    with engine.begin() as connection:
        for statement in (*_PATIENCE.get(engine.dialect.name, ()), *layout.making):
            connection.execute(statement)
