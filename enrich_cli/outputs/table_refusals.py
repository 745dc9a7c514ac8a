"""Which row a table refuses, and because of which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.types import NullType

from enrich_cli.databases.errors import reason
from enrich_cli.databases.tables import TableName
from enrich_cli.outputs.table_layout import Layout
from enrich_cli.outputs.table_nature import has_transactions
from enrich_cli.outputs.table_writing import Values, write_rows

_AT_ROW = re.compile(r" at row \d+$")
"""The position that MySQL adds to its message."""


class Refusal(NamedTuple):
    """A row that a table refuses."""

    place: int
    """Its index among the rows."""
    said: str
    """The database's reason, without the value."""
    rows_stay: bool
    """The rows before it are written."""


def refusal_among(engine: Engine, layout: Layout, rows: Sequence[Values]) -> Refusal | None:
    """The first of these rows that is refused even by itself. Raises SQLAlchemyError.

    Nothing stays written, unless the table has no transactions: then the rows before it do.
    """
    with engine.connect() as connection:
        for place, row in enumerate(rows):
            if engine.dialect.name == "sqlite":
                # Python would not begin a transaction, and a released savepoint would stay.
                connection.exec_driver_sql("BEGIN")
            try:
                write_rows(connection, layout, [row])
            except DBAPIError as error:
                connection.rollback()
                said = f"{_AT_ROW.sub('', reason(error))}{_column(connection, layout, row, error)}"
                table = TableName(layout.table.schema, layout.table.name)
                return Refusal(place, said, rows_stay=not has_transactions(connection, table))
            connection.rollback()
    return None


def _column(connection: Connection, layout: Layout, row: Values, error: DBAPIError) -> str:
    """The column whose value has the wrong form; other databases than PostgreSQL name it themselves."""
    if connection.dialect.name != "postgresql" or not isinstance(error, DataError):
        return ""
    table = layout.table
    for name, value in row.items():
        # A value that can't be converted is refused even by a statement that affects no rows.
        for_nobody = table.update().where(table.c.c0.is_(None))
        try:
            connection.execute(for_nobody.values({name: bindparam("value", value, NullType())}))
        except DBAPIError:
            return f" (column {table.c[name].name})"
        finally:
            connection.rollback()
    return ""
