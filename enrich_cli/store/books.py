"""All that counts in one run: its beginning and end, plan, ask, answered, finish.

No verb begins a transaction itself: `orders` carries out in one whatever has queued up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.months import stamp
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier
from enrich_cli.gateway.journal import Question, Settlement, Verdict
from enrich_cli.providers.lookup import Response
from enrich_cli.store.answers import Answers
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.errors import StoreError
from enrich_cli.store.journal import JournalPages
from enrich_cli.store.keys import KeySource, cipher_for_writing
from enrich_cli.store.objections import Objections
from enrich_cli.store.overbooking import Overbooked
from enrich_cli.store.people import People
from enrich_cli.store.plan import Plan, RunPlan, Wish
from enrich_cli.store.planning import Planner
from enrich_cli.store.recovery import close_run, live_runs, recover
from enrich_cli.store.runs import resumed_runs
from enrich_cli.store.settling import Finish, Settled, Settling
from enrich_cli.store.sqlite_errors import told_clearly
from enrich_cli.store.synthetic import mark, refuse_mixing
from enrich_cli.store.usage import quota, tier_of


class Books:
    """The books of one run while it goes on. Used by one thread alone, which owns the connection.

    Its verbs are those of `Planner`, `JournalPages` and `Settling`, and say there what they do.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        cipher: Cipher,
        run: RunPlan,
        *,
        own_runs: frozenset[str],
        met: frozenset[str],
    ) -> None:
        self._connection = connection
        self._path = path
        self._company = run.company
        self._run_id = run.run_id
        self._tier: Tier | None = None
        customers = Customers(connection, run.company, cipher)
        self._objections = objections = Objections(connection, run.company, cipher)
        enrichments = Enrichments(connection, run.company, cipher)
        terms = run.terms(own_runs=own_runs, met=met)
        self._planner = Planner(
            connection, run.company, terms, customers=customers, enrichments=enrichments, objections=objections
        )
        is_near = self._planner.freshness.is_near
        answers = Answers(connection, cipher, company=run.company, run_id=run.run_id, is_near=is_near)
        self._pages = JournalPages(
            connection, cipher, objections, company=run.company, run_id=run.run_id, answers=answers, caps=run.caps
        )
        self._overbooked = Overbooked(connection, run.company, run.run_id)
        self._settling = Settling(
            connection,
            run.company,
            run.run_id,
            customers=customers,
            enrichments=enrichments,
            objections=objections,
            people=partial(People, connection, run.company, cipher),
            overbooked=self._overbooked,
            reads=run.reads,
            lifetimes=run.lifetimes,
        )

    def tier(self) -> Tier:
        """The company's tier, as this transaction finds it."""
        self._tier = self._tier or tier_of(self._connection, self._company)
        return self._tier

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        return self._planner.plan(wishes, self.tier(), now)

    def recall(self, questions: Sequence[Question], now: datetime) -> list[Response | None]:
        return self._pages.recall(questions, partial(self._oldest, now))

    def ask(self, questions: Sequence[Question], now: datetime) -> list[Verdict]:
        beginning = [question.customer_id for question in questions if not question.begun]
        overbooked = self._overbooked.of_asking(beginning, self.tier(), now)
        return self._pages.ask(questions, partial(self._oldest, now), now, overbooked=overbooked)

    def let_go(self, lookups: Sequence[int]) -> None:
        self._pages.let_go(lookups)

    def answered(self, settlements: Sequence[tuple[int, Settlement]], now: datetime) -> None:
        self._pages.answered(settlements, now)

    def finish(self, done: Sequence[Finish], now: datetime) -> list[Settled]:
        settled = self._settling.finish(done, self.tier(), now)
        self._planner.land(
            (one.customer_id, count, _served_states(one) if end.dropped else one.states)
            for one, end in zip(done, settled, strict=True)
            if (count := end.dropped or one.landed)
        )
        return settled

    def _oldest(self, now: datetime) -> str | None:
        return self._planner.freshness.oldest(self.tier(), now)

    def recover(self, now: datetime) -> int:
        """Book what was in flight in runs that have died meanwhile; returns how many there were."""
        return recover(self._connection, self._path, self._company, stamp(now))

    def end(self, state: str, counts: str, now: datetime) -> Quota:
        """The run is over; what it left open is booked and freed. Returns the quota afterwards."""
        close_run(self._connection, self._company, self._run_id, state=state, now=stamp(now), counts=counts)
        return quota(self._connection, self._company, now)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All verbs inside are one transaction.

        Raises StoreError or StoreFull where SQLite fails, and StoreError when another process has closed the run.
        """
        with told_clearly(self._path), transaction(self._connection):
            self._refuse_when_closed()
            self._tier = None
            self._objections.look_again()
            yield

    def _refuse_when_closed(self) -> None:
        """What was booked for a dead run is final: a keeper that has outlived its run adds nothing to it."""
        query = "SELECT 1 FROM runs WHERE run_id = ? AND state = 'crashed'"
        if self._connection.execute(query, (self._run_id,)).fetchone():
            raise StoreError(f"{self._path}: another process has taken this run for dead, and closed it")


@contextmanager
def open_books(path: Path, keys: KeySource, run: RunPlan, now: datetime) -> Iterator[Books]:
    """Begin a run on a store, which is made or migrated first if necessary; the run must already be `alive`.

    Raises StoreError (also for a resume that can't be), StoreFull, MasterKeyError or CompanyKeyError; then nothing has
    begun.
    """
    with closing(open_for_writing(path)) as connection:
        with told_clearly(path), transaction(connection):
            refuse_mixing(connection, path, sandbox=run.sandbox)
            mark(connection, sandbox=run.sandbox)
            cipher = cipher_for_writing(connection, run.company, keys)
            recover(connection, path, run.company, stamp(now))
            met = live_runs(connection, path, run.company)
            own_runs = frozenset({run.run_id, *resumed_runs(connection, run.company, run.resume)})
            connection.execute(
                "INSERT INTO runs (run_id, company_id, command, state, sandbox, resumes, started_at, skipped_types)"
                " VALUES (?, ?, ?, 'running', ?, ?, ?, ?)",
                (
                    run.run_id,
                    run.company,
                    run.command,
                    run.sandbox,
                    ",".join(own_runs - {run.run_id}),
                    stamp(now),
                    ",".join(run.skipped),
                ),
            )
        yield Books(connection, path, cipher, run, own_runs=own_runs, met=met)


def _served_states(done: Finish) -> dict[DataType, State]:
    """The states of what was served from the store; these stay, whatever becomes of the rest."""
    return {data_type: state for data_type, state in done.states.items() if data_type not in done.looked_up}
