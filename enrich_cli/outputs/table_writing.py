"""Writing rows into a table, each into its own row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.types import NullType

from enrich_cli.outputs.table_layout import Layout
from enrich_cli.outputs.table_statements import is_its_row, upserting

Values: TypeAlias = dict[str, Any]
"""Column of the layout's table → value."""


class Left(NamedTuple):
    """How many rows were not written."""

    missing: int = 0
    """Rows not found again in the source's own table."""
    alike: int = 0
    """Rows whose keys the table takes for others'."""


def write_rows(connection: Connection, layout: Layout, rows: Sequence[Values]) -> Left:
    """Update the rows that exist and insert the others, in one transaction. Raises SQLAlchemyError."""
    dialect = connection.dialect.name
    if layout.is_source:
        its_row = is_its_row(layout, dialect, bindparam("key", type_=NullType()))
        keyed = [{"key": row["c0"], **_others(row)} for row in rows]
        found = connection.execute(layout.table.update().where(its_row), keyed).rowcount
        return Left(missing=max(len(rows) - found, 0))
    # PyMySQL's bulk insert can't handle a % in the name of a column.
    stumbles = dialect == "mysql" and any("%" in column.name for column in layout.table.c)
    if layout.in_one_step and not stumbles:
        return _at_once(connection, layout, rows)
    return Left(alike=sum(not _is_written(connection, layout, row) for row in rows))


def _at_once(connection: Connection, layout: Layout, rows: Sequence[Values]) -> Left:
    upsert = upserting(layout, connection.dialect.name, list(rows[0]))
    if not layout.may_mistake_keys:
        connection.execute(upsert, rows)
        return Left()
    # Only the database knows which keys are equal to it: a row that is not there afterwards went into another's.
    attempt = connection.begin_nested()
    connection.execute(upsert, rows)
    there = _keys_like(connection, layout, [row["c0"] for row in rows])
    own = [row for row in rows if row["c0"] in there]
    if len(own) == len(rows):
        attempt.commit()
        return Left()
    attempt.rollback()
    if own:
        connection.execute(upsert, own)
    return Left(alike=len(rows) - len(own))


def _is_written(connection: Connection, layout: Layout, row: Values) -> bool:
    """Write a row, unless the table takes its key for another's."""
    its_row = is_its_row(layout, connection.dialect.name, bindparam("key", row["c0"], NullType()))
    if connection.execute(layout.table.update().where(its_row), _others(row)).rowcount == 0:
        if layout.may_mistake_keys and _keys_like(connection, layout, [row["c0"]]):
            return False
        connection.execute(layout.table.insert(), row)
    return True


def _keys_like(connection: Connection, layout: Layout, keys: Sequence[str]) -> set[str]:
    """The keys that the table takes these for, as they are written there."""
    column = layout.table.c.c0
    return set(connection.scalars(select(column).where(column.in_(keys))))


def _others(row: Values) -> Values:
    return {name: value for name, value in row.items() if name != "c0"}
