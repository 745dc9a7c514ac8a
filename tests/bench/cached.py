"""What does a run cost that has nothing to look up?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.enriching import enrich
from tests.bench.place import Place
from tests.bench.stock import stock
from tests.bench.vendors import NOBODY


def _rows_a_second(place: Place, rows: int) -> float:
    stored = stock(place, rows)
    output = str(place.folder / "cached.csv")
    settings, options = NOBODY.settings("clearbit"), ("--types", "person", "-o", output)
    return rows / enrich(place, stored.store, stored.source, settings, *options, expected={"cached": rows}).seconds


@contextmanager
def _against_copy(place: Place, size: int) -> Iterator[Sides]:
    source, copy = str(stock(place, size).source), str(place.folder / "copy.csv")
    yield Sides(
        lambda: _rows_a_second(place, size),
        lambda: size / place.run_module("tests.bench.peers.csv_copy", source, copy).seconds,
    )


@contextmanager
def _against_tenth(place: Place, size: int) -> Iterator[Sides]:
    for rows in (size, size // 10):
        stock(place, rows)
    yield Sides(lambda: _rows_a_second(place, size), lambda: _rows_a_second(place, size // 10))


BENCHMARKS = (
    Benchmark(
        name="cached",
        what="enrich of {size} fully cached rows of 15 columns, CSV to CSV",
        against="DictReader to DictWriter copy",
        unit="rows/s",
        goal=at_least(0.45),
        size=100_000,
        quick_size=40_000,
        sides=_against_copy,
    ),
    Benchmark(
        name="cached-million",
        what="enrich of {size} fully cached rows of 15 columns, CSV to CSV",
        against="the same with a tenth of the rows",
        unit="rows/s",
        goal=at_least(0.9),
        size=1_000_000,
        sides=_against_tenth,
    ),
)
