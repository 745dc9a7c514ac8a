"""Tables by the names that people give them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Dialect, Inspector

_PART = r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^.]+'
_PARTS = re.compile(rf"(?:({_PART})\.)?({_PART})")


class TableName(NamedTuple):
    """A table's name."""

    schema: str | None
    """None: wherever the database looks by default."""
    bare: str


def table_named(text: str) -> TableName:
    """`crm.contacts`, or quoted as in SQL `"My crm"."contacts"`, split into its parts, whether or not there is such a
    table.
    """
    if parts := _PARTS.fullmatch(text):
        return TableName(parts[1] and _unquoted(parts[1]), _unquoted(parts[2]))
    schema, _, bare = text.rpartition(".")
    return TableName(schema or None, bare)


def table_found(inspector: Inspector, text: str) -> TableName | None:
    """The table or view of this name, with or without its schema, under the name the database uses; None if there is
    none.
    """
    for schema, bare in dict.fromkeys((TableName(None, text), table_named(text))):
        if is_somewhere(inspector, schema) and inspector.has_table(bare, schema):
            return TableName(schema, _as_it_is_called(inspector, schema, bare))
    return None


def is_somewhere(inspector: Inspector, schema: str | None) -> bool:
    """Is there a place to look? A MySQL URL need not name a database, and then only a schema can."""
    return (schema or inspector.default_schema_name) is not None


def nowhere(where: str, name: str) -> str:
    """The message for a place and table for which `is_somewhere` is false."""
    return f"{where}: names no database: add /DATABASE to it, or write the table as DATABASE.{name}"


def same_table(inspector: Inspector, one: TableName, other: TableName) -> bool:
    """Is it one table, even if only one of the names has the schema?"""
    schemas = {name.schema or inspector.default_schema_name for name in (one, other)}
    return one.bare == other.bare and len(schemas) == 1


def tables_of(inspector: Inspector, schema: str | None) -> list[str]:
    """The tables and views of a schema."""
    return [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]


def as_it_stands(statement: str, dialect: Dialect) -> str:
    """SQL for the driver: drivers with parameters expect percent signs to be doubled, even in names."""
    return statement.replace("%%", "%") if dialect.paramstyle in ("format", "pyformat") else statement


def _unquoted(part: str) -> str:
    quote = part[0]
    if len(part) < 2 or quote not in '"`' or not part.endswith(quote):
        return part
    return part[1:-1].replace(quote * 2, quote)


def _as_it_is_called(inspector: Inspector, schema: str | None, name: str) -> str:
    """SQLite finds a table in whatever case its name is written, but then does not find its key."""
    alike = [table for table in tables_of(inspector, schema) if table.casefold() == name.casefold()]
    return name if name in alike or len(alike) != 1 else alike[0]
