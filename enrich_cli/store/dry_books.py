"""The plan of a run that writes nothing: not even a recovery or a migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enrich_cli.domain.money import Money
from enrich_cli.domain.months import month_of
from enrich_cli.store.books import RunPlan
from enrich_cli.store.connection import open_for_reading, told_clearly
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.keys import MasterKey, company_cipher, has_keys, passing_cipher
from enrich_cli.store.plan import Plan, RunTerms, Wish
from enrich_cli.store.planning import Planner
from enrich_cli.store.recovery import dead_runs
from enrich_cli.store.runs import resumed_runs
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.synthetic import refuse_mixing
from enrich_cli.store.usage import month_costs, tier_of


@dataclass(frozen=True, slots=True)
class History:
    """How a provider did in the company's ledger; costs in micro-dollars, doubt included."""

    lookups: int
    found: int
    answered: int
    costs: int


class DryBooks:
    """Says what `Books` would say, and changes nothing."""

    def __init__(self, connection: sqlite3.Connection, company: str, planner: Planner) -> None:
        self._connection = connection
        self._company = company
        self._planner = planner

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        return self._planner.plan(wishes, tier_of(self._connection, self._company), now)

    def history(self) -> dict[str, History]:
        """Provider → how it did so far."""
        rows = self._connection.execute(
            "SELECT provider, COUNT(*), SUM(outcome = 'found'), SUM(outcome IN ('found', 'not_found')),"
            " SUM(cost + in_doubt) FROM provider_lookups WHERE company_id = ? GROUP BY provider",
            (self._company,),
        )
        return {provider: History(*numbers) for provider, *numbers in rows}

    def month_costs(self, now: datetime) -> Money:
        """What is booked this month, doubt included."""
        return Money(month_costs(self._connection, self._company, month_of(now)))


@contextmanager
def open_dry_books(path: Path, master: Callable[[bool], MasterKey], run: RunPlan) -> Iterator[DryBooks]:
    """Raises StoreError, MasterKeyError."""
    connection = open_for_reading(path)
    with closing(connection or _empty_store()) as books, told_clearly(path):
        refuse_mixing(books, path, sandbox=run.sandbox)
        cipher = company_cipher(books, run.company, master(False)) if has_keys(books) else None
        cipher = cipher or passing_cipher(run.company)
        dead = dead_runs(books, path, run.company)
        terms = RunTerms(
            run_id=run.run_id,
            own_runs=frozenset({run.run_id, *resumed_runs(books, run.company, run.resume, dead)}),
            refresh=run.refresh,
            lifetimes=run.lifetimes,
            min_confidence=run.min_confidence,
            require=run.require,
            reads=run.reads,
            dry=True,
            dead_runs=dead,
        )
        customers, enrichments = Customers(books, run.company, cipher), Enrichments(books, run.company, cipher)
        yield DryBooks(books, run.company, Planner(books, run.company, terms, customers, enrichments))


def _empty_store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for _, script in MIGRATIONS:
        connection.executescript(script)
    return connection
