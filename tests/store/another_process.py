"""What tests let another process do with a store: `python -m tests.store.another_process WHAT PATH [MORE]`.

It says `ready` when it is, and begins when told to, so that several can begin at once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import enrich_cli.store.migrations  # noqa: F401 loaded before the start, so that all begin together
from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response
from enrich_cli.store.connection import open_for_writing
from enrich_cli.store.key_file import key_from_file
from enrich_cli.store.plan import Standing
from tests.store.conftest import Bench, OpenRun


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def open_store(path: Path) -> None:
    """Open a store that may not exist yet."""
    open_for_writing(path).close()


def read_key(path: Path) -> None:
    """Print the key in a key file that may not exist yet."""
    say(key_from_file(path, create=True).secret.hex())


def hold(path: Path) -> None:
    """Begin a run, reserve a customer, put one request in flight, and stay like this until told to go on."""
    bench = Bench(path)
    with bench.run(run_id="held") as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        say("holding")
        sys.stdin.readline()


def fill(path: Path, company: str, own: str, customers: str) -> None:
    """Enrich this many customers, and print how many the quota let through."""
    bench = Bench(path)
    with bench.run(run_id=f"run-{own}", company=company) as run:
        say(str(sum(_enriched(bench, run, f"{own}-{number}", number) for number in range(int(customers)))))
        run.end()


def _enriched(bench: Bench, run: OpenRun, name: str, lookup: int) -> bool:
    customer = bench.customer(name)
    plan = run.plan(customer)
    while plan.standing is Standing.FULL:
        time.sleep(0.005)
        plan = run.plan(customer, again=True)
    if plan.standing is Standing.OVER_QUOTA:
        return False
    run.ask(bench.question(lookup, text=name, customer_id=name))
    run.answered(lookup, cost=40, answer=Response(200, b"{}"))
    run.finish(customer, bench.found(), Count.ENRICHED, lookups=[lookup])
    return True


ACTIONS: dict[str, Callable[..., None]] = {"open": open_store, "key": read_key, "hold": hold, "fill": fill}

if __name__ == "__main__":
    what, path, *more = sys.argv[1:]
    say("ready")
    sys.stdin.readline()
    ACTIONS[what](Path(path), *more)
