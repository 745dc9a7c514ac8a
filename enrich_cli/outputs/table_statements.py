"""How a table's row is found again, and written whether it exists or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Insert, Text, Update, and_, cast, func, literal_column, null
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.types import JSON, TypeEngine

from enrich_cli.outputs.table_layout import Layout


def is_its_row(layout: Layout, dialect: str, key: BindParameter[Any]) -> ColumnElement[bool]:
    """The condition that a row is a given customer's."""
    column = layout.table.c.c0
    if not layout.is_letter_by_letter:
        return column == key
    # To many collations ada and Ada are equal: an index finds both, and only one of them is meant.
    if dialect == "postgresql":
        return and_(column == key, cast(column, Text).collate("C") == cast(key, Text))
    if dialect == "sqlite":
        return and_(column == key, column.collate("BINARY") == key)
    as_utf8 = func.convert(column.op("USING")(literal_column("utf8mb4")))
    return and_(column == key, as_utf8.collate("utf8mb4_bin") == key)


def upserting(layout: Layout, dialect: str, written: Sequence[str]) -> Insert:
    """For a table whose only unique columns are its key; `written` are the columns that the rows have."""
    table = layout.table
    changing = [name for name in written if name != "c0"]
    if dialect == "mysql":
        into = mysql.insert(table)
        return into.on_duplicate_key_update({name: into.inserted[name] for name in changing})
    both = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return both.on_conflict_do_update(
        index_elements=[table.c.c0], set_={table.c[name]: both.excluded[name] for name in changing}
    )


def writing_nothing(layout: Layout, dialect: str, *, as_it_is: bool) -> Sequence[Insert | Update]:
    """The statements with which rows are written, with no values: to be planned, not executed.

    `as_it_is`: only to the columns that are there by now.
    """
    table = layout.table
    row: dict[str, ColumnElement[Any]] = {column.key: null() for column in table.c}
    if dialect == "postgresql":
        # It tells from the type alone whether a column can hold a value. Texts may stand for anything.
        row |= {key: cast(null(), kind) for key, kind in layout.learned.items() if not _is_text(kind)}
    if as_it_is:
        row = {key: value for key, value in row.items() if key not in layout.lacking}
    others = {name: value for name, value in row.items() if name != "c0"}
    if not others:
        return []
    update = table.update().where(table.c.c0.is_(null())).values(others)
    if layout.is_source:
        return [update]
    if layout.in_one_step:
        return [upserting(layout, dialect, list(row)).values(row)]
    return [update, table.insert().values(row)]


def _is_text(kind: TypeEngine[Any]) -> bool:
    """Are values of this type sent as text? JSON is, too."""
    return isinstance(kind, Text | JSON)
