"""The plan of a run that writes nothing, not even a recovery or a migration."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from enrich_cli.domain.report import Quota
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.connection import open_for_reading
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.keys import KeySource, cipher_for_reading, passing_cipher
from enrich_cli.store.many import among, insert
from enrich_cli.store.objections import Objections
from enrich_cli.store.plan import Plan, RunPlan, RunTerms, Wish
from enrich_cli.store.planning import Planner
from enrich_cli.store.recovery import dead_runs, live_runs
from enrich_cli.store.runs import resumed_runs
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.sqlite_errors import told_clearly
from enrich_cli.store.synthetic import refuse_mixing
from enrich_cli.store.usage import quota, tier_of

_ASKED = "SELECT question FROM temp.asked WHERE question IN"
_NEVER = "~"
"""Later than any time, compared as text."""
_SERVES = """
SELECT question FROM answers
WHERE company_id = ? AND (at > ? OR run_id IN (SELECT value FROM json_each(?))) AND question IN
"""


class DryBooks:
    """Says what `Books` would say, and changes nothing."""

    def __init__(self, connection: sqlite3.Connection, terms: RunTerms, planner: Planner, cipher: Cipher) -> None:
        self._connection = connection
        self._company = terms.company
        self._planner = planner
        self._cipher = cipher
        self._near = json.dumps(sorted(terms.own_runs | terms.met))
        self._dead_runs = terms.dead_runs
        # SQLite keeps it on disk when it grows, so memory does not grow with the source.
        connection.execute("CREATE TEMP TABLE asked (question BLOB PRIMARY KEY)")

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        return self._planner.plan(wishes, tier_of(self._connection, self._company), now)

    def refuse(self, customer_ids: Collection[str]) -> None:
        """Nothing can be sent for these: their places are free, and their later rows are over quota."""
        self._planner.refuse(customer_ids)

    def to_buy(self, questions: Sequence[bytes], now: datetime, *, bought: bool) -> list[bool]:
        """For each question, whether it would have to be bought: no answer serves it, and no equal question was
        `bought` before.
        """
        keys = [self._cipher.hash("question", text) for text in questions]
        oldest = self._planner.freshness.oldest(tier_of(self._connection, self._company), now)
        on_disk = among(self._connection, _SERVES, (self._company, oldest or _NEVER, self._near), keys)
        known = {question for (question,) in on_disk + among(self._connection, _ASKED, (), keys)}
        new = dict.fromkeys(key for key in keys if key not in known)
        if not bought:
            return [key in new for key in keys]
        insert(self._connection, "INSERT INTO temp.asked", [(key,) for key in new])
        to_buy = []
        for key in keys:
            to_buy.append(key in new)
            new.pop(key, None)
        return to_buy

    def quota(self, now: datetime) -> Quota:
        return quota(self._connection, self._company, now, self._dead_runs)


@contextmanager
def open_dry_books(path: Path, keys: KeySource, run: RunPlan) -> Iterator[DryBooks]:
    """Raises StoreError, MasterKeyError."""
    connection = open_for_reading(path, migrate=False)
    with closing(connection or _empty_store()) as books, told_clearly(path):
        refuse_mixing(books, path, sandbox=run.sandbox)
        cipher = cipher_for_reading(books, run.company, keys) or passing_cipher(run.company)
        dead = dead_runs(books, path, run.company)
        terms = run.terms(
            own_runs=frozenset({run.run_id, *resumed_runs(books, run.company, run.resume, dead)}),
            met=live_runs(books, path, run.company),
            dead_runs=dead,
            dry=True,
        )
        planner = Planner(
            books,
            run.company,
            terms,
            customers=Customers(books, run.company, cipher),
            enrichments=Enrichments(books, run.company, cipher),
            objections=Objections(books, run.company, cipher),
        )
        yield DryBooks(books, terms, planner, cipher)


def _empty_store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for _, script in MIGRATIONS:
        connection.executescript(script)
    return connection
