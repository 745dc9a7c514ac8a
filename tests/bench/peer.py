"""How much of the speed is left that a script has which only fetches and parses?"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.bench.customers import write_customers
from tests.bench.place import PYTHON, DidNotRun, Place, Usage
from tests.bench.result import Result, spread
from tests.bench.simulator import CONCURRENCY, enrich, new_store, simulator

CUSTOMERS = 6_000
_SCRIPT = str(Path(__file__).with_name("peer_aiohttp.py"))


def measure(place: Place, rounds: int) -> Result:
    """Whole processes in turn, against the same sandbox without latency; ours with an empty store each time."""
    source = write_customers(place.folder / "customers.csv", range(CUSTOMERS))
    ours, peers = [], []
    with simulator(place, 0) as url:
        for number in range(rounds):
            store = new_store(place, f"peer-{number}.db")
            ours.append(enrich(place, store, source, url, expected={"enriched": CUSTOMERS}))
            peers.append(_peer(place, source, url))
    return Result(
        name="enrich at no latency: lookups/s against aiohttp script",
        ratios=[peer.seconds / own.seconds for own, peer in zip(ours, peers, strict=True)],
        at_least=0.30,
        detail=f"{CUSTOMERS:,} customers, {CONCURRENCY} at once, process start included: {_said(ours)}; "
        f"script {_said(peers)}",
    )


def _peer(place: Place, source: Path, url: str) -> Usage:
    usage = place.run(PYTHON, _SCRIPT, url, str(source), str(CONCURRENCY))
    if int(usage.output) != CUSTOMERS:
        raise DidNotRun(f"the script was to find {CUSTOMERS} people, and found {usage.output}")
    return usage


def _said(usages: list[Usage]) -> str:
    rates = [CUSTOMERS / usage.seconds for usage in usages]
    cpu = median(usage.cpu_seconds for usage in usages) / CUSTOMERS
    return f"{spread(rates, 0)}/s, {1e6 * cpu:,.0f} us CPU a lookup"
