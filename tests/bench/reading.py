"""How much longer does it take to read customers than only to split lines into cells?"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.benchmark import Benchmark, Sides, at_most
from tests.bench.place import DidNotRun, Place, Usage

_HEADER = (
    *("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Company Name", "Website URL"),
    *("Street Address", "City", "State/Region", "Postal Code", "Country/Region", "LinkedIn URL", "Twitter Username"),
    "Notes",
)


@contextmanager
def _sides(place: Place, size: int) -> Iterator[Sides]:
    """A process that reads the header alone is taken off each: loading the program is measured elsewhere."""
    with place.file("rows.csv") as many, place.file("no-rows.csv") as none:
        _write(many, size)
        _write(none, 0)

        def ours(source: Path) -> Usage:
            return place.run_module("tests.bench.read_customers", str(source))

        def theirs(source: Path) -> Usage:
            return place.run_module("tests.bench.peers.csv_count", str(source))

        def seconds(read: Callable[[Path], Usage]) -> float:
            usage = read(many)
            if int(usage.output) != size:
                raise DidNotRun(f"{size} rows were to be read, and {usage.output.strip()} were")
            return usage.cpu_seconds - read(none).cpu_seconds

        yield Sides(lambda: seconds(ours), lambda: seconds(theirs))


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(_rows(rows))


def _rows(number: int) -> Iterator[tuple[object, ...]]:
    for n in range(number):
        domain = f"pumps{n}.example"
        yield (
            *(f"C-{n}", "Ada", f"Sample{n}", f"ada.sample{n}@{domain}", f"+1 212 555 {n % 10000:04}"),
            *(f"Example Pumps {n}", f"https://www.{domain}", f"{n % 900} Oak St", "Springfield", "IL", "62701", "US"),
            *(f"https://www.linkedin.com/in/ada-sample{n}", f"@ada{n}", "called back, wants a quote"),
        )


BENCHMARKS = (
    Benchmark(
        name="reading",
        what=f"reading and mapping {{size}} rows of {len(_HEADER)} columns",
        against="csv.DictReader alone",
        unit="s",
        goal=at_most(1.5),
        size=1_000_000,
        sides=_sides,
    ),
)
