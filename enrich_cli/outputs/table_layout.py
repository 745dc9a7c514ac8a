"""The layout of rows in a database table: which columns, of which types, and which one identifies a customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, DDL, Column, Connection, Dialect, MetaData, String, Table, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.schema import CreateColumn, CreateTable, ExecutableDDLElement
from sqlalchemy.types import NullType, TypeEngine

from enrich_cli.databases.tables import TableName, as_it_stands
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.table_names import KEY, own_names
from enrich_cli.outputs.table_nature import (
    has_to_be_given,
    is_generated,
    is_letter_by_letter,
    is_strict,
    other_than_a_table,
    partitioned,
    unique_keys,
)
from enrich_cli.outputs.table_types import ID, TEXT, holds_lists, learned_types


class Layout(msgspec.Struct, frozen=True):
    """What is written of a row: its key, its count, what was learned, and some of the input's own columns."""

    table: Table
    """A table whose columns are called `c0` (the key), `c1` … in this order and have no types: only the database knows
    those.
    """
    own: Mapping[int, ReflectedColumn | None]
    """The input's own columns that are written: position → the column as the database describes it, None for a new one.
    """
    making: Sequence[ExecutableDDLElement]
    """Statements that make the table, or add what it lacks."""
    texts: Collection[str]
    """The existing text columns: a time is written to them as text."""
    arrays: Collection[str]
    """The existing columns of PostgreSQL's arrays: a list is written to them as one, not as JSON."""
    in_one_step: bool
    """The database itself can decide whether to insert or to update."""
    learned: Mapping[str, TypeEngine[Any]] = {}
    """The types that columns of an existing table would have if they were made for what is learned."""
    lacking: Collection[str] = ()
    """The columns that an existing table does not have yet."""
    key_column: ReflectedColumn | None = None
    """The key's column as the database describes it, if it exists already."""
    is_letter_by_letter: bool = False
    """Keys are compared letter by letter, although some are equal to the database: `ada` and `Ada`."""
    is_unique: bool = False
    """No two rows have keys that are equal to the database."""
    is_new: bool = False
    """There is no such table yet."""
    changing_nothing: Sequence[ExecutableDDLElement] = ()
    """Leaves an existing table as it is."""
    is_source: bool = False
    """The rows come from this table: each exists already, under its id in the table."""

    @property
    def may_mistake_keys(self) -> bool:
        """Could a row be taken for somebody else's, with a different key?"""
        return self.is_unique and self.is_letter_by_letter


def new_layout(name: str, schema: str | None, columns: Columns) -> Layout:
    """A new table: it gets all of the input's own columns."""
    learned = learned_types(columns)
    own = own_names(columns.input_names, {KEY, *learned})
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
    return Layout(written, dict.fromkeys(own), making, texts=(), arrays=(), in_one_step=True, is_new=True)


def layout_of(
    connection: Connection, there_is: TableName, columns: Columns, *, id_column: str | None, is_source: bool
) -> Layout:
    """An existing table: it gets the learned columns that it lacks, and takes those of the input's own columns that it
    has.

    `id_column`: the name of the input's id column, for a table without a `customer_id`. `is_source`: the rows come from
    it, so none of the input's own columns is written. Raises OutputError if the table has no column for the id, and for
    a view, a partition or the like that lacks a column.
    """
    inspector, dialect = inspect(connection), connection.dialect
    schema, name = there_is
    details = inspector.get_columns(name, schema)
    there = {column["name"].casefold(): column["name"] for column in details}
    key_column = _key_among(details, id_column, is_source=is_source)
    if key_column is None:
        raise OutputError(f"--output-table {name}: has no column {KEY}, by which rows are matched; add one")
    key = key_column["name"]
    learned = learned_types(columns, in_strict_table=is_strict(connection, there_is))
    # By the names that they would get in a new table: of two columns with one name, each has its own.
    names = own_names(() if is_source else columns.input_names, {KEY, key.casefold(), *learned})
    filled = {column["name"].casefold(): column for column in details if not is_generated(column)}
    own = {place: filled[column.casefold()] for place, column in names.items() if column.casefold() in filled}
    written = [key, *(there.get(column, column) for column in learned), *(column["name"] for column in own.values())]
    table = _untyped(name, schema, written)
    lacking = [Column(column, kind) for column, kind in learned.items() if column not in there]
    if lacking:
        _refuse_to_grow(connection, there_is, table, lacking)
    arrays = _of_type(ARRAY, details, table)
    kinds = {table.c.keys()[place]: kind for place, kind in enumerate(learned.values(), 1)}
    _refuse_arrays(name, columns, [table.c[one].name for one in kinds if one in arrays])
    # A new row without these is refused, even if the row exists and would only be updated.
    wanting = [one["name"] for one in details if has_to_be_given(one) and one["name"] not in written]
    unique = unique_keys(inspector, there_is)
    # MySQL would update any row that is equal in one of these.
    by_others = dialect.name == "mysql" and any(some != [key] for some in unique)
    return Layout(
        table,
        own,
        _growing(table, lacking, dialect),
        texts=_of_type(String, details, table),
        arrays=arrays,
        learned=kinds,
        lacking={column.key for column in table.c if column.name not in there.values()},
        in_one_step=not wanting and [key] in unique and not by_others,
        key_column=key_column,
        is_letter_by_letter=is_letter_by_letter(key_column, dialect),
        is_unique=[key] in unique,
        changing_nothing=_altering(table, [""], dialect),
        is_source=is_source,
    )


def _key_among(details: Sequence[ReflectedColumn], id_column: str | None, *, is_source: bool) -> ReflectedColumn | None:
    """The column that identifies a customer."""
    there = {column["name"].casefold(): column for column in details}
    named = there.get((id_column or KEY).casefold())
    # In the source itself, `customer_id` may be something else if another column was given as the id.
    return named if is_source else there.get(KEY, named)


def _refuse_to_grow(connection: Connection, there_is: TableName, table: Table, lacking: Sequence[Column[Any]]) -> None:
    """Raises OutputError if the columns that are lacking can't be added."""
    name = there_is.bare
    if kind := other_than_a_table(inspect(connection), there_is):
        raise OutputError(
            f"--output-table {name}: is a {kind}, to which no columns can be added, and lacks {len(lacking)}, such as "
            f"{lacking[0].name}; give a table, or add them"
        )
    if whole := partitioned(connection, table):
        raise OutputError(f"--output-table {name}: is a partition of {whole}; use that table")


def _refuse_arrays(name: str, columns: Columns, arrays: Sequence[str]) -> None:
    """Raises OutputError if what is learned is no list, but the column for it is one of these arrays."""
    if unfit := next((column for column in arrays if not holds_lists(columns, column)), None):
        raise OutputError(
            f"--output-table {name}: column {unfit} is an array, which can't hold what is learned there; "
            "rename the column, or change its type"
        )


def _of_type(kind: type[TypeEngine[Any]], details: Sequence[ReflectedColumn], table: Table) -> set[str]:
    """Which of the layout's columns exist and have this type."""
    names = {column["name"] for column in details if isinstance(column["type"], kind)}
    return {column.key for column in table.c if column.name in names}


def _growing(table: Table, lacking: Sequence[Column[Any]], dialect: Dialect) -> list[ExecutableDDLElement]:
    added = [f"ADD COLUMN {CreateColumn(column).compile(dialect=dialect)}" for column in lacking]
    if dialect.name != "sqlite" and added:
        # All at once, since MySQL scans the whole table for each.
        added = [", ".join(added)]
    return _altering(table, added, dialect)


def _altering(table: Table, changes: Sequence[str], dialect: Dialect) -> list[ExecutableDDLElement]:
    where = as_it_stands(dialect.identifier_preparer.format_table(table), dialect)
    texts = [f"ALTER TABLE {where} {change}".replace("%", "%%") for change in changes]
    return [DDL(text) for text in texts]  # type: ignore[no-untyped-call]


def _untyped(name: str, schema: str | None, columns: Sequence[str]) -> Table:
    untyped = [Column(column, NullType(), key=f"c{place}") for place, column in enumerate(columns)]
    return Table(name, MetaData(), *untyped, schema=schema)
