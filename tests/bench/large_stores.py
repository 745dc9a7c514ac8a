"""Does a store slow down when it grows, and how fast does it give everything away?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from tests.bench.benchmark import Benchmark, Sides, at_least, at_most
from tests.bench.customers import FULL, full, write
from tests.bench.flat_out import ASKED
from tests.bench.place import ENRICH_CLI, DidNotRun, Place
from tests.bench.stock import Stock, full_stock

_TYPES = len(ASKED)
_FEWER = 100
_PLANNED = 500


@contextmanager
def _plan(place: Place, size: int) -> Iterator[Sides]:
    customers, new = size // _TYPES, count(size)

    def milliseconds(stored: Stock, customers: int) -> float:
        half = _PLANNED // 2
        numbers = [*random.sample(range(customers), half), *(next(new) for _ in range(half))]
        source = write(place.folder / "planned.csv", FULL, map(full, numbers))
        return float(place.run_module("tests.bench.timed_plan", str(stored.store), str(source)).output)

    with full_stock(place, customers) as large, full_stock(place, customers // _FEWER) as small:
        yield Sides(lambda: milliseconds(large, customers), lambda: milliseconds(small, customers // _FEWER))


@contextmanager
def _export(place: Place, size: int) -> Iterator[Sides]:
    customers = size // _TYPES
    with full_stock(place, customers) as stored, place.file("export.ndjson") as output:
        store = str(stored.store)

        def ours() -> float:
            usage = place.run(ENRICH_CLI, "--db", store, "export", "-o", str(output), "--json")
            if usage.report()["customers"] != customers:
                raise DidNotRun(f"{customers} customers were to be exported: {usage.output.strip()}")
            return size / usage.seconds

        def bare_loop() -> float:
            return size / place.run_module("tests.bench.bare_dump", store, str(output)).seconds

        yield Sides(ours, bare_loop)


BENCHMARKS = (
    Benchmark(
        name="plan",
        what=f"plan of {_PLANNED} customers, half of them stored, in a store with {{size}} answers",
        against="in a store with a hundredth of them",
        unit="ms",
        goal=at_most(1.5),
        size=5_000_000,
        sides=_plan,
    ),
    Benchmark(
        name="export",
        what="export of {size} answers to NDJSON",
        against="opening and dumping them in a bare loop",
        unit="answers/s",
        goal=at_least(0.6),
        size=1_000_000,
        sides=_export,
    ),
)
