"""The properties of an existing table."""

from __future__ import annotations

from sqlalchemy import CHAR, Connection, Dialect, Inspector, String, Table, inspect, text
from sqlalchemy.dialects.postgresql.base import PGInspector
from sqlalchemy.engine.interfaces import ReflectedColumn

from enrich_cli.databases.tables import TableName, as_it_stands

_WHOLE = text(
    "SELECT CAST(CAST(inhparent AS regclass) AS text) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
    " WHERE relispartition AND inhrelid = to_regclass(:part)"
)

_TRANSACTIONS = text("SELECT transactions FROM information_schema.engines WHERE engine = :engine")


def other_than_a_table(inspector: Inspector, there_is: TableName) -> str | None:
    """What kind of object it is if no columns can be added; None for a table."""
    schema, name = there_is
    if name in inspector.get_view_names(schema):
        return "view"
    if not isinstance(inspector, PGInspector):
        return None
    if name in inspector.get_materialized_view_names(schema):
        return "materialized view"
    # The columns would be added here, and not where its rows are.
    return "foreign table" if name in inspector.get_foreign_table_names(schema) else None


def partitioned(connection: Connection, table: Table) -> str | None:
    """The table that this one is a partition of."""
    dialect = connection.dialect
    if dialect.name != "postgresql":
        return None
    part = as_it_stands(dialect.identifier_preparer.format_table(table), dialect)
    whole: str | None = connection.execute(_WHOLE, {"part": part}).scalar()
    return whole


def is_strict(connection: Connection, there_is: TableName) -> bool:
    """Is it a SQLite table whose columns each hold values of only one type?"""
    if connection.dialect.name != "sqlite":
        return False
    tables = connection.exec_driver_sql("PRAGMA table_list")
    # Old versions have neither this pragma nor strict tables.
    return tables.returns_rows and any(row.name == there_is.bare and row.strict for row in tables)


def has_transactions(connection: Connection, there_is: TableName) -> bool:
    """Can what was written be rolled back? Not with each of MySQL's engines."""
    schema, name = there_is
    inspector = inspect(connection)
    if connection.dialect.name != "mysql" or not inspector.has_table(name, schema):
        return True
    engine = inspector.get_table_options(name, schema).get("mysql_engine")
    answer: str | None = connection.execute(_TRANSACTIONS, {"engine": engine}).scalar()
    return answer != "NO"


def is_generated(column: ReflectedColumn) -> bool:
    """Does the database fill a column by itself, and accept no value for it?"""
    return "computed" in column or column.get("identity", {}).get("always", False)


def has_to_be_given(column: ReflectedColumn) -> bool:
    """Is a new row without a value for it refused?"""
    has_another = "computed" in column or "identity" in column or column.get("autoincrement") is True
    return not column["nullable"] and column["default"] is None and not has_another


def unique_keys(inspector: Inspector, there_is: TableName) -> list[list[str]]:
    """The columns of each unique key; an empty name stands for an expression."""
    schema, name = there_is
    unique = [inspector.get_pk_constraint(name, schema)["constrained_columns"]]
    unique += [one["column_names"] for one in inspector.get_unique_constraints(name, schema)]
    for index in inspector.get_indexes(name, schema):
        partial = any(option.endswith("_where") and value for option, value in index.get("dialect_options", {}).items())
        if index["unique"] and not partial:
            unique.append([column or "" for column in index["column_names"]])
    return [some for some in unique if some]


def is_letter_by_letter(column: ReflectedColumn, dialect: Dialect) -> bool:
    """Are these texts that can be compared letter by letter, whatever is equal to the database?

    PostgreSQL pads texts of a fixed length with blanks, which do not count.
    """
    kind = column["type"]
    return isinstance(kind, String) and not (isinstance(kind, CHAR) and dialect.name == "postgresql")
