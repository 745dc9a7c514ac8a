"""A store that was filled for benchmarks is one that a run could have left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench.enriching import enrich
from tests.bench.flat_out import ASKED
from tests.bench.place import ENRICH_CLI, Place
from tests.bench.stock import full_stock
from tests.bench.vendors import NOBODY

CUSTOMERS = 1_000


@pytest.mark.slow
def test_a_filled_store_is_whole_and_serves_everybody(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with full_stock(place, CUSTOMERS) as stock:
        assert "is whole" in place.run(ENRICH_CLI, "--db", str(stock.store), "check").output
        with closing(sqlite3.connect(stock.store)) as connection:
            (answers,) = connection.execute("SELECT COUNT(*) FROM answers").fetchone()
        assert answers == CUSTOMERS * len(ASKED)
        enrich(place, stock.store, stock.source, NOBODY.settings(*ASKED), expected={"cached": CUSTOMERS})
