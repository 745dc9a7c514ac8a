"""Who may not make a table, change it or write there hears so before anything is paid for."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import inspect, make_url, text

from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.errors import OutputError
from tests.outputs.tables import put, sql, writer


class Newcomer(NamedTuple):
    """Somebody who may log in, and no more."""

    url: str
    whom: str
    """As SQL calls them."""


@pytest.fixture
def newcomer(server_url: str) -> Iterator[Newcomer]:
    name, of_mysql = f"newcomer_{secrets.token_hex(4)}", server_url.startswith("mysql")
    whom = f"'{name}'@'%'" if of_mysql else name
    sql(server_url, f"CREATE USER {whom} {'IDENTIFIED BY' if of_mysql else 'PASSWORD'} 'of much'")
    url = make_url(server_url).set(username=name, password="of much").render_as_string(hide_password=False)
    yield Newcomer(url, whom)
    if not of_mysql:
        sql(server_url, f"DROP OWNED BY {whom}")
    sql(server_url, f"DROP USER {whom}")


@pytest.fixture
def reader(server_url: str, newcomer: Newcomer) -> str:
    """Somebody else's URL of a database in which they may read, and no more."""
    if server_url.startswith("mysql"):
        sql(server_url, f"GRANT SELECT ON *.* TO {newcomer.whom}")
    else:
        sql(server_url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        sql(server_url, f"GRANT pg_read_all_data TO {newcomer.whom}")
    return newcomer.url


def test_who_may_not_make_a_table_hears_so_at_once(server_url: str, reader: str) -> None:
    with pytest.raises(DatabaseError, match="denied"):
        writer(reader)
    writer(server_url)
    assert not inspect(open_engine(server_url, read_only=True)).has_table("enriched")


@pytest.mark.parametrize("plan_only", [False, True])
def test_who_may_not_write_rows_hears_so_at_once(server_url: str, reader: str, plan_only: bool) -> None:
    put(server_url)
    with pytest.raises(DatabaseError, match="denied"):
        writer(reader, plan_only=plan_only)


def test_where_it_is_only_planned_nobody_needs_the_right_to_make_or_change_a_table(
    server_url: str, reader: str
) -> None:
    writer(reader, plan_only=True)
    sql(server_url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY)")
    writer(reader, plan_only=True)


@pytest.mark.parametrize(
    "rights", ["SELECT, INSERT", "SELECT, UPDATE", "INSERT, UPDATE", "SELECT, INSERT, UPDATE (customer_id)"]
)
def test_who_has_but_some_of_the_rights_hears_so_at_once(server_url: str, newcomer: Newcomer, rights: str) -> None:
    put(server_url)
    sql(server_url, f"GRANT {rights} ON enriched TO {newcomer.whom}")
    with pytest.raises(DatabaseError, match=r"denied.*--output-table enriched must be a table that you may read"):
        writer(newcomer.url)


def test_the_source_s_own_table_takes_no_right_to_insert(server_url: str, newcomer: Newcomer) -> None:
    put(server_url)
    sql(server_url, f"GRANT SELECT ON enriched TO {newcomer.whom}")
    with pytest.raises(DatabaseError, match="denied"):
        writer(newcomer.url, source_table="enriched")
    sql(server_url, f"GRANT UPDATE ON enriched TO {newcomer.whom}")
    writer(newcomer.url, source_table="enriched")


@pytest.mark.parametrize("there_is", [False, True])
def test_who_may_make_or_change_a_table_and_not_write_there_hears_so_at_once(
    server_url: str, newcomer: Newcomer, there_is: bool
) -> None:
    if there_is:
        sql(server_url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY)")
    if server_url.startswith("mysql"):
        database = make_url(server_url).database
        sql(server_url, f"GRANT CREATE, ALTER, SELECT, UPDATE ON {database}.* TO {newcomer.whom}")
    elif there_is:
        sql(server_url, f"ALTER TABLE enriched OWNER TO {newcomer.whom}")
        sql(server_url, f"REVOKE INSERT ON enriched FROM {newcomer.whom}")
    else:
        return
    with pytest.raises(DatabaseError, match="denied"):
        writer(newcomer.url)


@pytest.fixture
def clerk(server_url: str, newcomer: Newcomer) -> str:
    """Somebody else's URL of a database with a table in which they may read and write rows, and no more."""
    sql(server_url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY)")
    sql(server_url, f"GRANT SELECT, INSERT, UPDATE ON enriched TO {newcomer.whom}")
    return newcomer.url


def test_who_may_not_change_a_table_that_lacks_columns_hears_so_at_once(server_url: str, clerk: str) -> None:
    with open_engine(server_url, read_only=True).connect() as reading:
        reading.execute(text("SELECT * FROM enriched"))
        with pytest.raises(DatabaseError, match=r"must be owner|ALTER command denied"):
            writer(clerk)


def test_who_may_only_write_rows_writes_into_a_table_that_lacks_nothing(
    server_url: str, clerk: str, jane: Finished
) -> None:
    put(server_url)
    put(clerk, jane)
    assert sql(server_url, "SELECT person_full_name FROM enriched") == [("Jane Doe",)]


def test_who_may_change_a_table_is_not_kept_waiting_by_those_who_use_it(server_url: str) -> None:
    sql(server_url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY)")
    with open_engine(server_url, read_only=False).connect() as using:
        using.execute(text("INSERT INTO enriched VALUES ('ada')"))
        if server_url.startswith("mysql"):
            using.execute(text("LOCK TABLES enriched WRITE"))
        writer(server_url)
    assert len(inspect(open_engine(server_url, read_only=True)).get_columns("enriched")) == 1


def test_a_file_that_somebody_writes_keeps_nobody_waiting(file_url: str, tmp_path: Path) -> None:
    sql(file_url, "CREATE TABLE enriched (customer_id TEXT PRIMARY KEY)")
    with closing(sqlite3.connect(tmp_path / "out.db")) as writing:
        writing.execute("INSERT INTO enriched VALUES ('ada')")
        began = time.monotonic()
        writer(file_url)
        assert time.monotonic() - began < 10
    assert len(inspect(open_engine(file_url, read_only=True)).get_columns("enriched")) == 1


def test_a_view_that_takes_no_rows_is_refused_at_once(url: str) -> None:
    put(url, name="people")
    sql(url, "CREATE VIEW enriched AS SELECT DISTINCT * FROM people")
    with pytest.raises(DatabaseError, match=r"view|not updatable"):
        writer(url)


def test_a_view_that_takes_rows_gets_them(server_url: str, jane: Finished) -> None:
    put(server_url, name="people")
    sql(server_url, "CREATE VIEW enriched AS SELECT * FROM people")
    put(server_url, jane)
    assert sql(server_url, "SELECT person_full_name FROM people") == [("Jane Doe",)]


@pytest.mark.parametrize("columns", ["*", "customer_id"])
def test_a_materialized_view_is_refused_at_once(postgresql_url: str, columns: str) -> None:
    put(postgresql_url, name="people")
    sql(postgresql_url, f"CREATE MATERIALIZED VIEW enriched AS SELECT {columns} FROM people")
    with pytest.raises((DatabaseError, OutputError), match="materialized view"):
        writer(postgresql_url)


@pytest.mark.parametrize("lacks", [False, True])
def test_a_foreign_table_that_can_not_be_written_or_lacks_columns_is_refused_at_once(
    postgresql_url: str, lacks: bool
) -> None:
    put(postgresql_url)
    there = inspect(open_engine(postgresql_url, read_only=True)).get_columns("enriched")
    columns = ", ".join(f"{column['name']} TEXT" for column in there[: 1 if lacks else None])
    sql(postgresql_url, "CREATE EXTENSION file_fdw")
    sql(postgresql_url, "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw")
    sql(postgresql_url, f"CREATE FOREIGN TABLE afar ({columns}) SERVER files OPTIONS (filename '/dev/null')")
    with pytest.raises((DatabaseError, OutputError), match="foreign table"):
        writer(postgresql_url, name="afar")


def test_a_partition_that_lacks_columns_is_refused_at_once_and_the_table_that_it_is_of_is_named(
    postgresql_url: str, jane: Finished
) -> None:
    sql(postgresql_url, "CREATE TABLE parted (customer_id TEXT) PARTITION BY LIST (customer_id)")
    sql(postgresql_url, "CREATE TABLE enriched PARTITION OF parted DEFAULT")
    with pytest.raises(OutputError, match="enriched: is a partition of parted; use that table"):
        writer(postgresql_url)
    put(postgresql_url, jane, name="parted")
    put(postgresql_url, jane)
    assert sql(postgresql_url, "SELECT person_full_name FROM enriched") == [("Jane Doe",)]


@pytest.mark.parametrize("plan_only", [False, True])
@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("business_review_count", "BOOLEAN"),
        ("business_rating", "JSONB"),
        ("person_confidence", '"char"'),
        ("person_cached_at", "INTEGER"),
        ("business_hours", "TEXT[]"),
        ("person_job_title", "TEXT[]"),
        ("enrichment_status", "TEXT[]"),
    ],
)
def test_a_column_that_can_never_hold_what_is_learned_is_refused_at_once(
    postgresql_url: str, column: str, kind: str, plan_only: bool
) -> None:
    put(postgresql_url)
    sql(postgresql_url, f"ALTER TABLE enriched DROP COLUMN {column}, ADD COLUMN {column} {kind}")
    with pytest.raises((DatabaseError, OutputError), match=column):
        writer(postgresql_url, plan_only=plan_only)


def test_a_dry_run_looks_at_the_columns_that_are_there_even_if_others_are_not(postgresql_url: str) -> None:
    sql(postgresql_url, "CREATE TABLE enriched (customer_id TEXT PRIMARY KEY, business_review_count BOOLEAN)")
    with pytest.raises(DatabaseError, match="business_review_count"):
        writer(postgresql_url, plan_only=True)


def test_in_a_dry_run_too_who_may_not_write_to_a_table_that_lacks_columns_hears_so(
    server_url: str, reader: str
) -> None:
    sql(server_url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, notes VARCHAR(99))")
    with pytest.raises(DatabaseError, match="denied"):
        writer(reader, plan_only=True)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("business_review_count", "NUMERIC"),
        ("business_review_count", "TEXT"),
        ("business_rating", "REAL"),
        ("business_rating", "INTEGER"),
        ("person_cached_at", "DATE"),
        ("person_cached_at", "TEXT"),
        ("person_cached_at", "VARCHAR(40)"),
        ("business_categories", "TEXT[]"),
        ("business_reviews", "JSONB[]"),
        ("business_hours", "JSON"),
        ("business_hours", "VARCHAR(99)"),
        ("person_job_title", "VARCHAR(99)"),
    ],
)
def test_a_column_that_may_hold_it_is_not(postgresql_url: str, column: str, kind: str) -> None:
    put(postgresql_url)
    sql(postgresql_url, f"ALTER TABLE enriched DROP COLUMN {column}, ADD COLUMN {column} {kind}")
    writer(postgresql_url)
