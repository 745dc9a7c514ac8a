"""Do customers wait for a vendor that they don't need?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.customers import FULL, Cells, full, write
from tests.bench.enriching import enrich, fresh_store
from tests.bench.place import Place
from tests.bench.vendors import NOBODY, Vendors, bare_server
from tests.bench.waiting import LATENCY_SECONDS

_SLOW, _SLOW_SECONDS = "attom", 5.0
_TENTH = 10
"""One customer in so many has an address, and needs the slow vendor."""
_OTHERS = """
SELECT COUNT(DISTINCT customer_id), 86400 * (julianday(MAX(at)) - julianday(MIN(at))) FROM provider_lookups
WHERE customer_id NOT IN (SELECT customer_id FROM provider_lookups WHERE provider = ?)
"""


def _customer(number: int) -> Cells:
    needs_it = number % _TENTH == 0
    return full(number) if needs_it else {**full(number), "address": ""}


@contextmanager
def _sides(place: Place, size: int) -> Iterator[Sides]:
    source = write(place.folder / "one-slow.csv", FULL, map(_customer, range(size)))

    def others_a_second(vendors: Vendors) -> float:
        with fresh_store(place) as store:
            enrich(place, store, source, vendors.settings(*NOBODY.urls), expected={"enriched": size})
            return _others_a_second(store)

    with (
        bare_server(place, LATENCY_SECONDS, {_SLOW: _SLOW_SECONDS}) as with_slow_one,
        bare_server(place, LATENCY_SECONDS) as all_fast,
    ):
        yield Sides(lambda: others_a_second(with_slow_one), lambda: others_a_second(all_fast))


def _others_a_second(store: Path) -> float:
    """From the first request for customers that don't need the slow vendor to the last, by the ledger."""
    with closing(sqlite3.connect(store)) as connection:
        customers, seconds = connection.execute(_OTHERS, (_SLOW,)).fetchone()
    return float(customers / seconds)


BENCHMARKS = (
    Benchmark(
        name="slow-vendor",
        what=f"enrich of {{size}} customers, nine vendors at 100 ms, one at {_SLOW_SECONDS:g} s, which a tenth of the "
        "customers needs: the other nine tenths",
        against="the same with that vendor at 100 ms",
        unit="customers/s",
        goal=at_least(0.9),
        size=2_000,
        sides=_sides,
    ),
)
