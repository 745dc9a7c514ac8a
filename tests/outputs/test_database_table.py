"""Rows into a table of a database: made or grown where needed, updated by the customer's id."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Timer
from uuid import uuid4

import orjson
import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, ExceptionContext, inspect, make_url, text
from sqlalchemy.event import listen, remove

from enrich_cli.databases import sqlite_files
from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError
from enrich_cli.databases.urls import sqlite_file
from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Result, State, content_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, HexCell, Rejected, Row
from enrich_cli.outputs import database_table
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.database_table import DatabaseTable
from enrich_cli.outputs.errors import OutputError, WritingFailed
from enrich_cli.sources.cells import cells_of
from tests.outputs.conftest import with_data
from tests.outputs.tables import INPUT, customer, put, sql, writer


def test_the_table_is_made_with_a_row_for_each_customer(url: str, jane: Finished) -> None:
    put(url, jane, customer(2, ["two@acme.com", ""]))
    columns = "customer_id, email, notes, enrichment_status, person_full_name"
    assert sql(url, f"SELECT {columns} FROM enriched ORDER BY 1") == [
        ("c2", "two@acme.com", None, "enriched", None),
        ("jane@acme.com", "JANE@acme.com", "vip", "enriched", "Jane Doe"),
    ]


def test_its_types_are_those_of_the_data(url: str) -> None:
    put(url)
    inspector = inspect(open_engine(url, read_only=True))
    kinds = {column["name"]: str(column["type"]).upper() for column in inspector.get_columns("enriched")}
    assert inspector.get_pk_constraint("enriched")["constrained_columns"] == ["customer_id"]
    assert kinds["person_confidence"].startswith("DOUBLE")
    assert kinds["business_review_count"].startswith("BIGINT")
    assert kinds["person_cached_at"] in ("TIMESTAMP", "DATETIME")
    assert any(word in kinds["person_employment"] for word in ("JSON", "LONGTEXT"))
    assert "TEXT" in kinds["notes"]


def test_values_are_what_they_are(url: str, jane: Finished) -> None:
    put(url, jane)
    ((confidence, cached_at, employment),) = sql(
        url, "SELECT person_confidence, person_cached_at, person_employment FROM enriched"
    )
    assert confidence == 0.97
    assert (cached_at if isinstance(cached_at, str) else f"{cached_at:%Y-%m-%dT%H:%M:%SZ}") == "2026-11-03T09:30:00Z"
    assert "Acme" in str(employment)


def test_a_time_is_exact_and_in_utc(url: str, jane: Finished, known: Enrichment) -> None:
    east = timezone(timedelta(hours=5))
    saved = replace(known, cached_at=datetime(2026, 11, 3, 14, 30, 0, 123456, tzinfo=east))
    put(url, replace(jane, results={DataType.PERSON: Result(State.FOUND, saved)}))
    ((cached_at,),) = sql(url, "SELECT person_cached_at FROM enriched")
    if isinstance(cached_at, str):
        assert cached_at == "2026-11-03T09:30:00Z"
    else:
        assert (cached_at if cached_at.tzinfo else cached_at.replace(tzinfo=UTC)) == saved.cached_at


@pytest.mark.parametrize("kind", ["TEXT", "VARCHAR(99)"])
def test_where_it_was_a_text_it_stays_one(url: str, jane: Finished, kind: str) -> None:
    sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, person_cached_at {kind})")
    sql(url, "INSERT INTO enriched VALUES ('jane@acme.com', '2026-10-01T00:00:00Z')")
    put(url, jane)
    put(url, jane, customer(2, ["a", "b"]))
    assert sql(url, "SELECT customer_id, person_cached_at FROM enriched ORDER BY 1") == [
        ("c2", None),
        ("jane@acme.com", "2026-11-03T09:30:00Z"),
    ]


@pytest.mark.parametrize("kind", ["text[]", "varchar(99)[]"])
def test_a_list_is_one_where_the_column_is_an_array(
    postgresql_url: str, jane: Finished, known: Enrichment, kind: str
) -> None:
    columns = f"business_categories {kind}, business_reviews {kind}"
    sql(postgresql_url, f"CREATE TABLE enriched (customer_id text PRIMARY KEY, {columns})")
    said = {"categories": ["Dentist", 'a, "b"'], "reviews": [{"rating": 5.0}]}
    put(postgresql_url, with_data(jane, known, DataType.BUSINESS, **said), customer(2, ["a", "b"]))
    assert sql(postgresql_url, "SELECT business_categories, business_reviews FROM enriched ORDER BY customer_id") == [
        (None, None),
        (["Dentist", 'a, "b"'], ['{"rating":5.0}']),
    ]


def test_the_same_rows_once_more_update_what_is_there(url: str, jane: Finished, known: Enrichment) -> None:
    put(url, jane, customer(2, ["a", "b"]))
    other = replace(known, content=content_of({"full_name": "Jane Roe"}))
    put(url, replace(jane, results={DataType.PERSON: Result(State.FOUND, other)}), customer(2, ["new", "b"]))
    assert sql(url, "SELECT customer_id, email, person_full_name FROM enriched ORDER BY 1") == [
        ("c2", "new", None),
        ("jane@acme.com", "JANE@acme.com", "Jane Roe"),
    ]


@pytest.mark.parametrize("unique", [" PRIMARY KEY", "", " UNIQUE"])
def test_a_table_that_is_there_keeps_its_other_columns_and_gets_what_it_lacks(
    url: str, jane: Finished, unique: str
) -> None:
    sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(99){unique}, grade INTEGER, person_full_name VARCHAR(99))")
    sql(url, "INSERT INTO enriched VALUES ('jane@acme.com', 7, 'old')")
    put(url, jane, customer(2, ["a", "b"]))
    put(url, jane, customer(2, ["a", "b"]))
    assert sql(url, "SELECT customer_id, grade, person_full_name, person_source FROM enriched ORDER BY 1") == [
        ("c2", None, None, None),
        ("jane@acme.com", 7, "Jane Doe", "clearbit,hunter"),
    ]
    there = inspect(open_engine(url, read_only=True)).get_columns("enriched")
    assert "notes" not in {column["name"] for column in there}


@pytest.mark.parametrize("name", ["100% sure", "a%%b"])
def test_a_table_that_is_there_may_have_percent_signs_in_its_name(url: str, jane: Finished, name: str) -> None:
    quoted = f"`{name}`" if "mysql" in url else f'"{name}"'
    with open_engine(url, read_only=False).begin() as connection:
        create = f"CREATE TABLE {quoted} (customer_id VARCHAR(99) PRIMARY KEY, notes VARCHAR(99))"
        connection.execution_options(no_parameters=True).exec_driver_sql(create)
    put(url, jane, name=name)
    assert sql(url, f"SELECT notes, person_full_name FROM {quoted}") == [("vip", "Jane Doe")]


def test_the_source_s_own_table_gets_what_was_learned_and_nothing_else_is_touched(url: str, jane: Finished) -> None:
    sql(url, "CREATE TABLE crm (id INTEGER PRIMARY KEY, email VARCHAR(99) NOT NULL, notes VARCHAR(99), born DATE)")
    sql(url, "INSERT INTO crm VALUES (5, 'Jane@acme.com', NULL, '1970-01-01')")
    assert isinstance(jane.row, Row)
    cells = ["5", "jane@acme.com", "", "1970-01-01"]
    row = replace(jane, row=Row(2, cells, jane.row.customer), customer_id="5")
    put(url, row, name="crm", id_column="id", source_table="crm", input_names=("id", "email", "notes", "born"))
    assert sql(url, "SELECT id, email, notes, person_full_name FROM crm") == [(5, "Jane@acme.com", None, "Jane Doe")]


def test_a_row_goes_back_to_where_it_came_from_and_nowhere_else(url: str, jane: Finished) -> None:
    """By the id as the table has it, though another column is called `customer_id`, and the id is shown otherwise."""
    sql(url, "CREATE TABLE crm (id VARCHAR(99), customer_id VARCHAR(99), email VARCHAR(99), age INTEGER)")
    for row in ("' JANE', 'c2', 'j@acme.com', 1", "'c2', ' JANE', 'c2@acme.com', 2", "NULL, 'x', 'c3@acme.com', 3"):
        sql(url, f"INSERT INTO crm VALUES ({row})")
    names = ("id", "customer_id", "email", "age")
    table = writer(url, name="crm", id_column="id", source_table="crm", input_names=names)
    assert isinstance(jane.row, Row)
    for cells, shown in (([" JANE", "c2", "j@acme.com", "1"], "JANE"), (["", "x", "c3@acme.com", "3"], "c3@acme.com")):
        table.write(replace(jane, row=Row(2, cells, jane.row.customer), customer_id=shown))
    table.write(replace(jane, row=Row(4, ["gone", "", "", ""], jane.row.customer), customer_id="gone"))
    table.close()
    assert sql(url, "SELECT age, person_full_name FROM crm ORDER BY age") == [(1, "Jane Doe"), (2, None), (3, None)]
    assert table.losses == ("2 rows of the table were not found again by the id, so nothing was written there",)


def test_a_strict_table_gets_columns_of_types_that_it_knows(file_url: str, jane: Finished) -> None:
    sql(file_url, "CREATE TABLE enriched (customer_id TEXT PRIMARY KEY) STRICT")
    put(file_url, jane)
    put(file_url, jane)
    assert sql(file_url, "SELECT person_full_name, person_confidence, business_review_count FROM enriched") == [
        ("Jane Doe", 0.97, None)
    ]


def test_ids_that_differ_by_case_are_two_rows_of_the_source_s_own_table(url: str) -> None:
    # As MySQL mostly compares by itself.
    loosely = " COLLATE NOCASE" if url.startswith("sqlite") else ""
    sql(url, f"CREATE TABLE crm (customer_id VARCHAR(99){loosely}, email VARCHAR(99), notes VARCHAR(99))")
    sql(url, "INSERT INTO crm VALUES ('a1', 'a@acme.com', ''), ('A1', 'b@acme.com', '')")
    lower, upper = customer(1, ["a@acme.com", ""]), customer(2, ["b@acme.com", ""])
    rows = (replace(lower, customer_id="a1"), replace(upper, customer_id="A1", count=Count.NOT_FOUND))
    for source_table in (None, "crm"):
        put(url, *rows, name="crm", source_table=source_table)
        assert sql(url, "SELECT email, enrichment_status FROM crm ORDER BY email") == [
            ("a@acme.com", "enriched"),
            ("b@acme.com", "not_found"),
        ]


def loose_key(url: str) -> str:
    """The type of a column to which a1 and A1 are the same."""
    if url.startswith("postgresql"):
        sql(url, "CREATE EXTENSION citext")
        return "CITEXT"
    return f"VARCHAR(99) COLLATE {'NOCASE' if url.startswith('sqlite') else 'utf8mb4_general_ci'}"


@pytest.mark.parametrize("beside", ["", ", grade INTEGER NOT NULL"])
def test_of_ids_that_are_the_same_to_the_key_one_has_the_row_and_the_others_are_told_of(url: str, beside: str) -> None:
    sql(url, f"CREATE TABLE enriched (customer_id {loose_key(url)} PRIMARY KEY, email VARCHAR(99){beside})")
    grade = ", 3" if beside else ""
    for shown in ("OLD", "kept"):
        sql(url, f"INSERT INTO enriched VALUES ('{shown}', 'before'{grade})")
    rows = [replace(customer(1, [shown, "3"]), customer_id=shown) for shown in ("a1", "b", "A1", "old", "kept")]
    for _ in range(2):
        table = writer(url, input_names=("email", "grade"))
        for row in rows:
            table.write(row)
        table.close()
        assert sql(url, "SELECT customer_id, email FROM enriched ORDER BY 2") == [
            ("a1", "a1"), ("b", "b"), ("OLD", "before"), ("kept", "kept"),
        ]  # fmt: skip
        (told,) = table.losses
        assert told.startswith("2 rows were not written: the key of table enriched takes the id for another's")


def test_ids_that_are_the_same_to_the_database_find_their_own_rows(postgresql_url: str) -> None:
    kind = loose_key(postgresql_url)
    sql(postgresql_url, f"CREATE TABLE crm (id {kind}, email TEXT, notes TEXT)")
    sql(postgresql_url, "INSERT INTO crm VALUES ('a1', 'a', ''), ('A1', 'b', '')")
    names = ("id", "email", "notes")
    rows = [
        replace(customer(1, ["a1", "a", ""]), customer_id="a1"),
        replace(customer(2, ["A1", "b", ""]), customer_id="A1", count=Count.NOT_FOUND),
    ]
    put(postgresql_url, *rows, name="crm", id_column="id", source_table="crm", input_names=names)
    assert sql(postgresql_url, "SELECT id, email, enrichment_status FROM crm ORDER BY 2") == [
        ("a1", "a", "enriched"),
        ("A1", "b", "not_found"),
    ]


@pytest.mark.parametrize("kind", ["CHAR(5)", "VARCHAR(5)", "UUID", "INTEGER"])
def test_rows_go_back_by_keys_of_any_type(postgresql_url: str, kind: str) -> None:
    given = str(uuid4()) if kind == "UUID" else "17"
    sql(postgresql_url, f"CREATE TABLE crm (id {kind} PRIMARY KEY, email TEXT, notes TEXT)")
    sql(postgresql_url, f"INSERT INTO crm VALUES ('{given}', 'a', '')")
    cell = f"{given:5}" if kind == "CHAR(5)" else given
    row = replace(customer(1, [cell, "a", ""]), customer_id=given)
    names = ("id", "email", "notes")
    for source_table in ("crm", None):
        put(postgresql_url, row, name="crm", id_column="id", source_table=source_table, input_names=names)
    assert sql(postgresql_url, "SELECT email, enrichment_status FROM crm") == [("a", "enriched")]


def test_rows_go_back_by_keys_of_so_many_bytes_and_bytes_stay_what_they_are(mysql_url: str, jane: Finished) -> None:
    """As a source shows them: hexadecimal where they are no text. A file may hold such an id, too."""
    sql(mysql_url, "CREATE TABLE crm (id BINARY(8) PRIMARY KEY, photo BLOB, person_full_name VARCHAR(99))")
    keys = b"deadbeef", b"\xa0\xee\xbc\x99\x9c\x0bN\xf8"
    for key in keys:
        sql(mysql_url, "INSERT INTO crm (id, photo) VALUES (:key, :photo)", key=key, photo=b"\xff\x00")
    sql(mysql_url, "CREATE TABLE copied LIKE crm")
    shown = [["deadbeef", "c3a9"], ["a0eebc999c0b4ef8", HexCell("ff00")]]
    rows = [replace(jane, row=Row(1, cells, Customer(CustomerId(cells[0]))), customer_id=cells[0]) for cells in shown]
    names = {"input_names": ("id", "photo"), "id_column": "id"}
    put(mysql_url, *rows, name="crm", source_table="crm", **names)
    put(mysql_url, *rows, name="copied", **names)
    assert sql(mysql_url, "SELECT id, person_full_name FROM crm ORDER BY 1") == [(key, "Jane Doe") for key in keys]
    assert sql(mysql_url, "SELECT id, photo FROM copied ORDER BY 1") == [(keys[0], b"c3a9"), (keys[1], b"\xff\x00")]


def test_bytes_of_postgresql_stay_what_they_are(postgresql_url: str) -> None:
    """The last as PostgreSQL itself writes them; `ab` is as good a text as any."""
    sql(postgresql_url, "CREATE TABLE enriched (customer_id TEXT PRIMARY KEY, notes BYTEA)")
    cells = [HexCell("ff00"), "ab", r"a\b", r"\xff00"]
    put(postgresql_url, *(customer(number, ["", cell]) for number, cell in enumerate(cells)))
    assert [bytes(notes) for (notes,) in sql(postgresql_url, "SELECT notes FROM enriched ORDER BY customer_id")] == [
        b"\xff\x00",
        b"ab",
        rb"a\b",
        b"\xff\x00",
    ]


def test_the_source_s_own_table_is_known_by_any_of_its_names(postgresql_url: str) -> None:
    sql(postgresql_url, "CREATE TABLE crm (customer_id TEXT PRIMARY KEY, email TEXT, notes TEXT)")
    sql(postgresql_url, "INSERT INTO crm VALUES ('c1', 'C1@acme.com', '')")
    for name in ("public.crm", '"public"."crm"', '"crm"'):
        put(postgresql_url, customer(1, ["c1@acme.com", "x"]), name=name, source_table="crm")
        put(postgresql_url, customer(1, ["c1@acme.com", "x"]), name="crm", source_table=name)
    assert sql(postgresql_url, "SELECT email, notes, enrichment_status FROM crm") == [("C1@acme.com", "", "enriched")]


def test_what_the_database_makes_by_itself_it_is_not_told(url: str) -> None:
    makes = "GENERATED ALWAYS AS (grade + 1) STORED"
    sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, grade INTEGER, next INTEGER {makes})")
    put(url, customer(1, ["7", "9"]), input_names=("grade", "next"))
    assert sql(url, "SELECT grade, next FROM enriched") == [(7, 8)]


def test_own_cells_go_into_columns_of_other_types(url: str) -> None:
    sql(url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, Age INTEGER, born DATE)")
    put(url, customer(1, ["42", "1970-01-02"]), customer(2, ["", ""]), input_names=("age", "born"))
    assert [(row[0], row[1], row[2] and str(row[2])) for row in sql(url, "SELECT * FROM enriched ORDER BY 1")] == [
        ("c1", 42, "1970-01-02"),
        ("c2", None, None),
    ]


def test_numbers_that_json_has_none_for_stay_what_they_are(postgresql_url: str) -> None:
    """As sources give them: as texts, also within a list."""
    query = "SELECT 'NaN'::float8, 'Infinity'::numeric, '{0.5,NaN,-Infinity,NULL}'::float8[], '{{1,NaN}}'::numeric[]"
    with open_engine(postgresql_url, read_only=True).connect() as reading:
        values = list(reading.execute(text(query)).one())
    columns = "score FLOAT8, price NUMERIC, scores FLOAT8[], prices NUMERIC[]"
    sql(postgresql_url, f"CREATE TABLE enriched (customer_id TEXT PRIMARY KEY, {columns})")
    names = ("score", "price", "scores", "prices")
    put(postgresql_url, customer(1, cells_of(values)), input_names=names)
    assert [str(value) for value in sql(postgresql_url, f"SELECT {', '.join(names)} FROM enriched")[0]] == [
        str(value) for value in values
    ]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("jsonb[]", '[{"paid": 1.10},3,null,["a"],"b"]'),
        ("json[]", '[{"paid":1.10}]'),
        ("int[]", "[1,null]"),
        ("boolean[]", "[true,false]"),
        ("float8[]", "[[0.5,1],[1e+300,null]]"),
        ("date[]", '["2026-11-03"]'),
        ("text[]", '["NaN","[x","a,b",null]'),
    ],
)
def test_a_list_in_a_cell_is_one_in_an_array_too(postgresql_url: str, kind: str, cell: str) -> None:
    sql(postgresql_url, f"CREATE TABLE enriched (customer_id text PRIMARY KEY, things {kind})")
    put(postgresql_url, customer(1, [cell]), input_names=("things",))
    ((things,),) = sql(postgresql_url, "SELECT to_json(things)::text FROM enriched")
    assert json.loads(things, parse_float=str) == json.loads(cell, parse_float=str)


def test_where_nothing_may_not_be_null_it_is_an_empty_text(url: str) -> None:
    columns = "email VARCHAR(99) NOT NULL, born DATE, notes VARCHAR(99)"
    sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, {columns})")
    put(url, customer(1, ["", "", ""]), input_names=("email", "born", "notes"))
    assert sql(url, "SELECT email, born, notes FROM enriched") == [("", None, None)]


def test_cells_of_a_database_fit_another_of_another_kind(mysql_url: str, postgresql_url: str) -> None:
    """As sources give booleans, moments and lists of PostgreSQL, and bits of MySQL."""
    cells = ["true", "2026-11-03T09:30:00+02:00", '["a", null]', "1"]
    names = ("is_vip", "seen", "tags", "flag")
    of_mysql = "is_vip TINYINT(1), seen DATETIME, tags VARCHAR(99), flag BIT(1)"
    of_postgresql = "is_vip BOOLEAN, seen TIMESTAMPTZ, tags TEXT[], flag BIT(1)"
    seen = datetime(2026, 11, 3, 7, 30)  # noqa: DTZ001 MySQL's have no zone
    for url, columns, expected in (
        (mysql_url, of_mysql, (1, seen, '["a", null]', b"\1")),
        (postgresql_url, of_postgresql, (True, seen.replace(tzinfo=UTC), ["a", None], "1")),
    ):
        sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, {columns})")
        put(url, customer(1, cells), input_names=names)
        assert sql(url, "SELECT is_vip, seen, tags, flag FROM enriched") == [expected]


def test_rows_of_a_table_that_takes_no_new_ones_are_updated(url: str, jane: Finished) -> None:
    sql(url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, grade INTEGER NOT NULL)")
    sql(url, "INSERT INTO enriched VALUES ('jane@acme.com', 1)")
    put(url, jane)
    assert sql(url, "SELECT grade, person_full_name FROM enriched") == [(1, "Jane Doe")]


def test_a_table_that_numbers_its_rows_takes_new_ones(file_url: str, jane: Finished) -> None:
    sql(file_url, "CREATE TABLE enriched (id INTEGER NOT NULL PRIMARY KEY, customer_id VARCHAR(99) UNIQUE)")
    put(file_url, jane)
    assert sql(file_url, "SELECT id, person_full_name FROM enriched") == [(1, "Jane Doe")]


def test_a_name_that_is_another_s_but_for_case_makes_no_table_unless_it_is_quoted(server_url: str) -> None:
    sql(server_url, "CREATE TABLE contacts (customer_id VARCHAR(99) PRIMARY KEY)")
    with pytest.raises(OutputError, match=r"--output-table Contacts: there is a table contacts: .* double quotes"):
        writer(server_url, name="Contacts")
    put(server_url, name='"Contacts"')
    assert {"contacts", "Contacts"} <= set(inspect(open_engine(server_url, read_only=True)).get_table_names())


def test_texts_of_any_kind_and_any_column_names_come_through(url: str) -> None:
    names = ("", "Mail", "mail", "50% off (now)", "ü" * 80, "customer_id ", "business_name2:x")
    cells = ["zero", "ＡCME 🦊", 'it\'s "quoted"', "\\", "x" * 70_000, "6", "7"]
    put(url, customer(1, cells), input_names=names)
    (row,) = sql(url, "SELECT * FROM enriched")
    assert set(cells) <= set(row)


def test_a_nul_that_a_provider_said_breaks_nothing_off(url: str, known: Enrichment) -> None:
    said = {"bio": "a\x00b", "employment": [{"company": "a\x00b", "title": r"\u0000"}]}
    put(url, customer(1, ["", ""], Result(State.FOUND, replace(known, content=content_of(said)))))
    ((bio, employment),) = sql(url, "SELECT person_bio, person_employment FROM enriched")
    jobs = orjson.loads(employment) if isinstance(employment, str) else employment
    assert {bio, jobs[0]["company"]} <= {"a\x00b", "a\ufffdb"}
    assert jobs[0]["title"] == r"\u0000"


def test_columns_that_are_called_the_same_go_where_they_went_before(url: str) -> None:
    for cells in (["a", "b", "c"], ["d", "e", "f"]):
        put(url, customer(1, cells), input_names=("notes", "notes", "Notes"))
    (row,) = sql(url, "SELECT * FROM enriched")
    assert row[:4] == ("c1", "d", "e", "f")


def test_ids_that_differ_by_case_are_two_customers(url: str, jane: Finished) -> None:
    put(url, jane, replace(jane, customer_id="JANE@acme.com"))
    assert sql(url, "SELECT COUNT(*) FROM enriched") == [(2,)]


def test_a_customer_who_stands_twice_is_one_row_and_a_rejected_one_without_id_is_none(url: str, jane: Finished) -> None:
    put(url, jane, jane, Finished(Rejected(4, ["?", ""], "no"), Count.REJECTED))
    assert sql(url, "SELECT customer_id FROM enriched") == [("jane@acme.com",)]


def test_a_rejected_row_with_an_id_stands_there_without_data(url: str, jane: Finished) -> None:
    put(url, jane, Finished(Rejected(4, ["?", ""], "no", customer_id="17"), Count.REJECTED, customer_id="17"))
    rows = sql(url, "SELECT customer_id, enrichment_status, person_full_name FROM enriched ORDER BY customer_id")
    assert rows == [("17", "rejected", None), ("jane@acme.com", "enriched", "Jane Doe")]


def test_a_schema_may_be_named(postgresql_url: str, jane: Finished) -> None:
    sql(postgresql_url, "CREATE SCHEMA crm")
    put(postgresql_url, jane, name="crm.enriched")
    assert sql(postgresql_url, "SELECT person_full_name FROM crm.enriched") == [("Jane Doe",)]


def test_a_schema_that_is_not_there_is_refused_before_anything_is_written(postgresql_url: str) -> None:
    with pytest.raises(OutputError, match="no schema 'crm'"):
        writer(postgresql_url, name="crm.enriched")


def test_rows_are_committed_in_batches_and_what_is_left_over_is_dropped(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_table, "_ROWS_A_BATCH", 2)
    table = writer(file_url)
    for number in range(5):
        table.write(customer(number, ["a", "b"]))
    table.discard()
    table.discard()
    assert sql(file_url, "SELECT COUNT(*) FROM enriched") == [(4,)]


def test_nothing_is_made_before_there_is_a_row(file_url: str, tmp_path: Path) -> None:
    writer(file_url).discard()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_made_is_its_owners_alone(file_url: str, tmp_path: Path, jane: Finished) -> None:
    put(file_url, jane)
    assert (tmp_path / "out.db").stat().st_mode & 0o777 == 0o600


def test_a_table_without_an_id_is_refused(file_url: str) -> None:
    sql(file_url, "CREATE TABLE enriched (email TEXT)")
    with pytest.raises(OutputError, match="no column customer_id"):
        writer(file_url)


def test_a_view_that_lacks_columns_is_refused_before_anything_is_written(url: str) -> None:
    sql(url, "CREATE TABLE crm (customer_id VARCHAR(99) PRIMARY KEY, email VARCHAR(99))")
    sql(url, "CREATE VIEW enriched AS SELECT * FROM crm")
    with pytest.raises(OutputError, match=r"is a view.* such as enrichment_status"):
        writer(url)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="folder"):
        writer(f"sqlite:///{tmp_path / 'none' / 'out.db'}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://ada:hush@127.0.0.1:1/crm", "refused"),
        ("sqlite:////etc/passwd", "not a database"),
        ("oracle://ada:hush@127.0.0.1:1/crm", "postgresql://"),
    ],
)
def test_what_is_no_database_that_can_be_reached_is_said_at_once(url: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words) as refusal:
        writer(url)
    assert "hush" not in str(refusal.value)


def test_a_url_without_a_database_is_good_for_a_table_that_is_named_with_its_own(
    mysql_url: str, jane: Finished
) -> None:
    database = make_url(mysql_url).database
    of_the_server = make_url(mysql_url).set(database="").render_as_string(hide_password=False)
    put(of_the_server, jane, name=f"{database}.enriched")
    assert sql(mysql_url, "SELECT count(*) FROM enriched") == [(1,)]
    with pytest.raises(OutputError, match=r"names no database.*DATABASE\.enriched"):
        writer(of_the_server)


def test_a_table_that_goes_away_breaks_the_writing_off(
    file_url: str, jane: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_table, "_ROWS_A_BATCH", 1)
    table = writer(file_url)
    table.write(jane)
    sql(file_url, "DROP TABLE enriched")
    with pytest.raises(WritingFailed, match=r"no such table.*1 rows were written"):
        table.write(jane)


def test_a_table_that_became_a_view_meanwhile_breaks_the_writing_off(file_url: str, jane: Finished) -> None:
    sql(file_url, "CREATE TABLE other (customer_id)")
    table = writer(file_url)
    table.write(jane)
    sql(file_url, "CREATE VIEW enriched AS SELECT * FROM other")
    with pytest.raises(WritingFailed, match=r"is a view.*; 0 rows were written"):
        table.close()


def test_a_folder_that_vanished_meanwhile_breaks_the_writing_off(tmp_path: Path, jane: Finished) -> None:
    (tmp_path / "results").mkdir()
    table = writer(f"sqlite:///{tmp_path / 'results' / 'out.db'}")
    table.write(jane)
    (tmp_path / "results").rmdir()
    with pytest.raises(WritingFailed, match=r"the folder of .* does not exist.*; 0 rows were written"):
        table.close()


def test_a_disk_without_room_for_a_new_file_is_told_of(
    tmp_path: Path, jane: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_path: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(WritingFailed, match=r"crm\.db: writing failed: No space left on device"):
        put(f"sqlite:///{tmp_path}/crm.db", jane)


def test_what_is_no_regular_file_is_refused_before_anything_is_paid_for() -> None:
    with pytest.raises(DatabaseError, match="/dev/null: is no regular file"):
        writer("sqlite:////dev/null")


def test_a_file_that_is_locked_when_a_run_begins_is_not_waited_for_as_long_as_when_it_is_written(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_table, "_FIRST_LOOK_SECONDS", 0.5)
    sql(file_url, "CREATE TABLE enriched (customer_id PRIMARY KEY)")
    with closing(sqlite3.connect(sqlite_file(file_url) or "")) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(DatabaseError, match="the file is locked by another program"):
            writer(file_url)
        assert 0.4 < time.monotonic() - began < 5


def test_what_was_paid_for_waits_longer_for_a_locked_file_than_the_first_look(
    file_url: str, jane: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_table, "_FIRST_LOOK_SECONDS", 0.1)
    sql(file_url, "CREATE TABLE enriched (customer_id PRIMARY KEY)")
    table = writer(file_url)
    table.write(jane)
    with closing(sqlite3.connect(sqlite_file(file_url) or "", check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        release = Timer(0.5, other.rollback)
        release.start()
        table.close()
        release.join()
    assert sql(file_url, "SELECT customer_id FROM enriched") == [("jane@acme.com",)]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_locked_file_is_waited_for_once_and_named(
    file_url: str, jane: Finished, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "_BUSY_SECONDS", 0.1)
    sql(file_url, "CREATE TABLE enriched (customer_id PRIMARY KEY)" if is_there else "CREATE TABLE other (id)")
    table = writer(file_url)
    table.write(jane)
    waited_in_vain: list[str] = []

    def note(context: ExceptionContext) -> None:
        waited_in_vain.append(str(context.original_exception))

    listen(Engine, "handle_error", note)
    try:
        with closing(sqlite3.connect(sqlite_file(file_url) or "")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(WritingFailed) as end:
                table.close()
    finally:
        remove(Engine, "handle_error", note)
    assert waited_in_vain == ["database is locked"]
    assert str(end.value).startswith(f"{file_url}: the file is locked by another program: let that finish or end it")


@pytest.mark.parametrize(
    ("notes", "key", "words"),
    [
        ("INTEGER CHECK (notes < 100)", "PRIMARY KEY", ""),
        ("INTEGER CHECK (notes < 100)", "UNIQUE", ""),
        ("SMALLINT", "PRIMARY KEY", r".*\bnotes\b"),
        ("VARCHAR(3)", "PRIMARY KEY", r".*\bnotes\b"),
    ],
)
def test_a_row_that_the_table_does_not_take_is_told_by_its_line_and_column(
    url: str, monkeypatch: pytest.MonkeyPatch, notes: str, key: str, words: str
) -> None:
    monkeypatch.setattr(database_table, "_ROWS_A_BATCH", 2)
    if "sqlite" in url:
        notes = "INTEGER CHECK (notes < 100)"
    sql(url, f"CREATE TABLE enriched (customer_id VARCHAR(9) NOT NULL {key}, notes {notes})")
    table = writer(url)
    for number in (1, 2, 3):
        table.write(customer(number, ["", str(number)]))
    with pytest.raises(WritingFailed, match=rf"the row on line 4 is refused: (?!.*at row){words}") as end:
        table.write(customer(4, ["", "40000"]))
    assert str(end.value).endswith("; 2 rows were written before that")
    assert sql(url, "SELECT customer_id FROM enriched ORDER BY 1") == [("c1",), ("c2",)]


def test_a_character_that_an_older_encoding_lacks_is_told_by_its_line(older_postgresql_url: str) -> None:
    rows = [customer(1, ["", "é"]), customer(2, ["", "Ł"])]
    if sql(older_postgresql_url, "SHOW server_encoding") == [("SQL_ASCII",)]:
        put(older_postgresql_url, *rows)
        assert sql(older_postgresql_url, "SELECT notes FROM enriched ORDER BY 1") == [("é",), ("Ł",)]
    else:
        with pytest.raises(WritingFailed, match=r"the row on line 2 is refused: .*\(column notes\)"):
            put(older_postgresql_url, *rows)


@pytest.mark.parametrize("option", ["charset=latin1", "client_encoding=latin1"])
def test_an_encoding_of_the_url_that_lacks_a_character_is_to_be_left_out(
    request: pytest.FixtureRequest, option: str
) -> None:
    url: str = request.getfixturevalue("mysql_url" if option.startswith("charset") else "postgresql_url")
    encoded = make_url(url).update_query_string(option).render_as_string(hide_password=False)
    with pytest.raises(WritingFailed, match=r"its URL asks for lacks a character .*; 0 rows were written"):
        put(encoded, customer(1, ["", "é"]), customer(2, ["", "Ł"]))


@pytest.mark.parametrize(("stored", "written"), [("MyISAM", 2), ("InnoDB", 0)])
def test_rows_that_a_table_without_transactions_keeps_are_counted(mysql_url: str, stored: str, written: int) -> None:
    sql(mysql_url, f"CREATE TABLE enriched (customer_id VARCHAR(9) PRIMARY KEY, notes VARCHAR(3)) ENGINE {stored}")
    body = "BEGIN IF NEW.notes = 'no' THEN SIGNAL SQLSTATE '45000'; END IF; END"
    sql(mysql_url, f"CREATE TRIGGER never BEFORE INSERT ON enriched FOR EACH ROW {body}")
    with pytest.raises(WritingFailed, match="the row on line 3 is refused: ") as end:
        put(mysql_url, *(customer(number, ["", note]) for number, note in enumerate(("a", "b", "no", "d"), 1)))
    assert str(end.value).endswith(f"; {written} rows were written before that")
    assert len(sql(mysql_url, "SELECT * FROM enriched")) == written


RAISES = {
    "sqlite": {"SELECT RAISE(ABORT, 'no ada@acme.com here')": "SQLITE_CONSTRAINT_TRIGGER"},
    "postgresql": {
        "RAISE 'no % here', NEW.email": "SQLSTATE P0001",
        "RAISE 'no % here', NEW.email USING ERRCODE = 'XX123'": "SQLSTATE XX123",
        "RAISE 'no % here', NEW.email USING ERRCODE = '23505', CONSTRAINT = 'no_twins', COLUMN = 'email'": (
            "SQLSTATE 23505, column email"
        ),
    },
    "mysql": {
        "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no ada@acme.com here'": "SQLSTATE 45000",
        "SIGNAL SQLSTATE '02123' SET MESSAGE_TEXT = 'no ada@acme.com here'": "SQLSTATE 02123",
        "SIGNAL SQLSTATE '23000' SET MESSAGE_TEXT = 'no ada@acme.com here', MYSQL_ERRNO = 50000": "SQLSTATE 23000",
    },
}


@pytest.mark.parametrize("number", [1062, 1048, 1264, 1146, 1644])
def test_a_trigger_that_borrows_an_error_of_the_server_shows_no_email(mysql_url: str, number: int) -> None:
    sql(mysql_url, "CREATE TABLE enriched (customer_id VARCHAR(9) NOT NULL PRIMARY KEY, email VARCHAR(99))")
    said = "MESSAGE_TEXT = 'Duplicate entry ada@acme.com for key ''ada@acme.com'''"
    body = f"BEGIN IF NEW.email <> '' THEN SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = {number}, {said}; END IF; END"
    sql(mysql_url, f"CREATE TRIGGER no BEFORE INSERT ON enriched FOR EACH ROW {body}")
    with pytest.raises(WritingFailed) as end:
        put(mysql_url, customer(1, ["", ""]), customer(2, ["ada@acme.com", ""]))
    assert "ada@" not in str(end.value)


@pytest.mark.parametrize(("kind", "raises", "code"), [(kind, *one) for kind in RAISES for one in RAISES[kind].items()])
def test_of_what_a_trigger_says_only_the_code_is_shown_with_the_line(
    request: pytest.FixtureRequest, kind: str, raises: str, code: str
) -> None:
    url: str = request.getfixturevalue("file_url" if kind == "sqlite" else f"{kind}_url")
    sql(url, "CREATE TABLE enriched (customer_id VARCHAR(9) NOT NULL PRIMARY KEY, email VARCHAR(99))")
    if kind == "postgresql":
        sql(url, f"CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {raises}; END$$")
        sql(
            url,
            "CREATE TRIGGER no BEFORE INSERT ON enriched FOR EACH ROW WHEN (NEW.email <> '') EXECUTE FUNCTION say()",
        )
    elif kind == "mysql":
        body = f"BEGIN IF NEW.email <> '' THEN {raises}; END IF; END"
        sql(url, f"CREATE TRIGGER no BEFORE INSERT ON enriched FOR EACH ROW {body}")
    else:
        sql(url, f"CREATE TRIGGER no BEFORE INSERT ON enriched WHEN NEW.email <> '' BEGIN {raises}; END")
    with pytest.raises(WritingFailed, match="the row on line 2 is refused: a trigger or function") as end:
        put(url, customer(1, ["", ""]), customer(2, ["ada@acme.com", ""]))
    assert f"({code})" in str(end.value)
    assert "ada@" not in str(end.value)


def test_rows_that_somebody_else_writes_the_other_way_round_are_written_once_more(server_url: str) -> None:
    rows = [customer(number, ["", "ours"]) for number in (1, 2)]
    put(server_url, *rows, *(customer(number, ["", ""]) for number in range(3, 30)))
    theirs = "UPDATE enriched SET notes = 'theirs' WHERE customer_id"
    table = writer(server_url)
    with open_engine(server_url, read_only=False).begin() as connection, ThreadPoolExecutor() as threads:
        # Of two who wait for each other, MySQL ends the one that has written less.
        connection.execute(text(f"{theirs} > 'c1'"))
        for row in rows:
            table.write(row)
        writing = threads.submit(table.close)
        # Asked again within a tenth of a second, MySQL would say what it said before.
        waiting, pause = "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", 0.2
        if "postgresql" in server_url:
            # Of two who wait for each other, it ends the first one, unless that one has waited for a second alone.
            waiting, pause = "SELECT count(*) FROM pg_locks WHERE NOT granted", 0.01
        while not sql(server_url, waiting)[0][0]:
            assert not writing.done()
            time.sleep(pause)
        connection.execute(text(f"{theirs} = 'c1'"))
        connection.commit()
        writing.result()
    assert sql(server_url, "SELECT notes FROM enriched WHERE customer_id IN ('c1', 'c2')") == [("ours",)] * 2


@pytest.mark.parametrize("is_there", [False, True])
def test_several_runs_may_make_what_is_lacking_at_once(url: str, jane: Finished, is_there: bool) -> None:
    if is_there:
        sql(url, "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY)")
    by_type = [Columns(INPUT, (data_type,), has_id=False) for data_type in (DataType.PERSON, DataType.BUSINESS)]
    tables = [DatabaseTable(url, "enriched", columns, id_column=None) for columns in by_type]
    for table in tables:
        table.write(jane)
        table.close()
    assert sql(url, "SELECT person_full_name, business_name FROM enriched") == [("Jane Doe", None)]


def test_a_moment_is_stored_in_utc(url: str, jane: Finished, known: Enrichment) -> None:
    there = known.cached_at.astimezone(datetime.fromisoformat("2026-01-01T00:00:00+09:00").tzinfo)
    result = Result(State.FOUND, replace(known, cached_at=there))
    put(url, replace(jane, results={DataType.PERSON: result}))
    ((moment,),) = sql(url, "SELECT person_cached_at FROM enriched")
    assert "09:30:00" in str(moment)


def test_a_value_too_long_for_a_table_without_transactions_is_refused_not_cut(mysql_url: str) -> None:
    sql(mysql_url, "CREATE TABLE enriched (customer_id VARCHAR(9) PRIMARY KEY, notes VARCHAR(3)) ENGINE MyISAM")
    with pytest.raises(WritingFailed, match="the row on line 2 is refused: Data too long for column 'notes'"):
        put(mysql_url, customer(1, ["", "a"]), customer(2, ["", "long"]))
