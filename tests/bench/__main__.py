"""Run the benchmarks and print their ratios; exits with 0 unless one of them could not be run."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import cached, ideal, manual, matching, memory, memory_outputs, peer, reading, start_up
from tests.bench.place import DidNotRun, Place
from tests.bench.result import load, table, write_json

BENCHMARKS = {
    "matching": matching,
    "reading": reading,
    "ideal": ideal,
    "peer": peer,
    "memory": memory,
    "cached": cached,
    "memory-outputs": memory_outputs,
    "start-up": start_up,
    "help": manual,
}
ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(BENCHMARKS)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help=f"one round in place of {ROUNDS}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there, too")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    results = []
    with tempfile.TemporaryDirectory(prefix="enrich-cli-bench-") as folder:
        for name in options.names or BENCHMARKS:
            sys.stderr.write(f"{name} ({load()})\n")
            try:
                results.append(BENCHMARKS[name].measure(Place(Path(folder)), 1 if options.quick else ROUNDS))
            except DidNotRun as error:
                sys.stderr.write(f"{name} did not run: {error}\n")
                return 1
    sys.stdout.write(f"{table(results)}\n")
    if options.json:
        write_json(results, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
