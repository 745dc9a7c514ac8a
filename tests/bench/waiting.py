"""How near does a run come to what latency and concurrency allow?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.customers import NARROW, wide, write
from tests.bench.enriching import enrich, fresh_store
from tests.bench.place import Place
from tests.bench.vendors import Vendors, bare_server, sandbox

LATENCY_SECONDS = 0.1
_Server = Callable[[Place, float], AbstractContextManager[Vendors]]


@contextmanager
def _sides(serve: _Server, concurrency: int, place: Place, size: int) -> Iterator[Sides]:
    source = write(place.folder / "waiting.csv", NARROW, map(wide, range(size)))

    def customers_a_second() -> float:
        with fresh_store(place) as store:
            usage = enrich(
                *(place, store, source, vendors.settings("clearbit"), "--types", "person"),
                expected={"enriched": size},
                concurrency=concurrency,
            )
        return size / usage.seconds

    with serve(place, LATENCY_SECONDS) as vendors:
        yield Sides(customers_a_second, lambda: concurrency / LATENCY_SECONDS)


def _benchmark(
    name: str, server: str, serve: _Server, *, concurrency: int, goal: float, size: int, quick_size: int | None = None
) -> Benchmark:
    return Benchmark(
        name=name,
        what=f"enrich of {{size}} customers, one lookup each, {concurrency} at once, at 100 ms, {server}",
        against="concurrency / latency",
        unit="customers/s",
        goal=at_least(goal),
        size=size,
        quick_size=quick_size,
        sides=partial(_sides, serve, concurrency),
    )


BENCHMARKS = (
    _benchmark("ideal-sandbox", "the sandbox", sandbox, concurrency=100, goal=0.85, size=6_000),
    _benchmark("ideal-100", "a bare server", bare_server, concurrency=100, goal=0.92, size=15_000, quick_size=8_000),
    _benchmark("ideal-400", "a bare server", bare_server, concurrency=400, goal=0.60, size=20_000),
)
