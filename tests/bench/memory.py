"""Does memory grow with the input, or with what is written? Of all processes of a run together."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from tests.bench.benchmark import Benchmark, Sides, at_most
from tests.bench.customers import NARROW, WIDE, wide, write
from tests.bench.enriching import enrich, fresh_store
from tests.bench.place import DidNotRun, Place, Usage
from tests.bench.stock import stock
from tests.bench.vendors import NOBODY, bare_server, sandbox

_PERSON = ("--types", "person")
_NEW = 200
"""Looked up between cached ones: enough to fill every place in flight twice."""
_OUTPUTS = {
    "csv": ("-o", "rows.csv"),
    "ndjson": ("-o", "rows.ndjson"),
    "json": ("-o", "rows.json"),
    "parquet": ("-o", "rows.parquet"),
    "sqlite": ("-o", "sqlite:///rows.db", "--output-table", "enriched"),
}


def _mib(usage: Usage) -> float:
    if not usage.peak_mib:
        raise DidNotRun(f"peak memory of several processes can't be told on {sys.platform}")
    return usage.peak_mib


@contextmanager
def _cached(output: tuple[str, ...], times: int, place: Place, size: int) -> Iterator[Sides]:
    stored = stock(place, size)

    def peak(rows: int) -> float:
        source, expected = stored.first(rows), {"cached": rows}
        options = (*_PERSON, *output)
        return _mib(
            enrich(place, stored.store, source, NOBODY.settings("clearbit"), *options, expected=expected, watch=True)
        )

    yield Sides(partial(peak, size), partial(peak, size // times))


@contextmanager
def _live(place: Place, size: int) -> Iterator[Sides]:
    def peak(rows: int) -> float:
        source = write(place.folder / "live.csv", NARROW, map(wide, range(rows)))
        options, settings = (*_PERSON, "-o", "live-enriched.csv"), vendors.settings("clearbit")
        with fresh_store(place) as store:
            return _mib(enrich(place, store, source, settings, *options, expected={"enriched": rows}, watch=True))

    with bare_server(place) as vendors:
        yield Sides(partial(peak, size), partial(peak, size // 10))


@contextmanager
def _mixed(place: Place, size: int) -> Iterator[Sides]:
    stored, fresh = stock(place, size), count(size, size)

    def peak(rows: int) -> float:
        source = write(place.folder / "mixed.csv", WIDE, map(wide, _mostly_stored(rows, first_new=next(fresh))))
        _make_room(stored.store)
        options, expected = (*_PERSON, "-o", "mixed-enriched.csv"), {"cached": rows - _NEW, "enriched": _NEW}
        settings = vendors.settings("clearbit")
        return _mib(enrich(place, stored.store, source, settings, *options, expected=expected, watch=True))

    with sandbox(place) as vendors:
        yield Sides(partial(peak, size), partial(peak, size // 10))


def _mostly_stored(rows: int, *, first_new: int) -> Iterable[int]:
    """Numbers of customers, of whom every so many is not stored yet."""
    every = rows // _NEW
    return (first_new + number if number % every == 0 else number for number in range(rows))


def _make_room(store: Path) -> None:
    """Set the month's count back: a tier that caches has a limit, and every round counts new ones."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE customer_enrichment_usage SET enrichments_count = 0")


def _of_output(name: str) -> Benchmark:
    return Benchmark(
        name=f"memory-{name}",
        what=f"enrich of {{size}} fully cached rows, output {name}: peak memory",
        against="the same with a tenth of the rows",
        unit="MiB",
        goal=at_most(1.15),
        size=1_000_000,
        sides=partial(_cached, _OUTPUTS[name], 10),
    )


BENCHMARKS = (
    Benchmark(
        name="memory-cached",
        what="enrich of {size} fully cached rows, CSV to CSV: peak memory",
        against="the same with a hundredth of the rows",
        unit="MiB",
        goal=at_most(1.1),
        size=1_000_000,
        sides=partial(_cached, _OUTPUTS["csv"], 100),
    ),
    Benchmark(
        name="memory-live",
        what="enrich of {size} rows, one lookup each, at 0 ms, to CSV: peak memory",
        against="the same with a tenth of the rows",
        unit="MiB",
        goal=at_most(1.15),
        size=100_000,
        sides=_live,
    ),
    Benchmark(
        name="memory-mixed",
        what=f"enrich of {{size}} rows to CSV, {_NEW} looked up, the others cached: peak memory",
        against="the same with a tenth of the rows",
        unit="MiB",
        goal=at_most(1.15),
        size=100_000,
        sides=_mixed,
    ),
    *map(_of_output, _OUTPUTS),
)
