"""What an engine is made of, and what is refused before it connects."""

from __future__ import annotations

import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from enrich_cli.databases import engine
from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError, told_clearly


def refused(url: str, *, read_only: bool = True) -> str:
    with (
        pytest.raises(DatabaseError) as refusal,
        told_clearly(url),
        open_engine(url, read_only=read_only).connect() as it,
    ):
        it.execute(text("SELECT 1 FROM sqlite_master"))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle://ada:hush@db.example/crm", "postgresql://"),
        ("https://ada:hush@db.example/customers.csv", "postgresql://"),
        ("postgresql://ada:hu@sh@127.0.0.1/crm", "%40"),
        ("postgresql://ada:hush@127.0.0.1:port/crm", "%40"),
        ("postgresql://ada:hush@127.0.0.1:1/crm", "refused"),
        ("mysql://ada:hush@127.0.0.1:1/crm", "refused"),
        ("mysql://ada:hush@127.0.0.1:1/crm?frob=hush", "'frob'"),
        ("mysql://ada:hush@127.0.0.1:1/crm?ssl=hush", "the option ssl after the ? can't be given in a URL"),
        ("mysql://ada:hush@127.0.0.1:1/crm?cursorclass=hush", "the option cursorclass after the ?"),
        ("mysql://ada:hush@127.0.0.1:1/crm?conv=hush", "the option conv after the ?"),
        ("mysql://ada:hush@127.0.0.1:1/crm?defer_connect=1", "the option defer_connect after the ?"),
        ("mysql://ada:hush@127.0.0.1:1/crm?connect_timeout=hush", "connect_timeout after the ? must be a whole number"),
        ("mysql://ada:hush@127.0.0.1:1/crm?read_timeout=99999999999", "1 to 31536000"),
        ("mysql://ada:hush@127.0.0.1:1/crm?write_timeout=-1", "1 to 31536000"),
        ("mysql://ada:hush@127.0.0.1:1/crm?client_flag=99999999999", "client_flag after the ? must be a whole number"),
        ("mysql://ada:hush@127.0.0.1:1/crm?port=hush", "the option port after the ? must be a whole number"),
        ("mysql://ada:hush@127.0.0.1:1/crm?local_infile=hush", "must be true or false"),
        ("mysql://ada:hush@127.0.0.1:1/crm?charset=hush", "utf8mb4"),
        ("mysql://ada:hush@127.0.0.1:1/crm?host=hush&host=other", "the option host after the ? is given twice"),
        ("mysql://ada:hush@127.0.0.1:1/crm?compress=1", "an option after the ?"),
        ("mysql://ada:hush@127.0.0.1:1/crm?ssl_ca=/nowhere/hush.pem", "No such file"),
        ("postgresql://ada:hush@127.0.0.1:1/crm?frob=hush", "frob"),
        ("postgresql://ada:hush@127.0.0.1:1/crm?row_factory=hush", "the option row_factory after the ?"),
        ("postgresql://ada:hush@127.0.0.1:1/crm?prepare_threshold=5", "the option prepare_threshold after the ?"),
        ("postgresql://ada:hush@/crm?host=127.0.0.1&port=hush", "the option port after the ? must be a whole number"),
        ("postgresql://ada:hush@127.0.0.1:1/crm?sslmode=hush&sslmode=disable", "sslmode after the ? is given twice"),
        ("sqlite://", "sqlite:///relative.db"),
        ("sqlite:////dev", "folder"),
        ("sqlite:///nowhere/crm.db", "no such file"),
        ("sqlite:////etc/passwd", "not a database"),
    ],
)
def test_what_can_not_be_used_is_refused_in_one_line_without_its_password(url: str, words: str) -> None:
    said = refused(url)
    assert words in said
    assert "\n" not in said
    assert "hush" not in said
    assert "sh@" not in said


@pytest.mark.parametrize("options", ["host=127.0.0.1:1&host=127.0.0.1:2", "host=127.0.0.1,127.0.0.1&port=1,2"])
def test_postgresql_may_have_several_servers(options: str) -> None:
    assert "port 2 failed" in refused(f"postgresql://ada:hush@/crm?{options}")


def test_of_several_servers_one_may_have_the_usual_port() -> None:
    open_engine("postgresql://ada:hush@/crm?host=127.0.0.1,127.0.0.1&port=6543,", read_only=True)


@pytest.mark.parametrize("flag", ["local_infile=yes", "local_infile=off", "ssl_check_hostname=no"])
def test_a_flag_is_said_as_sqlalchemy_reads_it(flag: str) -> None:
    assert "Connection refused" in refused(f"mysql://ada:hush@127.0.0.1:1/crm?{flag}")


def test_text_is_read_as_text_whatever_the_url_says(mysql_url: str) -> None:
    url = make_url(mysql_url).update_query_dict({"use_unicode": "0"}).render_as_string(hide_password=False)
    with open_engine(url, read_only=True).connect() as connection:
        assert connection.execute(text("SELECT 'é'")).scalar() == "é"


@pytest.mark.parametrize(
    ("kind", "connecting", "words"),
    [("postgresql", engine._POSTGRESQL.connecting, "timeout"), ("mysql", engine._MYSQL.connecting, "timed out")],
)
def test_a_server_that_never_says_a_word_is_not_waited_for(
    kind: str, connecting: dict[str, int], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in connecting:
        monkeypatch.setitem(connecting, name, 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert words in refused(f"{kind}://ada:hush@127.0.0.1:{silent.getsockname()[1]}/crm")


@pytest.mark.parametrize(("kind", "module"), [("postgresql", "psycopg"), ("mysql", "pymysql")])
def test_a_driver_that_is_not_installed_is_named_with_what_installs_it(
    kind: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert f"pip install 'enrich-cli[{kind}]'" in refused(f"{kind}://ada@db.example/crm")


def test_a_file_that_is_only_read_can_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "c r%m.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE customers (email)")
    url = f"sqlite:///{path}"
    insert = text("INSERT INTO customers VALUES ('x')")
    reading, writing = (open_engine(url, read_only=read_only) for read_only in (True, False))
    with pytest.raises(DatabaseError, match="readonly"), told_clearly(url), reading.connect() as connected:
        connected.execute(insert)
    with writing.begin() as connected:
        connected.execute(insert)


@pytest.mark.parametrize("statement", ["ATTACH '{}' AS other", "VACUUM INTO '{}'"])
def test_what_only_reads_makes_no_other_file(tmp_path: Path, statement: str) -> None:
    path, other = tmp_path / "crm.db", tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE customers (email)")
    url = f"sqlite:///{path}"
    with pytest.raises(DatabaseError), told_clearly(url), open_engine(url, read_only=True).connect() as connected:
        connected.exec_driver_sql(statement.format(other))
    assert not other.exists()


def test_options_of_a_sqlite_url_are_left_out_without_a_word(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'crm.db'}?mode=ro"
    with open_engine(url, read_only=False).begin() as connected:
        connected.execute(text("CREATE TABLE customers (email)"))
    assert (tmp_path / "crm.db").exists()


def test_a_value_that_does_not_fit_is_not_quoted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'crm.db'}"
    with open_engine(url, read_only=False).begin() as connected:
        connected.execute(text("CREATE TABLE customers (email UNIQUE)"))
    insert = text("INSERT INTO customers VALUES (:email)")
    with pytest.raises(DatabaseError) as refusal, told_clearly(url), open_engine(url, read_only=False).begin() as it:
        it.execute(insert, [{"email": "ada@example.com"}, {"email": "ada@example.com"}])
    assert "UNIQUE" in str(refusal.value)
    assert "ada@" not in str(refusal.value)


def test_of_a_value_that_does_not_fit_the_column_is_named(mysql_url: str) -> None:
    with open_engine(mysql_url, read_only=False).begin() as connection:
        connection.execute(text("CREATE TABLE people (age INTEGER, name VARCHAR(3))"))
    for column in ("age", "name"):
        with (
            pytest.raises(DatabaseError, match=rf"for column .*{column}. at row 1") as refusal,
            told_clearly(mysql_url),
            open_engine(mysql_url, read_only=False).begin() as connection,
        ):
            connection.execute(text(f"INSERT INTO people ({column}) VALUES ('se''cret for column `x` at row 1')"))
        assert "cret" not in str(refusal.value)


def test_of_a_value_that_is_there_already_the_key_is_named(mysql_url: str) -> None:
    with open_engine(mysql_url, read_only=False).begin() as connection:
        connection.execute(text("CREATE TABLE people (name VARCHAR(30), UNIQUE KEY no_twins (name))"))
    with (
        pytest.raises(DatabaseError, match=r"Duplicate entry … for key '(people\.)?no_twins'$") as refusal,
        told_clearly(mysql_url),
        open_engine(mysql_url, read_only=False).begin() as connection,
    ):
        connection.execute(text("INSERT INTO people VALUES (:name)"), [{"name": "se'cret for key 'x'"}] * 2)
    assert "cret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [("NULL", 'column "name"'), ("'secret'", 'constraint "no_twins"'), ("''", 'constraint "no_blanks"')],
)
def test_a_constraint_of_postgresql_is_named_and_no_value(postgresql_url: str, value: str, words: str) -> None:
    with open_engine(postgresql_url, read_only=False).begin() as connection:
        column = "name TEXT NOT NULL CONSTRAINT no_twins UNIQUE CONSTRAINT no_blanks CHECK (name <> '')"
        connection.execute(text(f"CREATE TABLE people ({column})"))
        connection.execute(text("INSERT INTO people VALUES ('secret')"))
    with (
        pytest.raises(DatabaseError, match=words) as refusal,
        told_clearly(postgresql_url),
        open_engine(postgresql_url, read_only=False).begin() as connection,
    ):
        connection.execute(text(f"INSERT INTO people VALUES ({value})"))
    assert "secret" not in str(refusal.value)
