"""How much of the speed is left that a script has which only fetches and parses, when vendors answer at once?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.customers import FULL, NARROW, full, wide, write
from tests.bench.enriching import CONCURRENCY, enrich, fresh_store
from tests.bench.place import DidNotRun, Place
from tests.bench.vendors import Vendors, bare_server, sandbox

ASKED = ("clearbit", "google_places", "twitter", "attom")
"""One vendor of each data type, one request each."""


def script(place: Place, name: str, source: Path, vendors: Vendors, asked: tuple[str, ...], customers: int) -> float:
    """The seconds that a script takes from a CSV file to an NDJSON file with all that these vendors said."""
    output = place.folder / "peer.ndjson"
    urls = (f"{vendor}={vendors.urls[vendor]}" for vendor in asked)
    arguments = (str(source), str(output), str(CONCURRENCY), *urls)
    usage = place.run_module(f"tests.bench.peers.{name}", *arguments)
    if int(usage.output) != customers * len(asked):
        raise DidNotRun(f"{name} was to get {customers * len(asked)} answers, and got {usage.output.strip()}")
    return usage.seconds


@contextmanager
def _four_each(peer: str, place: Place, size: int) -> Iterator[Sides]:
    source = write(place.folder / "flat-out.csv", FULL, map(full, range(size)))
    output = str(place.folder / "flat-out-enriched.ndjson")

    def ours() -> float:
        with fresh_store(place) as store:
            settings = vendors.settings(*ASKED)
            usage = enrich(place, store, source, settings, "-o", output, expected={"enriched": size})
        return size * len(ASKED) / usage.seconds

    def theirs() -> float:
        return size * len(ASKED) / script(place, peer, source, vendors, ASKED, size)

    with bare_server(place) as vendors:
        ours()  # the server keeps the answers, and has them ready from now on
        script(place, "aiohttp_script", source, vendors, ASKED, size)
        yield Sides(ours, theirs)


@contextmanager
def _one_each(place: Place, size: int) -> Iterator[Sides]:
    source = write(place.folder / "one-each.csv", NARROW, map(wide, range(size)))

    def ours() -> float:
        with fresh_store(place) as store:
            settings = vendors.settings("clearbit")
            usage = enrich(place, store, source, settings, "--types", "person", expected={"enriched": size})
        return size / usage.seconds

    with sandbox(place) as vendors:
        yield Sides(ours, lambda: size / script(place, "aiohttp_script", source, vendors, ("clearbit",), size))


BENCHMARKS = (
    Benchmark(
        name="aiohttp-sandbox",
        what="enrich of {size} customers, one lookup each, at 0 ms, the sandbox",
        against="an asyncio + aiohttp script that fetches, parses and writes",
        unit="lookups/s",
        goal=at_least(0.30),
        size=6_000,
        sides=_one_each,
    ),
    Benchmark(
        name="aiohttp",
        what="enrich of {size} customers to NDJSON, four lookups each, at 0 ms, a bare server",
        against="an asyncio + aiohttp script that fetches, parses and writes",
        unit="lookups/s",
        goal=at_least(0.50),
        size=6_000,
        quick_size=2_000,
        sides=partial(_four_each, "aiohttp_script"),
    ),
    Benchmark(
        name="httpx",
        what="enrich of {size} customers to NDJSON, four lookups each, at 0 ms, a bare server",
        against="an asyncio + httpx script as people write it",
        unit="lookups/s",
        goal=at_least(3),
        size=6_000,
        sides=partial(_four_each, "httpx_script"),
    ),
)
