"""The sandbox in a process of its own, and `enrich-cli enrich` against it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.place import ENRICH_CLI, DidNotRun, Place, Usage

CONCURRENCY = 100
_URL = "CLEARBIT_BASE_URL"


@contextmanager
def simulator(place: Place, latency: float) -> Iterator[str]:
    """Serve the sandbox, `latency` seconds before each answer; yields the address of the vendor that is asked."""
    process = subprocess.Popen(
        (ENRICH_CLI, "--quiet", "sandbox", "--latency", str(latency)),
        cwd=place.folder,
        env=place.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            lines = process.stdout or ()
            url = next((line.strip().removeprefix(f"{_URL}=") for line in lines if line.startswith(_URL)), None)
            if url is None:
                raise DidNotRun("the sandbox ended before it said where it is")
            yield url
        finally:
            process.terminate()


def new_store(place: Place, name: str) -> Path:
    """A store whose company has no limit."""
    store = place.folder / name
    set_tier(place, store, "enterprise")
    return store


def set_tier(place: Place, store: Path, tier: str) -> None:
    place.run(ENRICH_CLI, "--db", str(store), "set-tier", tier)


def enrich(place: Place, store: Path, source: Path, url: str, *options: str, expected: Mapping[str, int]) -> Usage:
    """Run the command on `source`; `expected`: how many customers must land in each count, or DidNotRun is raised."""
    usage = place.run(
        *(ENRICH_CLI, "--db", str(store), "enrich", str(source), "--types", "person"),
        *("--concurrency", str(CONCURRENCY), "--json", *options),
        environment={"CLEARBIT_API_KEY": "bench", "CLEARBIT_RATE": "none", _URL: url},
    )
    customers = usage.report()["customers"]
    landed = {count: number for count, number in customers.items() if number and count != "read"}
    if landed != expected:
        raise DidNotRun(f"enrich {source.name} was to come to {dict(expected)}, and came to {landed}")
    return usage
