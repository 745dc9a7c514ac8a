"""A store in which everybody of a wide file is fresh, made once for all benchmarks that need it."""

from __future__ import annotations

from pathlib import Path

from tests.bench.customers import write_wide_customers
from tests.bench.place import Place
from tests.bench.simulator import enrich, new_store, set_tier, simulator

CUSTOMERS = 100_000
NOBODY = "http://127.0.0.1:9"
"""Where no vendor answers: what is fresh is served without any."""


def stock(place: Place) -> Path:
    """The store; customers 0 to CUSTOMERS are in it."""
    store = place.folder / "stock.db"
    if not store.exists():
        new_store(place, store.name)
        source = write_wide_customers(place.folder / "stock.csv", range(CUSTOMERS))
        with simulator(place, 0) as url:
            enrich(place, store, source, url, expected={"enriched": CUSTOMERS})
        set_tier(place, store, "pro")
    return store
