"""Does memory grow with what is written?"""

from __future__ import annotations

from pathlib import Path

from tests.bench.customers import write_wide_customers
from tests.bench.place import Place
from tests.bench.result import Result, spread
from tests.bench.simulator import enrich
from tests.bench.stock import CUSTOMERS, NOBODY, stock

TIMES = 10
"""Every customer stands in the larger source so often."""
OUTPUTS = {
    "csv": ("-o", "rows.csv"),
    "ndjson": ("-o", "rows.ndjson"),
    "json": ("-o", "rows.json"),
    "parquet": ("-o", "rows.parquet"),
    "sqlite": ("-o", "sqlite:///rows.db", "--output-table", "enriched"),
}


def measure(place: Place, rounds: int) -> Result:
    """Peak memory of whole cached runs at ten times the rows, of every output but XLSX; the worst of them counts."""
    store = stock(place)
    few = write_wide_customers(place.folder / "few.csv", range(CUSTOMERS))
    again_and_again = (number for _ in range(TIMES) for number in range(CUSTOMERS))
    many = write_wide_customers(place.folder / "many.csv", again_and_again)
    ratios: list[dict[str, float]] = []
    peaks: list[float] = []
    for _ in range(rounds):
        ratios.append({})
        for name, output in OUTPUTS.items():
            small = _peak(place, store, few, CUSTOMERS, output)
            large = _peak(place, store, many, TIMES * CUSTOMERS, output)
            ratios[-1][name] = large / small
            peaks.append(large)
    worst = [max(by_output.values()) for by_output in ratios]
    by_output = ", ".join(f"{name} {max(one[name] for one in ratios):.3f}" for name in OUTPUTS)
    return Result(
        name=f"enrich, all cached: peak memory at {TIMES} times the rows",
        ratios=worst,
        at_most=1.15,
        detail=f"{TIMES * CUSTOMERS:,} / {CUSTOMERS:,} rows: {by_output}; {spread(peaks)} MiB",
    )


def _peak(place: Place, store: Path, source: Path, rows: int, output: tuple[str, ...]) -> float:
    return enrich(place, store, source, NOBODY, *output, expected={"cached": rows}).peak_mib
