"""How much longer does it take to read customers than only to split lines into cells?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.bench.place import PYTHON, DidNotRun, Place
from tests.bench.result import Result, spread

ROWS = 1_000_000
_HEADER = (
    *("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Company Name", "Website URL"),
    *("Street Address", "City", "State/Region", "Postal Code", "Country/Region", "LinkedIn URL", "Twitter Username"),
    "Notes",
)
_OURS = """
import sys
from pathlib import Path
from enrich_cli.engine.chains import unusable
from enrich_cli.sources.csv_file import CsvFile
with CsvFile(Path(sys.argv[1]), usable=unusable) as source:
    print(sum(1 for row in source if row.customer))
"""
_THEIRS = """
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(sum(1 for row in csv.DictReader(file) if row))
"""


def measure(place: Place, rounds: int) -> Result:
    """Whole processes in turn: rows read, mapped, cleaned and judged usable, against `csv.DictReader` alone.

    A process that reads the header alone is taken off each: loading the program is measured elsewhere.
    """
    many, none = place.folder / "rows.csv", place.folder / "no-rows.csv"
    _write(many, ROWS)
    _write(none, 0)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_seconds(place, _OURS, many, ROWS) - _seconds(place, _OURS, none, 0))
        theirs.append(_seconds(place, _THEIRS, many, ROWS) - _seconds(place, _THEIRS, none, 0))
    many.unlink()
    return Result(
        name="reading and mapping rows: time against csv.DictReader",
        ratios=[own / their for own, their in zip(ours, theirs, strict=True)],
        at_most=1.5,
        detail=f"{ROWS:,} rows of {len(_HEADER)} columns: {spread(ours)} s; csv.DictReader {spread(theirs)} s",
    )


def _seconds(place: Place, script: str, source: Path, rows: int) -> float:
    usage = place.run(PYTHON, "-c", script, str(source))
    if int(usage.output) != rows:
        raise DidNotRun(f"{rows} rows were to be read, and {usage.output.strip()} were")
    return usage.cpu_seconds


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
