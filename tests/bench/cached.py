"""What does a run cost that has nothing to look up?"""

from __future__ import annotations

from tests.bench.customers import write_wide_customers
from tests.bench.place import PYTHON, Place
from tests.bench.result import Result, spread
from tests.bench.simulator import enrich
from tests.bench.stock import CUSTOMERS, NOBODY, stock

_COPY = """
import csv, sys
with open(sys.argv[1], newline="") as source, open(sys.argv[2], "w", newline="") as target:
    rows = csv.DictReader(source)
    copy = csv.DictWriter(target, rows.fieldnames)
    copy.writeheader()
    copy.writerows(rows)
"""


def measure(place: Place, rounds: int) -> Result:
    """A whole cached `enrich` to CSV against a script that copies the source with the csv module, in turn."""
    store = stock(place)
    source = write_wide_customers(place.folder / "cached.csv", range(CUSTOMERS))
    output = str(place.folder / "cached-out.csv")
    ours, copies = [], []
    for _ in range(rounds):
        ours.append(enrich(place, store, source, NOBODY, "-o", output, expected={"cached": CUSTOMERS}).seconds)
        copies.append(place.run(PYTHON, "-c", _COPY, str(source), str(place.folder / "copy.csv")).seconds)
    return Result(
        name="enrich, all cached, to CSV: rows/s against DictReader -> DictWriter",
        ratios=[copy / own for own, copy in zip(ours, copies, strict=True)],
        at_least=0.35,
        detail=f"{CUSTOMERS:,} rows of 15 columns, process start included: {spread(ours)} s; copy {spread(copies)} s",
    )
