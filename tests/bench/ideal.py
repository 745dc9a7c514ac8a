"""How near does a run come to what latency and concurrency allow?"""

from __future__ import annotations

from tests.bench.customers import write_customers
from tests.bench.place import Place
from tests.bench.result import Result, spread
from tests.bench.simulator import CONCURRENCY, enrich, new_store, simulator

CUSTOMERS = 6_000
LATENCY_SECONDS = 0.1


def measure(place: Place, rounds: int) -> Result:
    """The whole command, from its start to its report, with an empty store each time."""
    source = write_customers(place.folder / "customers.csv", range(CUSTOMERS))
    ideal = CUSTOMERS / CONCURRENCY * LATENCY_SECONDS
    with simulator(place, LATENCY_SECONDS) as url:
        seconds = [
            enrich(place, new_store(place, f"ideal-{number}.db"), source, url, expected={"enriched": CUSTOMERS}).seconds
            for number in range(rounds)
        ]
    return Result(
        name="enrich at 100 ms latency: share of the ideal N / C x L",
        ratios=[ideal / taken for taken in seconds],
        at_least=0.85,
        detail=f"{CUSTOMERS:,} customers, {CONCURRENCY} at once: {spread(seconds)} s, process start included; "
        f"ideal {ideal:.1f} s",
    )
