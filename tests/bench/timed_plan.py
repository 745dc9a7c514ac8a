"""Milliseconds that a run's books take to plan the customers of a file, half of whom are stored and fresh, half new.

python -m tests.bench.timed_plan STORE CSV
"""

from __future__ import annotations

import secrets
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.row import Row
from enrich_cli.domain.tier import Lifetimes
from enrich_cli.engine.chains import reads
from enrich_cli.settings import Settings
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.store.books import open_books
from enrich_cli.store.caps import Caps
from enrich_cli.store.key_place import key_place
from enrich_cli.store.liveness import alive
from enrich_cli.store.plan import RunPlan, Standing, Wish

_TYPES = tuple(DataType)


def _run() -> RunPlan:
    return RunPlan(
        run_id=f"timed-{secrets.token_hex(4)}",
        command="enrich",
        company="default",
        sandbox=False,
        resume=None,
        refresh=False,
        lifetimes=Lifetimes(),
        min_confidence=0.5,
        require={},
        reads=reads(),
        caps=Caps(),
    )


def main(store: Path, source: Path) -> None:
    with CsvFile(source) as rows:
        wishes = [
            Wish(customer=row.customer, line=row.line, types=_TYPES, usable=frozenset(_TYPES))
            for row in rows
            if isinstance(row, Row)
        ]
    now, run = datetime.now(UTC), _run()
    with alive(store, run.run_id), open_books(store, key_place(Settings.load()), run, now) as books:
        began = time.perf_counter()
        with books.transaction():
            plans = books.plan(wishes, now)
        seconds = time.perf_counter() - began
        with books.transaction():
            books.end("done", "{}", now)
    standings = Counter(plan.standing for plan in plans)
    half = len(wishes) // 2
    if standings != {Standing.SERVED: half, Standing.RESERVED: half}:
        raise SystemExit(f"half of them were to be stored, the others new: {standings}")
    sys.stdout.write(f"{1000 * seconds}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
