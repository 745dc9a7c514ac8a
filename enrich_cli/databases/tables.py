"""Tables by the names that people give them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Dialect, Inspector

_PART = r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^.]+'
_PARTS = re.compile(rf"(?:({_PART})\.)?({_PART})")


class TableName(NamedTuple):
    """What a table is called."""

    schema: str | None
    """None: where the database looks by itself."""
    bare: str


def table_named(text: str) -> TableName:
    """`crm.contacts`, or as SQL quotes it `"My crm"."contacts"`, taken apart, whether there is such a table or not."""
    if parts := _PARTS.fullmatch(text):
        return TableName(parts[1] and _unquoted(parts[1]), _unquoted(parts[2]))
    schema, _, bare = text.rpartition(".")
    return TableName(schema or None, bare)


def table_found(inspector: Inspector, text: str) -> TableName | None:
    """The table or view that is called so, with its schema or without, as the database calls it; None for none."""
    for schema, bare in dict.fromkeys((TableName(None, text), table_named(text))):
        if is_somewhere(inspector, schema) and inspector.has_table(bare, schema):
            return TableName(schema, _as_it_is_called(inspector, schema, bare))
    return None


def is_somewhere(inspector: Inspector, schema: str | None) -> bool:
    """Is there anything to look into? A URL of MySQL need not name a database, and then only a schema tells which."""
    return (schema or inspector.default_schema_name) is not None


def nowhere(where: str, name: str) -> str:
    """What is said of a place and the name of a table that `is_somewhere` does not find."""
    return f"{where}: names no database: add /DATABASE to it, or write the table as DATABASE.{name}"


def same_table(inspector: Inspector, one: TableName, other: TableName) -> bool:
    """Is it one table, though only one of the names has the schema?"""
    schemas = {name.schema or inspector.default_schema_name for name in (one, other)}
    return one.bare == other.bare and len(schemas) == 1


def tables_of(inspector: Inspector, schema: str | None) -> list[str]:
    """The tables and views of a schema."""
    return [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]


def as_it_stands(statement: str, dialect: Dialect) -> str:
    """SQL as the database is to get it: percent signs are doubled, in names too, for drivers with parameters."""
    return statement.replace("%%", "%") if dialect.paramstyle in ("format", "pyformat") else statement


def _unquoted(part: str) -> str:
    quote = part[0]
    if len(part) < 2 or quote not in '"`' or not part.endswith(quote):
        return part
    return part[1:-1].replace(quote * 2, quote)


def _as_it_is_called(inspector: Inspector, schema: str | None, name: str) -> str:
    """SQLite finds a table however its name is written, and then knows nothing of its key."""
    alike = [table for table in tables_of(inspector, schema) if table.casefold() == name.casefold()]
    return name if name in alike or len(alike) != 1 else alike[0]
