"""Rows written back to where they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from enrich_cli.databases.engine import open_engine

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits


def sql(url: str, statement: str) -> list[Any]:
    with open_engine(url, read_only=False).begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def url(request: pytest.FixtureRequest, cli: Cli, hits: Hits) -> str:
    """A database with a table of three customers."""
    url = f"sqlite:///{cli.folder / 'crm.db'}"
    if request.param != "sqlite":
        url = request.getfixturevalue(f"{request.param}_url")
    sql(url, "CREATE TABLE contacts (id INTEGER PRIMARY KEY, email VARCHAR(99) NOT NULL, note VARCHAR(99))")
    for number, email in enumerate(hits(3), 1):
        sql(url, f"INSERT INTO contacts VALUES ({number}, '{email}', NULL)")
    return url


@pytest.mark.parametrize("table", ["contacts", "enriched"])
def test_a_database_may_be_source_and_output_at_once(cli: Cli, url: str, table: str, hits: Hits) -> None:
    """Its own table, which gets columns while it was read a moment ago, or another one."""
    for counts in ({"enriched": 3}, {"cached": 3}):
        options = ("--types", "person", "-o", url, "--output-table", table)
        result = cli.run("enrich", url, "--table", "contacts", *options, "--json")
        assert (result.code, result.counts) == (0, counts), result.err
    key = "id" if table == "contacts" else "customer_id"
    rows = sql(url, f"SELECT {key}, email, note, enrichment_status, person_source FROM {table} ORDER BY 1")
    assert [(str(row[0]), *row[1:]) for row in rows] == [
        (str(number), email, None, "cached", "clearbit") for number, email in enumerate(hits(3), 1)
    ]


def test_the_table_of_the_source_is_known_by_another_url_of_its_database(cli: Cli, hits: Hits) -> None:
    path = cli.folder / "crm.db"
    url = f"sqlite:///{path}"
    sql(url, "CREATE TABLE contacts (id INTEGER PRIMARY KEY, email TEXT, note TEXT)")
    sql(url, f"INSERT INTO contacts VALUES (1, '{hits(1)[0]}', '')")
    output = ("-o", f"sqlite:///{path.parent}/../{path.parent.name}/crm.db", "--output-table", "Contacts")
    result = cli.run("enrich", url, "--table", "contacts", "--types", "person", *output)
    assert result.code == 0, result.err
    assert sql(url, "SELECT note, enrichment_status FROM contacts") == [("", "enriched")]
