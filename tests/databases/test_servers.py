"""What servers of other people's are asked for, and how."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import make_url, text

from enrich_cli.databases import engine
from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError, told_clearly


@pytest.fixture(params=["postgresql_url", "mysql_url"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def test_a_session_that_only_reads_is_kept_from_writing_by_the_server(url: str) -> None:
    with open_engine(url, read_only=False).begin() as connection:
        connection.execute(text("CREATE TABLE customers (email VARCHAR(50))"))
    reading = open_engine(url, read_only=True)
    with pytest.raises(DatabaseError, match=r"(?i)read.only"), told_clearly(url), reading.connect() as connection:
        connection.execute(text("INSERT INTO customers VALUES ('x')"))
    with reading.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM customers")).scalar() == 0


def test_a_server_without_tls_needs_no_option(mysql_url: str) -> None:
    plain = make_url(mysql_url).difference_update_query(["ssl_disabled"]).render_as_string(hide_password=False)
    with open_engine(plain, read_only=True).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_a_query_may_take_longer_than_the_greeting(mysql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine._MYSQL.connecting, "read_timeout", 1)
    with open_engine(mysql_url, read_only=True).connect() as connection:
        assert connection.execute(text("SELECT SLEEP(1.5)")).scalar() == 0


@pytest.mark.parametrize("password", ["hush", "hush@home/now", "%hush'\""])
def test_a_wrong_password_is_refused_and_not_shown(url: str, password: str) -> None:
    wrong = make_url(url).set(password=password).render_as_string(hide_password=False)
    with pytest.raises(DatabaseError) as refusal, told_clearly(wrong), open_engine(wrong, read_only=True).connect():
        pass
    assert re.search("password authentication failed|Access denied", str(refusal.value))
    assert "hush" not in str(refusal.value)
    assert "…" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_value_that_does_not_fit_is_not_quoted(url: str) -> None:
    customers = open_engine(url, read_only=False)
    with customers.begin() as connection:
        connection.execute(text("CREATE TABLE customers (email VARCHAR(50) UNIQUE, born DATE)"))
    for values in ({"email": "o'hara@x.y", "born": None}, {"email": "b", "born": "o'hara 1970"}):
        insert = text("INSERT INTO customers VALUES (:email, :born)")
        with pytest.raises(DatabaseError) as refusal, told_clearly(url), customers.begin() as connection:
            connection.execute(insert, [values, values])
        assert "hara" not in str(refusal.value)


def test_a_column_that_may_not_be_empty_is_named(url: str) -> None:
    customers = open_engine(url, read_only=False)
    with customers.begin() as connection:
        connection.execute(text("CREATE TABLE customers (email VARCHAR(50), born_on DATE NOT NULL)"))
    for insert in ("INSERT INTO customers VALUES ('a@b.de', NULL)", "INSERT INTO customers (email) VALUES ('a@b.de')"):
        with pytest.raises(DatabaseError, match="born_on"), told_clearly(url), customers.begin() as connection:
            connection.execute(text(insert))
