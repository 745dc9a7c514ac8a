"""One statement for many rows.

SQLite releases the interpreter in every statement and then waits until a busy event loop gives it back, so a larger
batch must not need more statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_MOST_VALUES = 30_000
"""SQLite takes at most 32,766 values per statement."""


def insert(connection: sqlite3.Connection, head: str, rows: Sequence[Sequence[Any]], tail: str = "") -> None:
    """Insert rows, if there are any. `head` ends before VALUES, `tail` (ON CONFLICT …) follows the rows."""
    for some, values in _in_statements(rows):
        connection.execute(f"{head} VALUES {_marks(some)} {tail}", values)


def among(
    connection: sqlite3.Connection, query: str, fixed: Sequence[Any], values: Sequence[Any], returning: str = ""
) -> list[Any]:
    """Rows of a query that ends with `IN`; `fixed` are the values before that.

    For an UPDATE or DELETE, `returning` names columns of the affected rows.
    """
    rows: list[Any] = []
    tail = f" RETURNING {returning}" if returning else ""
    for start in range(0, len(values), _MOST_VALUES):
        some = values[start : start + _MOST_VALUES]
        rows += connection.execute(f"{query} ({_places(len(some))}){tail}", (*fixed, *some))
    return rows


def from_rows(
    connection: sqlite3.Connection,
    query: str,
    rows: Sequence[Sequence[Any]],
    condition: str = "1",
    fixed: Sequence[Any] = (),
) -> list[Any]:
    """A SELECT, or an UPDATE … SET, that takes values from rows with columns `column1`, `column2` …

    `query` ends before FROM. `condition` is everything after WHERE, including RETURNING, with the `fixed` values.
    """
    found: list[Any] = []
    for some, values in _in_statements(rows):
        found += connection.execute(f"{query} FROM (VALUES {_marks(some)}) WHERE {condition}", (*values, *fixed))
    return found


def _in_statements(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Sequence[Sequence[Any]], list[Any]]]:
    a_statement = _MOST_VALUES // len(rows[0]) if rows else 1
    for start in range(0, len(rows), a_statement):
        some = rows[start : start + a_statement]
        yield some, [value for row in some for value in row]


def _marks(rows: Sequence[Sequence[Any]]) -> str:
    return ", ".join([f"({_places(len(rows[0]))})"] * len(rows))


def _places(count: int) -> str:
    return ", ".join("?" * count)
