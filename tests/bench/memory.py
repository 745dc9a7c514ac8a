"""Does memory grow with the input?"""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bench.customers import write_customers
from tests.bench.place import DidNotRun, Place, peak_mib
from tests.bench.result import Result, spread
from tests.bench.simulator import enrich, new_store, set_tier, simulator

MANY, FEW = 100_000, 10_000
NEW = 200
"""Customers of each file who are not in the store, spread evenly: enough to fill every place in flight twice."""


def measure(place: Place, rounds: int) -> Result:
    """Peak memory of whole runs that write their output too, on one store that holds all but the new customers."""
    store = new_store(place, "memory.db")
    few, many = [], []
    with simulator(place, 0) as url:
        everybody = write_customers(place.folder / "everybody.csv", range(MANY))
        enrich(place, store, everybody, url, expected={"enriched": MANY})
        set_tier(place, store, "pro")
        for number in range(rounds):
            few.append(_peak(place, store, url, rows=FEW, first_new=(2 * number + 1) * MANY))
            many.append(_peak(place, store, url, rows=MANY, first_new=(2 * number + 2) * MANY))
    return Result(
        name="enrich, mostly cached: peak memory at 100,000 / 10,000 rows",
        ratios=[large / small for large, small in zip(many, few, strict=True)],
        at_most=1.15,
        detail=f"{NEW} looked up, the others fresh in the store, output written: {spread(few)} MiB at {FEW:,} rows, "
        f"{spread(many)} MiB at {MANY:,}",
    )


def _peak(place: Place, store: Path, url: str, *, rows: int, first_new: int) -> float:
    step = rows // NEW
    numbers = (first_new + number if number % step == 0 else number for number in range(rows))
    source = write_customers(place.folder / "mostly-cached.csv", numbers)
    _make_room(store)
    output = str(place.folder / "enriched.csv")
    usage = enrich(place, store, source, url, "-o", output, expected={"cached": rows - NEW, "enriched": NEW})
    if usage.peak_mib <= peak_mib(resource.getrusage(resource.RUSAGE_SELF)):
        raise DidNotRun("peak memory can't be told: a child's starts at its parent's, and that is larger")
    return usage.peak_mib


def _make_room(store: Path) -> None:
    """Set the month's count back: a tier that caches has a limit, and filling the store went beyond it."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE customer_enrichment_usage SET enrichments_count = 0")
