"""A program that others use to fetch many addresses of a CSV file, at its best settings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlencode

from tests.bench.benchmark import Benchmark, Sides, at_least
from tests.bench.customers import NARROW, wide, write
from tests.bench.enriching import CONCURRENCY, enrich, fresh_store
from tests.bench.place import ROOT, DidNotRun, Place
from tests.bench.vendors import bare_server
from tests.bench.waiting import LATENCY_SECONDS

MINET = ROOT / ".venv-bench" / "bin" / "minet"
_BEST = "400"
"""Threads with which it is fastest; more of its requests are in the air then than of ours."""


@contextmanager
def _sides(threads: str, place: Place, size: int) -> Iterator[Sides]:
    if not MINET.exists():
        raise DidNotRun(f"{MINET.relative_to(ROOT)} is not there: `make bench` installs it")
    source = write(place.folder / "minet.csv", NARROW, map(wide, range(size)))
    output = place.folder / "fetched.csv"

    def ours() -> float:
        with fresh_store(place) as store:
            settings, result = vendors.settings("clearbit"), str(place.folder / "minet-enriched.ndjson")
            expected = {"enriched": size}
            usage = enrich(place, store, source, settings, "--types", "person", "-o", result, expected=expected)
        return size / usage.seconds

    def theirs() -> float:
        seconds = place.run(
            *(str(MINET), "fetch", "url", "-i", str(addresses), "-o", str(output), "--contents-in-report", "--silent"),
            *("--threads", threads, "--domain-parallelism", threads, "--throttle", "0"),
            *("--header", "Authorization: Bearer bench"),
        ).seconds
        with output.open(encoding="utf-8", newline="") as file:
            fetched = sum(row["http_status"] == "200" for row in csv.DictReader(file))
        if fetched != size:
            raise DidNotRun(f"minet was to fetch {size} answers, and fetched {fetched}")
        return size / seconds

    with bare_server(place, LATENCY_SECONDS) as vendors:
        base_url = vendors.urls["clearbit"]
        addresses = place.folder / "addresses.csv"
        with addresses.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["url"])
            for customer in map(wide, range(size)):
                given, _, family = customer["name"].partition(" ")
                query = {"email": customer["email"], "given_name": given, "family_name": family}
                rows.writerow([f"{base_url}/v2/people/find?{urlencode(query)}"])
        yield Sides(ours, theirs)


def _benchmark(name: str, threads: str) -> Benchmark:
    return Benchmark(
        name=name,
        what="enrich of {size} customers to NDJSON, one lookup each, 100 at once, at 100 ms, a bare server",
        against=f"minet fetch, {threads} at once",
        unit="lookups/s",
        goal=at_least(1.0),
        size=2_000,
        sides=partial(_sides, threads),
    )


BENCHMARKS = (_benchmark("minet", str(CONCURRENCY)), _benchmark("minet-best", _BEST))
