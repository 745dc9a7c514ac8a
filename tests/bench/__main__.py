"""Run the benchmarks, print their ratios, and write them down; exits with 0 unless one of them could not be run."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from tests.bench.catalog import BENCHMARKS
from tests.bench.place import ROOT, Place
from tests.bench.record import write_record
from tests.bench.result import Result
from tests.bench.rounds import measure
from tests.bench.table import closing_line, table

ROUNDS, QUICK_ROUNDS = 5, 2
RESULTS = ROOT / ".bench" / "results.json"
_PIPED_WIDTH = 150


def main() -> int:
    options = _options()
    began, load = datetime.now().astimezone(), os.getloadavg()[0]
    results = []
    with tempfile.TemporaryDirectory(prefix="enrich-cli-bench-") as folder:
        for result in _measured(options.names, Place(Path(folder)), rounds=options.rounds, quick=options.quick):
            results.append(result)
            # A long run that is stopped leaves what it has found.
            write_record(results, options.json, quick=options.quick, began=began, load=load)
    console = Console()
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    console.print(table(results, quick=options.quick))
    console.print(closing_line(results), highlight=False, soft_wrap=True)
    return 1 if any(result.failure for result in results) else 0


def _measured(names: Sequence[str], place: Place, *, rounds: int, quick: bool) -> Iterator[Result]:
    for name in names:
        benchmark = BENCHMARKS[name]
        size = benchmark.quick_size if quick and benchmark.quick_size else benchmark.size
        # On a busy machine the figures say little.
        sys.stderr.write(f"{name} (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)\n")
        yield measure(benchmark, place, rounds=rounds, size=size)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="under a minute: a few of them, at smaller sizes")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"default: {ROUNDS}, with --quick {QUICK_ROUNDS}")
    parser.add_argument("--json", type=Path, metavar="FILE", default=RESULTS, help="default: %(default)s")
    options = parser.parse_args()
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    options.names = options.names or [
        name for name, benchmark in BENCHMARKS.items() if benchmark.quick_size or not options.quick
    ]
    options.rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    return options


if __name__ == "__main__":
    sys.exit(main())
