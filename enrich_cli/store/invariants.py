"""Is the store whole? Checks every rule of the contract that a store can show."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import orjson

from enrich_cli.domain.months import month_of, stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.connection import open_for_reading, open_for_writing, transaction, writable
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.hash_checks import wrong_hashes
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.recovery import recover
from enrich_cli.store.rules import RULES
from enrich_cli.store.sealed import SEALED
from enrich_cli.store.source_checks import wrong_sources
from enrich_cli.store.sqlite_errors import told_clearly

_OF_COMPANIES = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE c.name = 'company_id'"


def check_store(path: Path, keys: KeySource, now: datetime, *, only: str | None = None) -> list[str]:
    """Everything that is broken, in words with the rows concerned; empty if the store is whole.

    Dead runs are recovered first if the store can be written. With `only`, no row of another company is looked at.
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
                return list(_broken(connection, keys, now))
        except StoreError as error:
            return [str(error)]


def _recover_all(path: Path, now: datetime, only: str | None) -> None:
    with closing(open_for_writing(path)) as connection, transaction(connection):
        for (company,) in connection.execute("SELECT DISTINCT company_id FROM runs WHERE state = 'running'").fetchall():
            if only in (None, company):
                recover(connection, path, company, stamp(now))


def _see_only(connection: sqlite3.Connection, company: str) -> None:
    """Shadow each table with a view of one company's rows, for this connection only."""
    connection.execute("CREATE TEMP TABLE wall AS SELECT ? AS company_id", (company,))
    for (table,) in connection.execute(_OF_COMPANIES).fetchall():
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}"  # noqa: S608 a table of ours
            " WHERE company_id = (SELECT company_id FROM temp.wall)"
        )


def _broken(connection: sqlite3.Connection, keys: KeySource, now: datetime) -> Iterator[str]:
    # One transaction, since a live run must not change the figures between two queries.
    connection.execute("BEGIN")
    for (problem,) in connection.execute("PRAGMA integrity_check"):
        if problem != "ok":
            yield f"SQLite: {problem}"
    yield from _broken_rules(connection, month_of(now))
    yield from _broken_seals(connection, keys)
    connection.execute("COMMIT")


def _broken_rules(connection: sqlite3.Connection, month: str) -> Iterator[str]:
    limits = orjson.dumps({tier.value: tier.terms.limit for tier in Tier}).decode()
    outcomes = orjson.dumps([*Count, "crashed"]).decode()
    for query, number, text in RULES:
        for row in connection.execute(query, {"month": month, "limits": limits, "outcomes": outcomes}):
            yield text.format(*(number(value) if isinstance(value, int) else value for value in row))


def _broken_seals(connection: sqlite3.Connection, keys: KeySource) -> Iterator[str]:
    companies = [company for (company,) in connection.execute("SELECT company_id FROM company_keys").fetchall()]
    ciphers = _ciphers(connection, companies, keys)
    for company in companies:
        if company in ciphers:
            yield from _unopened(connection, company, ciphers[company])
            yield from wrong_hashes(connection, company, ciphers[company])
            yield from wrong_sources(connection, company, ciphers[company])
        else:
            yield f"company_keys: the keys of company {company} do not open"
    for sealed in SEALED:
        for (company,) in connection.execute(f"SELECT DISTINCT company_id FROM {sealed.table}"):  # noqa: S608 ours
            if company not in companies:
                yield f"{sealed.table}: the keys of company {company} are gone"


def _ciphers(connection: sqlite3.Connection, companies: Iterable[str], keys: KeySource) -> dict[str, Cipher]:
    """The ciphers of the companies whose keys open. If none do, the master key is the wrong one: raises
    MasterKeyError.
    """
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


def _unopened(connection: sqlite3.Connection, company: str, cipher: Cipher) -> Iterator[str]:
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
