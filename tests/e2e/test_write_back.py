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


def test_bytes_and_text_that_looks_like_them_stay_what_they_are(cli: Cli, url: str, hits: Hits) -> None:
    scheme = url.partition(":")[0]
    kind = {"postgresql": "BYTEA", "mysql": "VARBINARY(9)"}.get(scheme, "BLOB")
    sql(url, f"ALTER TABLE contacts ADD photo {kind}")
    sql(url, f"CREATE TABLE copied (customer_id VARCHAR(99) PRIMARY KEY, photo {kind})")
    photos = {1: r"'\xff00'" if scheme == "postgresql" else "x'ff00'", 2: "'ab'", 3: "NULL"}
    for number, photo in photos.items():
        sql(url, f"UPDATE contacts SET photo = {photo} WHERE id = {number}")
    result = cli.run("enrich", url, "--table", "contacts", "--types", "person", "-o", url, "--output-table", "copied")
    assert result.code == 0, result.err
    copied = [photo for (photo,) in sql(url, "SELECT photo FROM copied ORDER BY customer_id")]
    assert [photo.encode() if isinstance(photo, str) else photo for photo in copied] == [b"\xff\x00", b"ab", None]


def test_after_a_row_that_the_table_does_not_take_the_run_goes_on_for_nothing(cli: Cli, url: str, hits: Hits) -> None:
    """On a tier where nothing is fresh for long, too."""
    cli.run("set-tier", "enterprise")
    sql(
        url,
        "CREATE TABLE enriched (customer_id VARCHAR(99) PRIMARY KEY, email VARCHAR(99) CHECK (email NOT LIKE 'z%'))",
    )
    into_table = ("--types", "person", "-o", url, "--output-table", "enriched")
    enriching = ("enrich", cli.source([*hits(3), "zoe@acme.com"]), *into_table)
    failed = cli.run(*enriching)
    assert (failed.code, failed.err.count("\n")) == (1, 1), failed.err
    assert "the row on line 5 is refused: " in failed.err
    assert "enrich unfinished, since an output could not be written: 4 rows" in failed.out
    assert "spent $0.40" in failed.out
    assert "enriched rows: " not in failed.out
    sql(url, "DROP TABLE enriched")
    resumed = cli.run(*enriching, "--resume", failed.err.split()[-1], "--json")
    assert (resumed.code, resumed.report["cost_usd"], resumed.counts) == (0, "0.00", {"cached": 4})
    assert sql(url, "SELECT count(*) FROM enriched") == [(4,)]


def test_the_report_of_a_run_whose_rows_could_not_be_written_is_json_too(cli: Cli, hits: Hits) -> None:
    url = f"sqlite:///{cli.folder / 'crm.db'}"
    sql(url, "CREATE TABLE enriched (customer_id PRIMARY KEY, email CHECK (email NOT LIKE 'z%'))")
    source = cli.source([*hits(2), "zoe@acme.com"])
    failed = cli.run("enrich", source, "--types", "person", "-o", url, "--output-table", "enriched", "--json")
    assert (failed.code, failed.report["cost_usd"], failed.report["customers"]["read"]) == (1, "0.30", 3), failed.err
    assert failed.err.split()[-1] == failed.report["run_id"]
    assert [run["state"] for run in cli.run("runs", "--json").report["runs"]] == ["interrupted"]
