"""`make profile`: where the time of a standard run goes, in its own process and in that of the books' keeper.

Draws a flame graph, in which each process has its own part, and prints the lines on which most time was spent. py-spy
samples both from outside, so the run is measured as it is; it may look into a process that it has started itself.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.customers import FULL, full, write
from tests.bench.enriching import CONCURRENCY, fresh_store
from tests.bench.flat_out import ASKED
from tests.bench.place import ENRICH_CLI, ROOT, DidNotRun, Place
from tests.bench.vendors import sandbox

CUSTOMERS = 3_000
PY_SPY = ROOT / ".venv-bench" / "bin" / "py-spy"
FLAME_GRAPH = ROOT / ".bench" / "profile.svg"
_RATE = "200"
_LINES = 12
_OF_KEEPER = ";process "
"""What py-spy writes above the frames of a process that another has started."""


def main() -> int:
    if not PY_SPY.exists():
        sys.stderr.write(f"{PY_SPY.relative_to(ROOT)} is not there: `make profile` installs it\n")
        return 1
    FLAME_GRAPH.parent.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="enrich-cli-profile-") as folder:
            stacks = _profiled(Place(Path(folder)))
    except DidNotRun as error:
        sys.stderr.write(f"{error}\n")
        return 1
    console = Console(soft_wrap=True)
    for process, lines in hottest(stacks).items():
        console.print(_table(process, lines))
    console.print(f"flame graph: {FLAME_GRAPH.relative_to(ROOT)}", highlight=False)
    return 0


def hottest(stacks: Iterable[str]) -> dict[str, Counter[str]]:
    """Process → line → samples in which it was the innermost. A stack is frames, outermost first, and their number."""
    lines: dict[str, Counter[str]] = {"run": Counter(), "keeper": Counter()}
    for stack in stacks:
        frames, _, number = stack.rpartition(" ")
        innermost = frames.rpartition(";")[2]
        lines["keeper" if _OF_KEEPER in frames else "run"][innermost] += int(number)
    return lines


def _profiled(place: Place) -> Sequence[str]:
    """The sampled stacks of both processes; the graph is drawn of a second run, since py-spy writes one form at a time.

    Raises DidNotRun.
    """
    source = write(place.folder / "customers.csv", FULL, map(full, range(CUSTOMERS)))
    stacks = place.folder / "stacks"
    with sandbox(place) as vendors:
        for form, target in (("raw", stacks), ("flamegraph", FLAME_GRAPH)):
            with fresh_store(place) as store:
                place.run(
                    *(str(PY_SPY), "record", "--subprocesses", "--rate", _RATE, "--format", form),
                    *("--output", str(target), "--", ENRICH_CLI, "--db", str(store), "enrich", str(source)),
                    *("--concurrency", str(CONCURRENCY), "-o", "enriched.csv"),
                    environment=vendors.settings(*ASKED),
                )
    return stacks.read_text(encoding="utf-8").splitlines()


def _table(process: str, lines: Counter[str]) -> Table:
    whole = lines.total()
    table = Table(title=f"{process}: {whole / int(_RATE):.1f} s sampled", title_justify="left", box=None)
    table.add_column("share", justify="right")
    table.add_column("line")
    for line, number in lines.most_common(_LINES):
        table.add_row(f"{number / whole:.1%}", line)
    return table


if __name__ == "__main__":
    sys.exit(main())
