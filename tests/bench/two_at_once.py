"""What do two runs at the same time on one store gain?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.customers import FULL, full, write
from tests.bench.enriching import as_expected, fresh_store, start_enrich
from tests.bench.flat_out import ASKED
from tests.bench.place import Place
from tests.bench.vendors import bare_server


@contextmanager
def _sides(place: Place, size: int) -> Iterator[Sides]:
    middle = size // 2
    whole = write(place.folder / "whole.csv", FULL, map(full, range(size)))
    halves = (
        write(place.folder / "first-half.csv", FULL, map(full, range(middle))),
        write(place.folder / "second-half.csv", FULL, map(full, range(middle, size))),
    )

    def rows_a_second(*sources: Path) -> float:
        with fresh_store(place) as store:
            began = time.perf_counter()
            runs = [start_enrich(place, store, source, vendors.settings(*ASKED)) for source in sources]
            for run in runs:
                as_expected(run, {"enriched": size // len(sources)})
            return size / (time.perf_counter() - began)

    with bare_server(place) as vendors:
        rows_a_second(whole)  # the server keeps the answers, and has them ready from now on
        yield Sides(lambda: rows_a_second(*halves), lambda: rows_a_second(whole))


BENCHMARKS = (
    Benchmark(
        name="two-processes",
        what="two enrich at once on the halves of {size} rows, one store, four lookups each, at 0 ms, a bare server",
        against="one enrich of the whole",
        unit="rows/s",
        goal=at_least(1.6),
        size=6_000,
        sides=_sides,
    ),
)
