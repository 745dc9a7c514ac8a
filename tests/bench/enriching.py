"""`enrich-cli enrich` as it is measured, and the stores that it runs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.place import ENRICH_CLI, DidNotRun, Place, Started, Usage

CONCURRENCY = 100


@contextmanager
def fresh_store(place: Place) -> Iterator[Path]:
    """An empty store whose company has no limit."""
    with place.file("fresh.db") as store:
        set_tier(place, store, "enterprise")
        yield store


def set_tier(place: Place, store: Path, tier: str) -> None:
    place.run(ENRICH_CLI, "--db", str(store), "set-tier", tier)


def start_enrich(
    place: Place,
    store: Path,
    source: Path | str,
    settings: Mapping[str, str],
    *options: str,
    concurrency: int = CONCURRENCY,
    watch: bool = False,
) -> Started:
    """Start the command; `watch`: follow how much memory it takes."""
    command = (ENRICH_CLI, "--db", str(store), "enrich", str(source), "--concurrency", str(concurrency), "--json")
    return place.start(*command, *options, environment=settings, watch=watch)


def enrich(
    place: Place,
    store: Path,
    source: Path | str,
    settings: Mapping[str, str],
    *options: str,
    expected: Mapping[str, int],
    concurrency: int = CONCURRENCY,
    watch: bool = False,
) -> Usage:
    """Run it to its end; `expected`: how many customers must land in each count, or DidNotRun is raised."""
    return as_expected(
        start_enrich(place, store, source, settings, *options, concurrency=concurrency, watch=watch), expected
    )


def as_expected(run: Started, expected: Mapping[str, int]) -> Usage:
    """Wait for a run's end; raises DidNotRun when its customers landed elsewhere."""
    usage = run.usage()
    customers = usage.report()["customers"]
    landed = {count: number for count, number in customers.items() if number and count != "read"}
    if landed != expected:
        raise DidNotRun(f"a run was to come to {dict(expected)}, and came to {landed}")
    return usage
