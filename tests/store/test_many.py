"""One statement does for many rows, and several where SQLite takes no more values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from enrich_cli.store.many import among, from_rows, insert

MANY = 40_000
"""More than SQLite takes in one statement."""


@pytest.fixture
def books() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE lookups (number INTEGER PRIMARY KEY, cost INTEGER NOT NULL)")
        yield connection


def test_rows_are_inserted_found_changed_and_taken_out(books: sqlite3.Connection) -> None:
    insert(books, "INSERT INTO lookups", [(number, 1) for number in range(MANY)])
    assert len(among(books, "SELECT number FROM lookups WHERE cost = ? AND number IN", (1,), range(MANY))) == MANY
    prices = [(number, 2 * number) for number in range(MANY)]
    changed = from_rows(
        books,
        "UPDATE lookups SET cost = cost + column2",
        prices,
        "number = column1 AND cost = ? RETURNING number",
        (1,),
    )
    assert len(changed) == MANY
    assert books.execute("SELECT cost FROM lookups WHERE number = 30007").fetchone() == (60_015,)
    taken = among(books, "DELETE FROM lookups WHERE number IN", (), range(MANY), "number, cost")
    assert max(taken) == (MANY - 1, 2 * MANY - 1)
    assert books.execute("SELECT COUNT(*) FROM lookups").fetchone() == (0,)


def test_without_rows_nothing_is_said_to_the_database(books: sqlite3.Connection) -> None:
    statements: list[str] = []
    books.set_trace_callback(statements.append)
    insert(books, "INSERT INTO lookups", [])
    assert among(books, "SELECT number FROM lookups WHERE number IN", (), []) == []
    assert from_rows(books, "UPDATE lookups SET cost = column2", [], "number = column1 RETURNING number", ()) == []
    assert statements == []


def test_what_follows_the_rows_holds_for_each(books: sqlite3.Connection) -> None:
    for cost in (1, 2):
        insert(
            books,
            "INSERT INTO lookups",
            [(7, cost), (8, cost)],
            "ON CONFLICT (number) DO UPDATE SET cost = excluded.cost",
        )
    assert books.execute("SELECT number, cost FROM lookups").fetchall() == [(7, 2), (8, 2)]
