"""Is the store whole? Every rule of the contract that a store can show."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import orjson

from enrich_cli.domain.money import Money
from enrich_cli.domain.months import stamp
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.connection import open_for_reading, open_for_writing, transaction, writable
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.recovery import recover
from enrich_cli.store.sealed import SEALED
from enrich_cli.store.sqlite_errors import told_clearly

_SAME_COSTS = """
SELECT company, month, SUM(usage), SUM(ledger) FROM (
    SELECT company_id AS company, month_year AS month, api_costs AS usage, 0 AS ledger FROM customer_enrichment_usage
    UNION ALL SELECT company_id, substr(at, 1, 7), 0, cost + in_doubt FROM provider_lookups
) GROUP BY company, month HAVING SUM(usage) <> SUM(ledger)
"""
_SAME_COUNTS = """
SELECT company, month, SUM(usage), SUM(counted) FROM (
    SELECT company_id AS company, month_year AS month, enrichments_count AS usage, 0 AS counted
    FROM customer_enrichment_usage
    UNION ALL SELECT company_id, substr(at, 1, 7), 0, counted FROM run_customers WHERE counted = 1
) GROUP BY company, month HAVING SUM(usage) <> SUM(counted)
"""
_RUN_COSTS, _RUN_DOUBTS = (
    f"""
SELECT r.run_id, r.{money}, COALESCE(SUM(l.{money}), 0) FROM runs r
LEFT JOIN provider_lookups l ON l.run_id = r.run_id
GROUP BY r.run_id HAVING r.{money} <> COALESCE(SUM(l.{money}), 0)
"""  # noqa: S608 our columns
    for money in ("cost", "in_doubt")
)
_COUNTED_UNSAVED = """
SELECT c.run_id, c.customer_id FROM run_customers c
WHERE c.counted = 1 AND c.customer_id NOT LIKE 'forgotten@_%' ESCAPE '@'
AND c.at > COALESCE((SELECT before FROM purges p WHERE p.company_id = c.company_id), '') AND NOT EXISTS (
    SELECT 1 FROM customer_enrichment_data e LEFT JOIN runs r ON r.run_id = e.run_id
    WHERE e.company_id = c.company_id AND e.customer_id = c.customer_id AND (
        e.status = 'found' OR (e.cached_at > c.at AND (e.run_id <> c.run_id OR r.started_at > c.at))
    )
)
"""
"""Once a customer's fields have changed, a later run that finds nothing takes the place of what was found before; so
does one that resumes the run that counted, and has its row since.
"""
_SAVED_UNCOUNTED = """
SELECT e.run_id, e.customer_id FROM customer_enrichment_data e
WHERE e.status = 'found' AND NOT EXISTS (
    SELECT 1 FROM run_customers c
    WHERE c.company_id = e.company_id AND c.customer_id = e.customer_id AND c.counted = 1
)
"""
_NOT_AS_ITS_STATUS = """
SELECT data_type, customer_id, status, CASE WHEN enrichment_data IS NULL THEN 'no' ELSE 'some' END
FROM customer_enrichment_data WHERE (status = 'found') = (enrichment_data IS NULL)
"""
_WITHOUT_TIME = """
SELECT data_type, customer_id FROM customer_enrichment_data
WHERE julianday(cached_at) IS NULL OR julianday(expires_at) IS NULL
"""
_OF_NO_CUSTOMER = """
SELECT e.data_type, e.customer_id FROM customer_enrichment_data e
LEFT JOIN customers c ON c.company_id = e.company_id AND c.customer_id = e.customer_id WHERE c.customer_id IS NULL
"""
_OPEN_OF_ENDED_RUNS = """
SELECT 'open_lookups', o.run_id, o.lookup FROM open_lookups o
LEFT JOIN runs r ON r.run_id = o.run_id WHERE r.state IS NOT 'running'
UNION ALL SELECT 'run_customers', c.run_id, c.customer_id FROM run_customers c
LEFT JOIN runs r ON r.run_id = c.run_id WHERE c.outcome IS NULL AND r.state IS NOT 'running'
"""
_RULES = (
    (_SAME_COSTS, Money, "costs of {} in {}: usage says ${}, the ledger ${}"),
    (_SAME_COUNTS, int, "count of {} in {}: usage says {}, run_customers {}"),
    (_RUN_COSTS, Money, "costs of run {}: the run says ${}, the ledger ${}"),
    (_RUN_DOUBTS, Money, "doubt of run {}: the run says ${}, the ledger ${}"),
    (_COUNTED_UNSAVED, int, "run {} counted customer {}, and nothing is saved"),
    (_SAVED_UNCOUNTED, int, "run {} saved data of customer {}, who was never counted"),
    (_NOT_AS_ITS_STATUS, int, "{} of customer {} is {}, with {} data"),
    (_WITHOUT_TIME, int, "{} of customer {} has a time that is none"),
    (_OF_NO_CUSTOMER, int, "{} is saved of customer {}, who is not in customers"),
    (_OPEN_OF_ENDED_RUNS, int, "{} of run {}, which has ended: {} is still open"),
)
"""A query for what breaks a rule, what its numbers are, and how to say it."""


_OF_COMPANIES = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE c.name = 'company_id'"


def check_store(path: Path, keys: KeySource, now: datetime, *, only: str | None = None) -> list[str]:
    """Everything that is broken, in words with the rows concerned; empty when the store is whole.

    Dead runs are recovered first where the store can be written. With `only`, no row of another company is looked at.
    Raises StoreError, MasterKeyError, CompanyKeyError.
    """
    connection = open_for_reading(path)
    if connection is None:
        raise StoreError(f"there is no store {path} to check")
    with closing(connection):
        try:
            with told_clearly(path):
                if writable(path):
                    _recover_all(path, now, only)
                if only is not None:
                    _see_only(connection, only)
                return list(_broken(connection, keys))
        except StoreError as error:
            return [str(error)]


def _recover_all(path: Path, now: datetime, only: str | None) -> None:
    with closing(open_for_writing(path)) as connection, transaction(connection):
        for (company,) in connection.execute("SELECT DISTINCT company_id FROM runs WHERE state = 'running'").fetchall():
            if only in (None, company):
                recover(connection, path, company, stamp(now))


def _see_only(connection: sqlite3.Connection, company: str) -> None:
    """Put a view of one company's rows before each table, for this connection alone."""
    connection.execute("CREATE TEMP TABLE wall AS SELECT ? AS company_id", (company,))
    for (table,) in connection.execute(_OF_COMPANIES).fetchall():
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}"  # noqa: S608 a table of ours
            " WHERE company_id = (SELECT company_id FROM temp.wall)"
        )


def _broken(connection: sqlite3.Connection, keys: KeySource) -> Iterator[str]:
    # One transaction: a live run must not change the figures between two questions.
    connection.execute("BEGIN")
    for (problem,) in connection.execute("PRAGMA integrity_check"):
        if problem != "ok":
            yield f"SQLite: {problem}"
    for query, number, text in _RULES:
        for row in connection.execute(query):
            yield text.format(*(number(value) if isinstance(value, int) else value for value in row))
    companies = [company for (company,) in connection.execute("SELECT company_id FROM company_keys").fetchall()]
    ciphers = _ciphers(connection, companies, keys)
    for company in companies:
        if company in ciphers:
            yield from _sealed(connection, company, ciphers[company])
        else:
            yield f"company_keys: the keys of company {company} do not open"
    for sealed in SEALED:
        for (company,) in connection.execute(f"SELECT DISTINCT company_id FROM {sealed.table}"):  # noqa: S608 ours
            if company not in companies:
                yield f"{sealed.table}: the keys of company {company} are gone"
    connection.execute("COMMIT")


def _ciphers(connection: sqlite3.Connection, companies: Iterable[str], keys: KeySource) -> dict[str, Cipher]:
    """Those of the companies whose keys open; raises MasterKeyError where none of them do: then it is the wrong one."""
    ciphers: dict[str, Cipher] = {}
    refused: MasterKeyError | None = None
    for company in companies:
        try:
            if cipher := cipher_for_reading(connection, company, keys):
                ciphers[company] = cipher
        except MasterKeyError as error:
            refused = error
    if refused and not ciphers:
        raise refused
    return ciphers


def _sealed(connection: sqlite3.Connection, company: str, cipher: Cipher) -> Iterator[str]:
    for sealed in SEALED:
        for row_id, place, value in sealed.values(connection, company):
            try:
                content = cipher.unseal(value, sealed.table, *place)
                if sealed.table == "answers":
                    zlib.decompress(content)
                else:
                    orjson.loads(content)
            except (SealBroken, zlib.error, orjson.JSONDecodeError):
                yield f"{sealed.table}: row {row_id} of {company} does not open"
