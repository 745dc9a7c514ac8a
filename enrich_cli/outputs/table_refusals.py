"""Which row a table refuses, and for the value of which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.types import NullType

from enrich_cli.databases.errors import reason
from enrich_cli.outputs.table_layout import Layout
from enrich_cli.outputs.table_writing import Values, write_rows

_AT_ROW = re.compile(r" at row \d+$")
"""MySQL counts the rows of a statement."""


class Refusal(NamedTuple):
    """A row that a table does not take."""

    place: int
    """Among the rows."""
    said: str
    """By the database, without the value."""


def refusal_among(engine: Engine, layout: Layout, rows: Sequence[Values]) -> Refusal | None:
    """The first of some rows that is not taken by itself either; nothing stays written. Raises SQLAlchemyError."""
    with engine.connect() as connection:
        for place, row in enumerate(rows):
            if engine.dialect.name == "sqlite":
                # Python would begin none, and what a savepoint ends would stay.
                connection.exec_driver_sql("BEGIN")
            try:
                write_rows(connection, layout, [row])
            except DBAPIError as error:
                connection.rollback()
                return Refusal(place, f"{_AT_ROW.sub('', reason(error))}{_column(connection, layout, row, error)}")
            connection.rollback()
    return None


def _column(connection: Connection, layout: Layout, row: Values, error: DBAPIError) -> str:
    """The column whose value can't be what it has to be, which other databases name themselves."""
    if connection.dialect.name != "postgresql" or not isinstance(error, DataError):
        return ""
    table = layout.table
    for name, value in row.items():
        # What a parameter can't be, it can't be for no rows either.
        for_nobody = table.update().where(table.c.c0.is_(None))
        try:
            connection.execute(for_nobody.values({name: bindparam("value", value, NullType())}))
        except DBAPIError:
            return f" (column {table.c[name].name})"
        finally:
            connection.rollback()
    return ""
