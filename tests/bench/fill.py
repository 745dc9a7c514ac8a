"""Fill a store in no time: everybody of a source who is not in it gets what somebody has who is.

    python -m tests.bench.fill STORE SOURCE [--with-answers]

It writes through the store's own code, as one run of last month would have: sealed, with ledger, count and, if asked
for, the vendors' answers. Indexes that writing does without are made when all is there.
"""

from __future__ import annotations

import itertools
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.months import month_of, stamp
from enrich_cli.domain.row import Row
from enrich_cli.engine.chains import reads
from enrich_cli.settings import Settings
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.store.answers import Answers
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments, NewEnrichment
from enrich_cli.store.key_place import key_place
from enrich_cli.store.keys import cipher_for_writing
from enrich_cli.store.usage import add_usage
from tests.bench.examples import Example, found_examples

COMPANY = "default"
RUN = "filled"
_AT_ONCE = 5_000
_NEEDED = ("customer_of", "enrichment_of")
"""Indexes that saving asks whether a row is there already."""


class Filling:
    """Everything that is written, in transactions of the caller."""

    def __init__(self, connection: sqlite3.Connection, cipher: Cipher, now: datetime) -> None:
        self._connection = connection
        self._cipher = cipher
        self._now = now
        self._month_before = now.replace(day=1) - timedelta(days=1)
        self._customers = Customers(connection, COMPANY, cipher)
        self._enrichments = Enrichments(connection, COMPANY, cipher)
        self._answers = Answers(connection, cipher, company=COMPANY, run_id=RUN, is_near=lambda _: False)
        self._reads = reads()

    def begin(self) -> None:
        at = stamp(self._month_before)
        self._connection.execute(
            "INSERT INTO runs (run_id, company_id, command, state, sandbox, started_at, ended_at)"
            " VALUES (?, ?, 'enrich', 'done', 0, ?, ?)",
            (RUN, COMPANY, at, at),
        )

    def save(self, customers: list[tuple[Customer, Example]], *, with_answers: bool) -> None:
        """Those who are not stored yet, with what the example has."""
        named = [(customer, self._customers.stored_id(customer), example) for customer, example in customers]
        stored = self._enrichments.load([customer_id for _, customer_id, _ in named])
        known = {customer_id for customer_id, _ in stored}
        new = [one for one in named if one[1] not in known]
        fingerprint = self._customers.fingerprint
        self._customers.save([(who, name) for who, name, _ in new], self._now)
        self._enrichments.save(
            [
                NewEnrichment(
                    customer_id=name,
                    enrichment=enrichment,
                    fingerprints=(fingerprint(who, self._reads[enrichment.data_type]),),
                    run_id=RUN,
                )
                for who, name, example in new
                for enrichment in example.enrichments
            ]
        )
        if with_answers:
            # Questions are keyed hashes, and so hit the index at random, as these do.
            self._answers.keep(
                [
                    (settlement, secrets.token_bytes(16), name, provider)
                    for _, name, example in new
                    for settlement, provider in example.answers
                ],
                self._now,
            )
        self._count([(name, example) for _, name, example in new])

    def _count(self, new: list[tuple[str, Example]]) -> None:
        at = stamp(self._month_before)
        self._connection.executemany(
            "INSERT INTO run_customers (run_id, company_id, customer_id, outcome, counted, at)"
            " VALUES (?, ?, ?, 'enriched', 1, ?)",
            [(RUN, COMPANY, name, at) for name, _ in new],
        )
        rows = [(RUN, COMPANY, name, *lookup, at) for name, example in new for lookup in example.lookups]
        self._connection.executemany(
            "INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome, latency_ms,"
            " retries, cost, in_doubt, fields, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        cost, in_doubt = (sum(int(str(row[place])) for row in rows) for place in (8, 9))
        add_usage(self._connection, COMPANY, month_of(self._month_before), count=len(new), costs=cost + in_doubt)
        self._connection.execute(
            "UPDATE runs SET cost = cost + ?, in_doubt = in_doubt + ? WHERE run_id = ?", (cost, in_doubt, RUN)
        )


@contextmanager
def _made_last(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the indexes away that writing does without, and make them at the end, sorted."""
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall()
    late = [(name, sql) for name, sql in indexes if name not in _NEEDED]
    for name, _ in late:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in late:
        connection.execute(sql)


def main(store: Path, source: Path, *, with_answers: bool) -> None:
    now = datetime.now(UTC)
    with closing(open_for_writing(store)) as connection, CsvFile(source) as rows:
        for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -2000000"):
            connection.execute(f"PRAGMA {pragma}")
        cipher = cipher_for_writing(connection, COMPANY, key_place(Settings.load()))
        filling = Filling(connection, cipher, now)
        examples = found_examples(connection, COMPANY, cipher)
        customers = zip((row.customer for row in rows if isinstance(row, Row)), itertools.cycle(examples), strict=False)
        with _made_last(connection):
            with transaction(connection):
                filling.begin()
            while some := list(itertools.islice(customers, _AT_ONCE)):
                with transaction(connection):
                    filling.save(some, with_answers=with_answers)
        connection.execute("PRAGMA journal_mode = WAL")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), with_answers="--with-answers" in sys.argv[3:])
