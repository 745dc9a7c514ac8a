"""How rows lie in a table of a database: which columns, of which types, and by which one a customer is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import DDL, Column, Dialect, Inspector, MetaData, String, Table
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.schema import CreateColumn, CreateTable, ExecutableDDLElement
from sqlalchemy.types import NullType

from enrich_cli.databases.tables import TableName, as_it_stands
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.table_nature import (
    has_to_be_given,
    is_generated,
    is_letter_by_letter,
    is_strict,
    other_than_a_table,
    partitioned,
    unique_keys,
)
from enrich_cli.outputs.table_types import ID, TEXT, learned_types

KEY = "customer_id"
_LONGEST_NAME = 63
"""Bytes that every database takes."""


class Layout(msgspec.Struct, frozen=True):
    """What is written of a row: its key, its count, what is learned, and of the input's own columns some."""

    table: Table
    """Its columns are called `c0` (the key), `c1` … in this order, and have no types: what type each has in the
    database, only the database knows."""
    own: Sequence[int]
    """The places of the input's own columns that are written."""
    making: Sequence[ExecutableDDLElement]
    """Makes the table, or adds what it lacks."""
    own_columns: Mapping[int, ReflectedColumn]
    """What the columns of these are like, of those that were there."""
    texts: Collection[str]
    """The columns of texts, of those that were there: a time is written there as one."""
    in_one_step: bool
    """The database itself can tell whether to insert or to update."""
    key_column: ReflectedColumn | None = None
    """What the key's column is like, where it was there."""
    is_letter_by_letter: bool = False
    """Keys are told apart by their letters, where some are the same to the database: `ada` and `Ada`."""
    is_unique: bool = False
    """No two rows have keys that are the same to the database."""
    is_new: bool = False
    """There is no such table yet."""
    changing_nothing: Sequence[ExecutableDDLElement] = ()
    """Changes the table that is there in no way."""
    is_source: bool = False
    """The rows come from this table: each is there, by its id as the table has it."""

    @property
    def may_mistake_keys(self) -> bool:
        """May a row be taken for that of somebody else, whose key differs?"""
        return self.is_unique and self.is_letter_by_letter


def new_layout(name: str, schema: str | None, columns: Columns) -> Layout:
    """A table that is to be made: it gets all of the input's own columns."""
    learned = learned_types(columns)
    own = _own_names(columns.input_names, {KEY, *learned})
    table = Table(
        name,
        MetaData(),
        Column(KEY, ID, primary_key=True),
        *(Column(column, TEXT) for column in own.values()),
        *(Column(column, kind) for column, kind in learned.items()),
        schema=schema,
        mysql_charset="utf8mb4",
    )
    written = _untyped(name, schema, [KEY, *learned, *own.values()])
    making = [CreateTable(table, if_not_exists=True)]
    return Layout(written, tuple(own), making, own_columns={}, texts=(), in_one_step=True, is_new=True)


def layout_of(
    inspector: Inspector, there_is: TableName, columns: Columns, *, id_column: str | None, is_source: bool
) -> Layout:
    """A table that is there: it gets the learned columns that it lacks; of the input's own it takes those it has.

    `id_column`: what the input's column of ids is called, for a table without a `customer_id`. `is_source`: the rows
    come from it, so that none of the input's own is written. Raises OutputError when the table has no column for the
    id, and for a view, a partition or the like that lacks a column.
    """
    schema, name = there_is
    details = inspector.get_columns(name, schema)
    there = {column["name"].casefold(): column["name"] for column in details}
    id_column = (id_column or KEY).casefold()
    # Of the source itself a `customer_id` may be somebody else's, where another column was said to hold the ids.
    key = there.get(id_column if is_source else KEY) or there.get(id_column)
    if key is None:
        raise OutputError(f"--output-table {name}: has no column {KEY}, by which rows are matched; add one")
    key_column = next(column for column in details if column["name"] == key)
    learned = learned_types(columns, in_strict_table=is_strict(inspector, there_is))
    # By the names that they would get in a new table: of two that are called the same, each has its own.
    names = _own_names(() if is_source else columns.input_names, {KEY, key.casefold(), *learned})
    filled = {column["name"].casefold(): column for column in details if not is_generated(column)}
    own = {place: filled[column.casefold()] for place, column in names.items() if column.casefold() in filled}
    written = [key, *(there.get(column, column) for column in learned), *(column["name"] for column in own.values())]
    table = _untyped(name, schema, written)
    lacking = [Column(column, kind) for column, kind in learned.items() if column not in there]
    if lacking and (kind := other_than_a_table(inspector, there_is)):
        raise OutputError(
            f"--output-table {name}: is a {kind}, to which no columns can be added, and lacks {len(lacking)}, such as "
            f"{lacking[0].name}; give a table, or add them"
        )
    if lacking and (whole := partitioned(inspector, table)):
        raise OutputError(f"--output-table {name}: is a partition of {whole}; give that")
    making = _growing(table, lacking, inspector.dialect)
    # A new row without them is refused even where there is an old one to update.
    wanting = [one["name"] for one in details if has_to_be_given(one) and one["name"] not in written]
    texts = {column["name"] for column in details if isinstance(column["type"], String)}
    unique = unique_keys(inspector, there_is)
    # MySQL would update the row that is alike in any of them.
    by_others = inspector.dialect.name == "mysql" and any(some != [key] for some in unique)
    return Layout(
        table,
        tuple(own),
        making,
        own_columns=own,
        texts={column.key for column in table.c if column.name in texts},
        in_one_step=not wanting and [key] in unique and not by_others,
        key_column=key_column,
        is_letter_by_letter=is_letter_by_letter(inspector, key_column),
        is_unique=[key] in unique,
        changing_nothing=_altering(table, [""], inspector.dialect),
        is_source=is_source,
    )


def _growing(table: Table, lacking: Sequence[Column[Any]], dialect: Dialect) -> list[ExecutableDDLElement]:
    added = [f"ADD COLUMN {CreateColumn(column).compile(dialect=dialect)}" for column in lacking]
    if dialect.name != "sqlite" and added:
        # All at once, for MySQL looks through the whole table for each.
        added = [", ".join(added)]
    return _altering(table, added, dialect)


def _altering(table: Table, changes: Sequence[str], dialect: Dialect) -> list[ExecutableDDLElement]:
    where = as_it_stands(dialect.identifier_preparer.format_table(table), dialect)
    texts = [f"ALTER TABLE {where} {change}".replace("%", "%%") for change in changes]
    return [DDL(text) for text in texts]  # type: ignore[no-untyped-call]


def _untyped(name: str, schema: str | None, columns: Sequence[str]) -> Table:
    untyped = [Column(column, NullType(), key=f"c{place}") for place, column in enumerate(columns)]
    return Table(name, MetaData(), *untyped, schema=schema)


def _own_names(names: Sequence[str], taken: set[str]) -> dict[int, str]:
    """Place → a name that a database can take; one that differs by case alone is the same to some."""
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        if name.casefold() == KEY:
            continue
        stem = re.sub(r"\s+", " ", name.replace("\x00", "")).strip() or f"column {place + 1}"
        column, number = _cut(stem, ""), 1
        while column.casefold() in taken:
            number += 1
            column = _cut(stem, f"_{number}")
        found[place] = column
        taken.add(column.casefold())
    return found


def _cut(stem: str, end: str) -> str:
    return stem.encode()[: _LONGEST_NAME - len(end)].decode(errors="ignore") + end
