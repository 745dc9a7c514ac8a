"""Customers in from anywhere: files as other programs write them, pipes, databases."""

from __future__ import annotations

import csv
import gzip
import os
import pty
import secrets
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from enrich_cli.databases.engine import open_engine

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

SAMPLES = Path(__file__).parents[2] / "sample_data"
MAPPED = {
    "hubspot_contacts": {
        "customer_id": "Record ID", "first_name": "First Name", "last_name": "Last Name", "email": "Email",
        "phone": "Phone Number", "company": "Associated Company", "domain": "Website URL", "address": "Street Address",
        "city": "City", "state": "State/Region", "postal_code": "Postal Code", "country": "Country/Region",
    },
    "salesforce_leads": {
        "first_name": "First Name", "last_name": "Last Name", "email": "Email", "phone": "Phone",
        "company": "Company / Account", "address": "Street", "city": "City", "state": "State/Province",
        "postal_code": "Zip/Postal Code", "country": "Country",
    },
    "google_contacts": {
        "first_name": "First Name", "last_name": "Last Name", "email": "E-mail 1 - Value", "phone": "Phone 1 - Value",
        "company": "Organization Name", "domain": "Website 1 - Value", "address": "Address 1 - Street",
        "city": "Address 1 - City", "state": "Address 1 - Region", "postal_code": "Address 1 - Postal Code",
        "country": "Address 1 - Country",
    },
    "outlook_contacts": {
        "first_name": "First Name", "last_name": "Last Name", "email": "E-mail Address", "phone": "Business Phone",
        "company": "Company", "domain": "Web Page", "address": "Business Street", "city": "Business City",
        "state": "Business State", "postal_code": "Business Postal Code", "country": "Business Country/Region",
    },
    "linkedin_connections": {
        "first_name": "First Name", "last_name": "Last Name", "email": "Email Address", "company": "Company",
        "linkedin_url": "URL",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", MAPPED)
def test_a_file_of_another_program_is_enriched_as_it_is(cli: Cli, name: str) -> None:
    result = cli.run("enrich", str(SAMPLES / f"{name}.csv"), "--types", "person", "-o", "out.csv", "--json")
    assert (result.code, result.report["mapping"]) == (0, MAPPED[name])
    assert result.counts.get("rejected", 0) == (1 if name == "google_contacts" else 0)
    assert result.counts.get("enriched", 0) + result.counts.get("not_found", 0) == 2
    with (cli.folder / "out.csv").open(encoding="utf-8", newline="") as file:
        assert {row["enrichment_status"] for row in csv.DictReader(file)} <= {"enriched", "not_found", "rejected"}


def test_of_two_columns_for_a_field_the_report_says_which_was_read(cli: Cli) -> None:
    cli.write("two.csv", "Mobile Phone,Business Phone,Email\n,,ada@example.com\n")
    report = cli.run("enrich", "two.csv", "--json").report
    assert report["mapping"]["phone"] in {"Mobile Phone", "Business Phone"}
    assert [warning for warning in report["warnings"] if "Mobile Phone" in warning and "Business Phone" in warning]


def test_a_packed_file_comes_through_a_pipe(cli: Cli, hits: Hits) -> None:
    packed = gzip.compress("\n".join(["Email", *hits(2)]).encode("utf-16"))
    assert cli.run("enrich", "-", "--json", stdin=packed).counts == {"enriched": 2}
    assert cli.run("enrich", "-", "--dry-run", "--json", stdin=packed).report["cached"] == 2


def test_of_a_gzip_file_cut_short_the_rows_before_the_break_are_kept_and_the_rest_is_resumed(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    rows = [f"{email},{secrets.token_hex(400)}" for email in hits(40)]
    whole = gzip.compress("\n".join(["Email,Notes", *rows, ""]).encode())
    cli.write("people.csv.gz", whole[: len(whole) // 2])
    result = cli.run("enrich", "people.csv.gz", "-o", "out.csv", "--json")
    kept = result.counts["enriched"]
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert f"after line {kept + 1}" in result.err
    assert f"--resume {result.report['run_id']}" in result.err
    assert 10 < kept < 40
    assert len((cli.folder / "out.csv").read_text().splitlines()) == kept + 1
    cli.write("people.csv.gz", whole)
    again = cli.run("enrich", "people.csv.gz", "--resume", "last", "--json")
    assert (again.code, again.counts) == (0, {"enriched": 40 - kept, "cached": kept})
    cli.assert_whole(sandbox.bill())


def test_in_a_terminal_standard_input_is_read_twice_and_left_nowhere(cli: Cli, hits: Hits) -> None:
    terminal, own = pty.openpty()
    command = [*cli.program, "enrich", "-", "-o", "out.csv"]
    settings = cli.settings | {"TERM": "xterm-256color", "TMPDIR": str(cli.folder)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=own, stderr=own, cwd=cli.folder, env=settings
    ) as process:
        os.close(own)
        assert process.stdin
        with process.stdin as pipe:
            pipe.write("\n".join(["Email", *hits(3)]).encode())
        drawn = b""
        # Until the other end is closed, which Linux reports as an error.
        with suppress(OSError):
            while block := os.read(terminal, 1 << 16):
                drawn += block
        process.wait(60)
    cli.drawn(command[len(cli.program) :], drawn.decode())
    os.close(terminal)
    assert process.returncode == 0
    assert len((cli.folder / "out.csv").read_text().splitlines()) == 4
    assert sorted(path.name for path in cli.folder.iterdir() if not path.name.startswith("store.db")) == ["out.csv"]


@pytest.fixture(params=["sqlite", "postgresql_url", "mysql_url"])
def crm(request: pytest.FixtureRequest, cli: Cli) -> str:
    """A database with 60 customers whom every vendor knows, and one whom nobody can look up."""
    url: str = (
        f"sqlite:///{cli.folder / 'crm.db'}" if request.param == "sqlite" else request.getfixturevalue(request.param)
    )
    with open_engine(url, read_only=False).begin() as connection:
        connection.execute(text("CREATE TABLE people (id INTEGER PRIMARY KEY, mail VARCHAR(99), born DATE)"))
        rows = [{"id": n, "mail": f"ada.sample{n}+hit@pumps{n}.example"} for n in range(60)]
        connection.execute(text("INSERT INTO people VALUES (:id, :mail, '1970-01-02')"), rows)
        connection.execute(text("INSERT INTO people VALUES (99, NULL, NULL)"))
    return url


def test_a_table_is_enriched_row_by_row(cli: Cli, crm: str) -> None:
    cli.run("set-tier", "pro")
    result = cli.run("enrich", crm, "--table", "people", "--types", "person", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 60, "rejected": 1})
    assert result.report["mapping"] == {"customer_id": "id", "email": "mail"}
    with (cli.folder / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [*map(str, range(60)), "99"]
    assert (rows[0]["born"], rows[60]["born"]) == ("1970-01-02", "")


def test_a_query_is_asked_about_and_limited(cli: Cli, crm: str) -> None:
    query = "SELECT mail AS email FROM people WHERE mail LIKE '%+hit%' ORDER BY id"
    assert cli.run("enrich", crm, "--query", query, "--dry-run", "--json").report["to_look_up"] == 50
    assert cli.run("enrich", crm, "--query", query, "--limit", "7", "--json").counts == {"enriched": 7}


def test_a_connection_that_is_lost_keeps_what_came_and_is_resumed(cli: Cli, serve: Serve, postgresql_url: str) -> None:
    cli.run("set-tier", "enterprise")
    with open_engine(postgresql_url, read_only=False).begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE people AS SELECT n AS id, 'a' || n || '+hit@p.example' AS email"
                " FROM generate_series(1, 2000) n"
            )
        )
    with serve(latency=0.05) as sandbox:
        cli.asks(sandbox)
        command = ("enrich", postgresql_url, "--table", "people", "--types", "person", "--json")
        running = cli.start(*command, "--concurrency", "5")
        sandbox.until_asked(5, running)
        with open_engine(postgresql_url, read_only=False).connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        result = running.wait()
    assert result.code == 2
    assert "broke off after row" in result.err
    assert f"--resume {result.report['run_id']}" in result.err
    assert ":" not in result.err.split("postgresql://")[1].split("@")[0]
    kept = result.counts["enriched"]
    assert 0 < kept < 2000


def test_a_run_that_is_interrupted_hangs_up(cli: Cli, serve: Serve, crm: str) -> None:
    with serve(latency=0.3) as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", crm, "--table", "people", "--types", "person", "--concurrency", "2")
        sandbox.until_asked(2, running)
        running.signal(signal.SIGINT)
        assert running.wait().code == 130
