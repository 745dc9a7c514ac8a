"""Customers from a database: the same of SQLite, PostgreSQL and MariaDB."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError
from enrich_cli.domain.row import Rejected, Row
from enrich_cli.sources.database import DatabaseRows
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.source import Source

TABLE = (
    "CREATE TABLE customers (email VARCHAR(80), full_name VARCHAR(80), zip INTEGER, born DATE, id INTEGER PRIMARY KEY)"
)
ADA, BEN = "('ada@example.com', 'Ada', 2138, '1970-01-02', 2)", "('ben@example.com', NULL, NULL, NULL, 1)"


def run(url: str, *statements: str) -> None:
    with open_engine(url, read_only=False).begin() as connection:
        for statement in statements:
            connection.execution_options(no_parameters=True).exec_driver_sql(statement)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'crm.db'}"


@pytest.fixture(params=["sqlite_url", "postgresql_url", "mysql_url"])
def empty(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(params=["postgresql_url", "mysql_url"])
def on_a_server(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def url(empty: str) -> str:
    run(empty, TABLE, f"INSERT INTO customers VALUES {ADA}, {BEN}")
    return empty


def refused(url: str, table: str | None = None, query: str | None = None) -> str:
    with pytest.raises((SourceError, DatabaseError)) as refusal, DatabaseRows(url, table=table, query=query) as source:
        list(source)
    said = str(refusal.value)
    assert "\n" not in said
    password = make_url(url).password
    assert not (password and password in said)
    return said


def many(url: str, number: int, width: int = 200) -> None:
    run(url, "CREATE TABLE many (id INTEGER PRIMARY KEY, email VARCHAR(80), notes VARCHAR(5000))")
    with open_engine(url, read_only=False).begin() as connection:
        rows = [{"id": n, "email": f"p{n}@example.com", "notes": "x" * width} for n in range(number)]
        connection.execute(text("INSERT INTO many VALUES (:id, :email, :notes)"), rows)


def test_a_table_is_a_source_in_the_order_of_its_key(url: str) -> None:
    with DatabaseRows(url, table="customers") as rows:
        source: Source = rows
        assert source.columns == ("email", "full_name", "zip", "born", "id")
        assert source.mapping == {"customer_id": "id", "name": "full_name", "email": "email", "postal_code": "zip"}
        assert source.has_id
        assert source.rows_expected() == 2
        ben, ada = source
    assert isinstance(ada, Row)
    assert (ben.line, ben.cells) == (1, ["ben@example.com", "", "", "", "1"])
    assert (ada.cells, ada.customer.id.shown) == (["ada@example.com", "Ada", "2138", "1970-01-02", "2"], "2")


def test_it_can_be_read_again(url: str) -> None:
    with DatabaseRows(url, table="customers") as source:
        assert len(list(islice(source, 1))) == 1
        assert list(source) == list(source)


def test_a_query_is_taken_as_it_stands(url: str) -> None:
    query = "SELECT email AS mail, '12:30 :x 100%' AS notes FROM customers WHERE full_name LIKE 'A%' ;\n"
    with DatabaseRows(url, query=query, overrides=["email=mail"]) as source:
        assert [row.cells for row in source] == [["ada@example.com", "12:30 :x 100%"]]
        assert source.rows_expected() == 1


def test_a_view_is_a_table_too(url: str) -> None:
    run(url, "CREATE VIEW vips AS SELECT email FROM customers WHERE id = 2")
    with DatabaseRows(url, table="vips") as source:
        assert [row.cells for row in source] == [["ada@example.com"]]


@pytest.mark.parametrize("name", ["100% sure", "a%%b", "50%s"])
def test_a_table_may_have_percent_signs_in_its_name(empty: str, name: str) -> None:
    quote = "`" if "mysql" in empty else '"'
    run(
        empty,
        f"CREATE TABLE {quote}{name}{quote} (email VARCHAR(80))",
        f"INSERT INTO {quote}{name}{quote} VALUES ('a')",
    )
    with DatabaseRows(empty, table=name) as source:
        assert [row.cells for row in source] == [["a"]]
        assert source.rows_expected() == 1


def test_a_table_is_named_with_its_schema(postgresql_url: str) -> None:
    named = '"the crm"."My Customers"'
    create = TABLE.replace("customers", named)
    run(postgresql_url, 'CREATE SCHEMA "the crm"', create, f"INSERT INTO {named} VALUES {ADA}")
    for name in ("the crm.My Customers", named):
        with DatabaseRows(postgresql_url, table=name) as source:
            assert len(list(source)) == 1


def test_a_row_that_can_not_be_used_is_rejected_by_its_number(empty: str) -> None:
    run(
        empty,
        "CREATE TABLE t (email VARCHAR(9), notes VARCHAR(9))",
        "INSERT INTO t VALUES ('a@b.de', 'x'), (NULL, 'y')",
    )
    with DatabaseRows(empty, query="SELECT * FROM t ORDER BY notes") as source:
        ada, nobody = source
    assert isinstance(ada, Row)
    assert nobody == Rejected(2, ["", "y"], "has nothing to look up by: email empty")


def test_bytes_and_exact_numbers_are_texts(empty: str) -> None:
    binary = "BYTEA" if "postgresql" in empty else "BLOB"
    run(empty, f"CREATE TABLE t (email {binary}, price DECIMAL(9,2))", "INSERT INTO t VALUES ('a@b.de', 10.5)")
    with DatabaseRows(empty, table="t") as source:
        (row,) = source
    assert row.cells == ["a@b.de", "10.5" if "sqlite" in empty else "10.50"]


def test_a_time_that_python_has_none_for_is_text(postgresql_url: str) -> None:
    values = "('a@b.de', 'infinity', '-infinity', '9999-12-31 23:00-05', '0044-03-15 BC')"
    run(
        postgresql_url,
        "CREATE TABLE t (email TEXT, until TIMESTAMPTZ, since TIMESTAMP, late TIMESTAMPTZ, born DATE)",
        f"INSERT INTO t VALUES {values}, ('c@d.de', '2026-11-25 09:30Z', '2026-11-25 09:30', NULL, '1970-01-02')",
    )
    with DatabaseRows(postgresql_url, query="SELECT * FROM t ORDER BY email") as source:
        unusual, usual = (row.cells for row in source)
    assert unusual[1:3] == ["infinity", "-infinity"]
    assert unusual[3].startswith("10000-01-01 ")
    assert unusual[4] == "0044-03-15 BC"
    assert usual[1:] == ["2026-11-25T09:30:00+00:00", "2026-11-25T09:30:00", "", "1970-01-02"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("TIME '24:00'", "24:00:00"),
        ("TIMETZ '24:00+02'", "24:00:00+02"),
        ("ARRAY[TIME '24:00']", '["24:00:00"]'),
        ("INTERVAL '1 year 1 mon 2:00'", "1 year 1 mon 02:00:00"),
        ("DATERANGE('2026-01-01', NULL)", "[2026-01-01,)"),
        ("""JSONB '{"id": 12345678901234567890123}'""", '{"id":12345678901234567890123}'),
        ("""JSONB '{"paid": [12345678901234567.89, 1.10]}'""", '{"paid":[12345678901234567.89,1.10]}'),
        ("""JSON ' {"paid": 1.10, "é": "\\u00e9 1"}'""", r'{"paid":1.10,"é":"\u00e9 1"}'),
        ("JSONB '12345678901234567.89'", "12345678901234567.89"),
        ("JSON '1e400'", "1e400"),
        ("""ARRAY[JSONB '{"paid": 1.10}', NULL]""", '[{"paid":1.10},null]'),
        ("""JSON '" as it is"'""", " as it is"),
        ("JSON 'true'", "true"),
        ("JSON 'null'", ""),
        (r"""JSON '{"half": "\ud83d"}'""", r'{"half": "\ud83d"}'),
        (r"""JSON '"\ud83d"'""", r'"\ud83d"'),
        (r"""ARRAY[JSON '"\ud83d"', JSON '{"paid": 1.10}']""", r'["\ud83d",{"paid":1.10}]'),
        (r"""JSON '"\ud83d\ude00"'""", "\U0001f600"),
    ],
)
def test_a_value_that_python_has_none_for_is_what_postgresql_writes(postgresql_url: str, value: str, cell: str) -> None:
    with DatabaseRows(postgresql_url, query=f"SELECT 'a@b.de' AS email, {value} AS its_value") as source:
        assert [row.cells[1] for row in source] == [cell]


def test_json_is_read_in_the_encoding_that_the_url_asks_for(postgresql_url: str) -> None:
    query = "SELECT 'a@b.de' AS email, JSONB '{\"é\": 1.10}', ARRAY[JSON '\"é\"']"
    with DatabaseRows(f"{postgresql_url}?client_encoding=latin1", query=query) as source:
        assert [row.cells[1:] for row in source] == [['{"é":1.10}', '["é"]']]


def test_a_database_in_an_older_encoding_is_read(older_postgresql_url: str) -> None:
    run(
        older_postgresql_url,
        "CREATE TABLE t (email TEXT, name TEXT, more JSON)",
        """INSERT INTO t VALUES ('a@b.de', 'Zoé', '{"é": 1.10}')""",
    )
    with DatabaseRows(older_postgresql_url, table="t") as source:
        assert [row.cells for row in source] == [["a@b.de", "Zoé", '{"é":1.10}']]


def test_a_column_of_a_type_that_nobody_knows_is_read_without_a_word(mysql_url: str) -> None:
    run(mysql_url, "CREATE TABLE t (email VARCHAR(9), place GEOMETRY)", "INSERT INTO t VALUES ('a@b.de', NULL)")
    with DatabaseRows(mysql_url, table="t") as source:
        assert [row.cells for row in source] == [["a@b.de", ""]]


def test_bits_are_the_number_that_they_stand_for(mysql_url: str) -> None:
    run(mysql_url, "CREATE TABLE t (email VARCHAR(9), active BIT(1), flags BIT(9), none BIT(1))")
    run(mysql_url, "INSERT INTO t VALUES ('a@b.de', b'0', b'100000001', NULL)")
    with DatabaseRows(mysql_url, table="t") as source:
        assert [row.cells for row in source] == [["a@b.de", "0", "257", ""]]


def test_sqlite_takes_the_name_of_a_table_in_any_case(sqlite_url: str) -> None:
    run(sqlite_url, TABLE, f"INSERT INTO customers VALUES {ADA}, {BEN}")
    with DatabaseRows(sqlite_url, table="Customers") as source:
        assert [row.cells[0] for row in source] == ["ben@example.com", "ada@example.com"]


def test_a_table_of_a_schema_is_suggested_with_its_schema(postgresql_url: str) -> None:
    run(postgresql_url, "CREATE SCHEMA crm", TABLE.replace("customers", "crm.customers"))
    assert "did you mean 'crm.customers'?" in refused(postgresql_url, "crm.custmers")
    assert "there is none in sales" in refused(postgresql_url, "sales.custmers")


@pytest.mark.parametrize(
    ("table", "words"),
    [("custmers", "did you mean 'customers'?"), ("Zebras", "there are customers"), ("nowhere.customers", "nowhere")],
)
def test_a_table_that_is_not_there_is_refused_with_those_that_are(url: str, table: str, words: str) -> None:
    assert words in refused(url, table)


def test_a_url_without_a_database_is_good_for_a_table_that_is_named_with_its_own(mysql_url: str) -> None:
    run(mysql_url, TABLE, f"INSERT INTO customers VALUES {ADA}, {BEN}")
    database = make_url(mysql_url).database
    of_the_server = make_url(mysql_url).set(database="").render_as_string(hide_password=False)
    with DatabaseRows(of_the_server, table=f"{database}.customers") as source:
        assert [row.cells[0] for row in source] == ["ben@example.com", "ada@example.com"]
    assert "names no database: add /DATABASE to it" in refused(of_the_server, "customers")


@pytest.mark.parametrize("url", ["postgresql://me@127.0.0.1:1/crm", "mysql://me@127.0.0.1:1/crm"])
def test_of_a_server_that_is_not_there_nothing_is_said_about_the_query(url: str) -> None:
    assert "read by one SELECT" not in refused(url, query="SELECT email FROM customers")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT emial FROM customers", "emial"),
        ("SELEC email FROM customers", "SELEC"),
        ("SELECT email FROM nowhere", "nowhere"),
        ("SELECT id, email, 1 AS id FROM customers", "columns 1 and 3 are both called 'id'"),
        ("SELECT 'red' AS colour FROM customers", "no column is recognised"),
        ("INSERT INTO customers (email, id) VALUES ('x', 9)", "read by one SELECT"),
        ("DELETE FROM customers", "read by one SELECT"),
        ("DROP TABLE customers", "read by one SELECT"),
        ("SELECT email FROM customers; DROP TABLE customers", ""),
    ],
)
def test_a_query_that_gives_no_customers_is_refused_and_changes_nothing(url: str, query: str, words: str) -> None:
    assert words in refused(url, query=query)
    with DatabaseRows(url, table="customers") as source:
        assert len(list(source)) == 2


def test_a_query_without_rows_is_a_table_of_nobody(url: str) -> None:
    with DatabaseRows(url, query="SELECT email FROM customers WHERE 1 = 0") as source:
        assert (source.columns, list(source)) == (("email",), [])


@pytest.mark.parametrize(
    "into",
    [
        "INTO OUTFILE '{}'",
        "into\n  dumpfile '{}'",
        "INTO/**/OUTFILE '{}'",
        "INTO -- a file\n OUTFILE '{}'",
        "/*!50000 INTO OUTFILE '{}' */",
        "/*! INTO */ OUTFILE '{}'",
    ],
)
def test_a_query_that_writes_a_file_is_refused(mysql_url: str, tmp_path: Path, into: str) -> None:
    tmp_path.chmod(0o777)
    said = refused(mysql_url, query=f"SELECT 'ada@acme.com' AS email {into.format(tmp_path / 'made')}")
    assert said.endswith("the query writes a file on the server; a source is read by one SELECT, and never written")
    assert not (tmp_path / "made").exists()


def test_a_query_may_be_about_what_is_called_so(mysql_url: str) -> None:
    query = "SELECT 'ada@acme.com' AS email, 'put into' AS `outfile`"
    with DatabaseRows(mysql_url, query=query) as source:
        assert len(list(source)) == 1


def test_a_query_that_writes_while_it_selects_is_refused(postgresql_url: str) -> None:
    run(postgresql_url, TABLE, f"INSERT INTO customers VALUES {ADA}")
    assert "read by one SELECT" in refused(
        postgresql_url, query="WITH x AS (DELETE FROM customers RETURNING *) TABLE x"
    )
    with DatabaseRows(postgresql_url, table="customers") as source:
        assert len(list(source)) == 1


def test_text_that_is_not_in_its_encoding_breaks_off_without_showing_it(sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection:
        connection.execute("CREATE TABLE t (email TEXT)")
        connection.execute("INSERT INTO t VALUES ('a@b.de'), (CAST(x'7a6f65ff' AS TEXT))")
        connection.commit()
    said = refused(sqlite_url, "t")
    assert "zoe" not in said


@pytest.fixture
def lost(on_a_server: str) -> Iterator[tuple[str, DatabaseRows]]:
    """A source whose connection the server ends after the first rows."""
    many(on_a_server, 5000, width=5000)  # more than lies ready between server and client
    with DatabaseRows(on_a_server, table="many") as source:
        yield on_a_server, source


def test_a_connection_that_is_lost_says_how_far_it_came(lost: tuple[str, DatabaseRows]) -> None:
    url, source = lost
    rows = iter(source)
    read = list(islice(rows, 700))
    if "postgresql" in url:
        run(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
    else:
        with open_engine(url, read_only=False).connect() as connection:
            others = "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()"
            for other in connection.execute(text(others)).scalars().all():
                connection.execute(text(f"KILL {other}"))
    with pytest.raises(SourceError, match=r"broke off after row \d+: ") as end:
        read.extend(rows)
    assert f"after row {len(read)}" in str(end.value)
    assert [row.line for row in read] == list(range(1, len(read) + 1))


def test_a_result_that_is_given_up_is_not_read_to_its_end(on_a_server: str) -> None:
    many(on_a_server, 3000)
    with DatabaseRows(on_a_server, table="many") as source:
        assert len(list(islice(source, 5))) == 5
    with DatabaseRows(on_a_server, table="many") as source:
        assert sum(1 for _ in source) == 3000


def test_memory_does_not_grow_with_the_table(empty: str) -> None:
    many(empty, 20_000)
    with DatabaseRows(empty, table="many") as source:
        tracemalloc.start()
        count = sum(1 for _ in source)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 20_000 * 200 / 4
