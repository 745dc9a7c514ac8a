"""Stored customers, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.customers import Customers
from enrich_cli.store.keys import passing_cipher

if TYPE_CHECKING:
    import sqlite3

    from tests.store.conftest import Bench

IDS = [f"c{number:04}" for number in range(1200)]


@contextmanager
def saved(bench: Bench, ids: list[str]) -> Iterator[tuple[sqlite3.Connection, Customers]]:
    with closing(open_for_writing(bench.path)) as connection:
        customers = Customers(connection, "acme", passing_cipher("acme"))
        with transaction(connection):
            made = [bench.customer(name) for name in ids]
            customers.save([(one, one.id.shown) for one in made], bench.now)
        yield connection, customers


def steps_to_read(bench: Bench, number: int) -> int:
    """What SQLite does, in hundreds of its own instructions, to read so many customers."""
    with saved(bench, IDS[:number]) as (connection, customers):
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        connection.set_progress_handler(count, 100)
        assert sum(map(len, customers.pages())) == number
        return steps


def test_everybody_comes_once_in_the_order_of_saving_with_the_fields_as_saved(bench: Bench) -> None:
    with saved(bench, IDS[::-1]) as (_, customers):
        pages = list(customers.pages())
        assert [name for page in pages for name in page] == IDS[::-1]
        assert pages[0]["c1199"] == bench.customer("c1199")
        assert len(pages) > 1


def test_some_come_in_the_order_in_which_they_are_named_without_those_that_are_gone(bench: Bench) -> None:
    with saved(bench, IDS[:600]) as (_, customers):
        assert [list(page) for page in customers.pages_of(["c0007", "nobody", "c0003"])] == [["c0007", "c0003"]]
        assert sum(map(len, customers.pages_of(IDS))) == 600


def test_twice_as_many_cost_twice_as_much(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> None:
    few = steps_to_read(bench, 600)
    bench.path = tmp_path_factory.mktemp("more") / "store.db"
    assert steps_to_read(bench, 1200) < 2.5 * few
