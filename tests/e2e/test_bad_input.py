"""What can't be used is refused in one clear line, and nothing is lost or changed by it."""

from __future__ import annotations

import gzip
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, SandboxProcess


def refused(result: Result, code: int, *words: str) -> None:
    """One line on standard error, with these words in it, and nothing on standard output."""
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1), result
    assert result.err.startswith("enrich-cli: error: ")
    assert [word for word in words if word not in result.err] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", ("bad.csv", "empty"), id="empty"),
        pytest.param(b"Email\n\x00\x01\x02\x00\n", ("bad.csv", "binary"), id="binary"),
        pytest.param(
            b"colour,size\nred,3\n", ("bad.csv", "line 1", "'colour', 'size'", "--map"), id="no usable column"
        ),
        pytest.param(b"Email,Email\na@b.example,c@d.example\n", ("1 and 2", "'Email'", "email"), id="header twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    stocked: Cli, sandbox: SandboxProcess, content: bytes, words: tuple[str, ...]
) -> None:
    source = stocked.write("bad.csv", content)
    before = stocked.files()
    refused(stocked.run("enrich", source, "-o", "enriched.csv", "--json"), 2, *words)
    assert stocked.files() == before
    assert sandbox.asked() == 0


@pytest.mark.parametrize("source", ["absent.csv", ".", "customers.csv/in.csv", "nowhere/customers.csv", "x" * 300])
def test_a_file_that_cannot_be_read_is_refused_by_name(stocked: Cli, source: str) -> None:
    before = stocked.files()
    refused(stocked.run("enrich", source, "-o", "enriched.csv", "--json"), 2, source)
    refused(stocked.run("enrich", source, "--dry-run"), 2, source)
    assert stocked.files() == before


def test_no_command_writes_over_its_store(stocked: Cli) -> None:
    before, store = stocked.files(), str(stocked.store)
    for words in (
        ("refresh", "customers.csv", "--rejects", store),
        ("refresh", "customers.csv", "-o", f"sqlite:///{store}", "--output-table", "enriched"),
        ("export", "--format", "csv", "-o", store),
        ("stats", "-o", store),
    ):
        refused(stocked.run(*words), 2, "the store itself")
    assert stocked.files() == before


def test_a_gzip_file_that_breaks_off_at_once_is_refused(stocked: Cli) -> None:
    stocked.write("cut.csv.gz", gzip.compress(b"Email\n" + b"ada@example.com\n" * 5000)[:12])
    before = stocked.files()
    refused(stocked.run("enrich", "cut.csv.gz", "-o", "enriched.csv", "--json"), 2, "cut.csv.gz", "truncated")
    assert stocked.files() == before


def test_a_file_without_permission_is_refused(stocked: Cli) -> None:
    source = stocked.folder / "customers.csv"
    source.chmod(0)
    if os.access(source, os.R_OK):
        source = Path("/proc/self/mem")  # root may read all files, but not that one
    refused(stocked.run("enrich", str(source), "--json"), 2, source.name)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("sqlite:///none.db", "--table", "t"), ("none.db", "no such file"), id="no such database"),
        pytest.param((f"sqlite:///{'x' * 300}", "--table", "t"), ("too long",), id="name of a file too long"),
        pytest.param(("sqlite:///customers.csv", "--table", "t"), ("not a database",), id="no database"),
        pytest.param(("sqlite:///crm.db",), ("--table", "--query"), id="which rows"),
        pytest.param(("https://crm.example/people.csv",), ("is not a database", "sqlite:///FILE"), id="page"),
        pytest.param(
            ("sqlite:///crm.db", "--table", "t", "--query", "q"),
            ("either --table NAME or --query SQL",),
            id="table and query",
        ),
        pytest.param(("sqlite:///crm.db", "--table", "peple"), ("'peple'", "did you mean 'people'?"), id="no table"),
        pytest.param(("sqlite:///crm.db", "--query", "SELECT emial FROM people"), ("emial",), id="no column"),
        pytest.param(("sqlite:///crm.db", "--query", "SELECT FROM"), ("syntax",), id="SQL error"),
        pytest.param(
            ("sqlite:///crm.db", "--query", "DELETE FROM people"), ("read by one SELECT",), id="query that writes"
        ),
        pytest.param(
            ("sqlite:///crm.db", "--query", "SELECT email, 1 AS email FROM people"),
            ("1 and 2", "AS"),
            id="column twice",
        ),
        pytest.param(("sqlite:///crm.db", "--table", "people", "--map", "name=Nome"), ("'Nome'",), id="map"),
        pytest.param(("sqlite:///crm.db", "--table", "people", "--delimiter", "tab"), ("--delimiter",), id="delimiter"),
        pytest.param(("postgresql://ada:hush@127.0.0.1:1/crm", "--table", "t"), ("refused",), id="server is down"),
        pytest.param(("mysql://ada:hush@127.0.0.1:1/crm", "--table", "t"), ("refused",), id="MySQL server is down"),
        pytest.param(("mysql://ada:hu@sh@127.0.0.1/crm", "--table", "t"), ("%40",), id="password with an @"),
        pytest.param(("customers.csv", "--table", "people"), ("--table", "file"), id="table of a file"),
        pytest.param(("customers.csv", "--encoding", "utf-9"), ("--encoding utf-9",), id="unknown encoding"),
        pytest.param(("customers.csv", "--delimiter", "::"), ("--delimiter",), id="no delimiter"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused(
    stocked: Cli, sandbox: SandboxProcess, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(stocked.folder / "crm.db")) as crm:
        crm.execute("CREATE TABLE people (email)")
        crm.execute("INSERT INTO people VALUES ('ada@example.com')")
        crm.commit()
    before = stocked.files()
    result = stocked.run("enrich", *arguments, "-o", "enriched.csv", "--json")
    refused(result, 2, *words)
    assert "hush" not in result.err
    assert "sh@" not in result.err
    assert stocked.files() == before
    assert sandbox.asked() == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(("--types", "person,persn"), ("'persn'", "did you mean person?"), id="unknown type"),
        pytest.param(("--map", "email=Mail"), ("'Mail'", "column"), id="map to an absent column"),
        pytest.param(
            ("--map", "email=Email", "--map", "email=Name"), ("email", "twice"), id="two columns mapped to one field"
        ),
        pytest.param(
            ("--map", "email=Email", "--map", "phone=Email"), ("'Email'", "already"), id="a column mapped twice"
        ),
        pytest.param(("--require", "shoe_size"), ("'shoe_size'",), id="unknown required field"),
        pytest.param(("--max-cost", "much"), ("--max-cost", "dollars"), id="no amount"),
        pytest.param(("--resume", "no-such-run"), ("no-such-run",), id="unknown run"),
        pytest.param(("--resume", "last"), ("nothing to resume",), id="last run is done"),
        pytest.param(("--json", "-o", "-"), ("--json", "standard output"), id="two things for standard output"),
        pytest.param(("-o", "out.docx"), ("out.docx", ".csv", ".ndjson"), id="unknown output format"),
        pytest.param(("-o", "customers.csv/out.csv"), ("customers.csv/out.csv",), id="output where none can be"),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused(
    stocked: Cli, sandbox: SandboxProcess, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    before = stocked.files()
    refused(stocked.run("enrich", "customers.csv", *options), 2, *words)
    assert stocked.files() == before
    assert sandbox.asked() == 0


@pytest.mark.parametrize("command", [("enrich", "customers.csv", "-o", "enriched.csv"), ("quota",), ("check",)])
def test_a_store_that_is_no_sqlite_file_is_left_as_it_is(stocked: Cli, command: tuple[str, ...]) -> None:
    stocked.write("notes.txt", "These are my notes, and no store at all.\n")
    before = stocked.files()
    refused(stocked.run("--db", "notes.txt", *command), 2, "notes.txt", "not a SQLite file")
    assert stocked.files() == before


def test_a_sqlite_file_of_another_program_is_left_as_it_is(stocked: Cli) -> None:
    with closing(sqlite3.connect(stocked.folder / "other.db")) as other:
        other.execute("CREATE TABLE recipes (name)")
        other.commit()
    before = stocked.files()
    refused(stocked.run("--db", "other.db", "enrich", "customers.csv", "-o", "enriched.csv"), 2, "another program")
    assert stocked.files() == before


@pytest.mark.parametrize(
    "command", [("enrich", "customers.csv", "-o", "enriched.csv"), ("quota",), ("set-tier", "pro")]
)
def test_a_store_of_a_newer_version_is_left_as_it_is(stocked: Cli, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(stocked.store)) as store:
        store.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('enrich-cli', 'm999_of_tomorrow')")
        store.commit()
    before = stocked.files()
    refused(stocked.run(*command), 2, "store.db", "newer version")
    assert stocked.files() == before


@pytest.mark.parametrize(
    "place", ["customers.csv/store.db", "nowhere/store.db", "/proc/store.db", "/dev/null/store.db"]
)
def test_a_store_where_nothing_can_be_written_is_refused_by_name(
    stocked: Cli, sandbox: SandboxProcess, place: str
) -> None:
    before = stocked.files()
    refused(stocked.run("--db", place, "enrich", "customers.csv", "-o", "enriched.csv"), 2, place)
    assert stocked.files() == before
    assert sandbox.asked() == 0


@pytest.mark.parametrize(
    "command", [("quota", "--json"), ("stats",), ("runs",), ("check",), ("enrich", "customers.csv", "--dry-run"), ()]
)
@pytest.mark.parametrize("place", ["nowhere/store.db", "customers.csv/store.db"])
def test_a_store_in_a_folder_that_is_not_there_is_mistyped_and_not_empty(
    stocked: Cli, place: str, command: tuple[str, ...]
) -> None:
    refused(stocked.run("--db", place, *command), 2, place, "folder", "does not exist", "--db")
    stocked.settings["ENRICHMENT_DB"] = place
    refused(stocked.run(*command), 2, place)


def test_a_folder_without_a_store_is_that_of_a_new_company(stocked: Cli) -> None:
    assert stocked.run("--db", "new.db", "quota", "--json").report["used"] == 0
    assert stocked.run("--db", "new.db", "runs").code == 0
    assert not (stocked.folder / "new.db").exists()


def test_a_working_directory_that_was_deleted_is_said_to_be(stocked: Cli) -> None:
    leaving = ["sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', "sh"]
    stocked.program = [*leaving, *stocked.program]
    refused(stocked.run("--db", "new.db", "enrich", str(stocked.folder / "customers.csv")), 2, "working directory")


@pytest.mark.parametrize("company", ["", "x" * 201, os.fsdecode(b"\xff")])
def test_a_company_that_cannot_be_is_refused_and_not_taken_for_the_usual_one(stocked: Cli, company: str) -> None:
    for words in (("quota",), ("purge", "--older-than", "0d"), ("check",)):
        refused(stocked.run("--company", company, *words), 2, "--company", "1 to 200 characters")


def test_a_home_that_holds_no_folder_is_refused_by_what_has_to_write_and_holds_nothing_to_read(stocked: Cli) -> None:
    del stocked.settings["ENRICHMENT_DB"]
    for folder in ("DATA", "CONFIG"):
        stocked.settings[f"XDG_{folder}_HOME"] = stocked.settings["HOME"] = str(stocked.folder / "customers.csv")
    assert stocked.run("quota", "--json").report["used"] == 0
    assert stocked.run("enrich", "customers.csv", "--dry-run", "--json").report["to_look_up"] == 3
    for words in (("set-tier", "pro"), ("enrich", "customers.csv"), ("forget", "ada@x.example", "--yes")):
        refused(stocked.run(*words), 2, "enrichment.db", "--db")
    refused(stocked.run("--db", "new.db", "enrich", "customers.csv"), 5, "master.key", "ENRICHMENT_MASTER_KEY_FILE")


def test_who_has_no_home_is_told_what_to_set(stocked: Cli, hits: Hits) -> None:
    """As a user whom the system does not know, in a container or under cron."""
    key = f"{stocked.settings['XDG_CONFIG_HOME']}/enrich-cli/master.key"
    nobody_knows = "import os, pwd; pwd.getpwuid = dict(); os.path.expanduser = str"
    for name in ("ENRICHMENT_DB", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        stocked.settings.pop(name)
    stocked.program = [sys.executable, "-c", f"{nobody_knows}; from enrich_cli.cli.app import main; main()"]
    refused(stocked.run("quota"), 2, "no home folder", "HOME", "--db")
    show = ("--db", str(stocked.store), "show", hits(1)[0])
    refused(stocked.run(*show), 5, "no home folder", "ENRICHMENT_MASTER_KEY_FILE")
    stocked.settings["ENRICHMENT_MASTER_KEY_FILE"] = key
    assert stocked.run(*show).code == 0


def test_a_damaged_store_is_refused_and_not_made_worse(stocked: Cli) -> None:
    whole = stocked.store.read_bytes()
    stocked.store.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    before = stocked.files()
    refused(stocked.run("enrich", "customers.csv", "-o", "enriched.csv"), 2, "store.db", "damaged")
    assert stocked.files() == before


def test_a_file_that_breaks_off_is_refused_by_its_line_and_without_its_text(cli: Cli, sandbox: SandboxProcess) -> None:
    source = cli.write("cut.csv", 'Email,Name\nada.sample+hit@a.example,Ada Sample\n"ben.archer+hit@b.exa')
    result = cli.run("enrich", source, "-o", "out.csv")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "cut.csv, line 3" in result.err
    assert "archer" not in result.err
    cli.assert_whole(sandbox.bill())


def test_a_ragged_row_is_rejected_by_its_line_and_the_others_go_on(cli: Cli) -> None:
    rows = ["ada.sample+hit@a.example,Ada Sample", "Ben", "c@c.example,Cy,more", "di.sample+hit@d.example,Di Sample"]
    cli.write("ragged.csv", "\n".join(["Email,Name", *rows, ""]))
    result = cli.run("enrich", "ragged.csv", "--rejects", "rejects.csv", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 2, "rejected": 2})
    ragged = [(3, "has 1 cell, the header has 2"), (4, "has 3 cells, the header has 2")]
    assert result.report["rejections"] == [{"line": line, "reason": reason} for line, reason in ragged]
    rejects = (cli.folder / "rejects.csv").read_text().splitlines()
    assert [line for line in rejects if "has 1 cell, the header has 2" in line and "3" in line]
    assert [line for line in rejects if "has 3 cells, the header has 2" in line and "4" in line]
    assert "Ben" not in (cli.folder / "out.csv").read_text()
    told = cli.run("enrich", "ragged.csv").out
    assert all(f"line {line} rejected: {reason}" in told for line, reason in ragged)


def test_without_any_provider_nothing_is_lost_and_each_key_to_set_is_named(stocked: Cli) -> None:
    for name in ("CLEARBIT_API_KEY", "FULLCONTACT_API_KEY", "HUNTER_API_KEY"):
        stocked.settings.pop(name)
    source = stocked.source(["new.face@example.com"], "new.csv")
    known, output = stocked.rows("SELECT * FROM customer_enrichment_data"), stocked.folder / "enriched.csv"
    before = output.read_bytes()
    result = stocked.run("enrich", source, "-o", output.name, "--json")
    assert (result.code, result.counts, result.err.count("\n")) == (5, {"not_found": 1}, 1)
    assert [vendor for vendor in ("CLEARBIT", "FULLCONTACT", "HUNTER") if f"{vendor}_API_KEY" not in result.err] == []
    assert (stocked.rows("SELECT * FROM customer_enrichment_data"), output.read_bytes()) == (known, before)


def test_what_is_fresh_is_served_without_any_provider(stocked: Cli, sandbox: SandboxProcess) -> None:
    for name in ("CLEARBIT_API_KEY", "FULLCONTACT_API_KEY", "HUNTER_API_KEY"):
        stocked.settings.pop(name)
    result = stocked.run("enrich", "customers.csv", "--json")
    assert (result.code, result.counts, result.err) == (0, {"cached": 3}, "")
    assert sandbox.asked() == 0


def test_a_data_type_that_nobody_serves_is_exit_5(stocked: Cli) -> None:
    stocked.run("set-tier", "pro")
    result = stocked.run("enrich", "customers.csv", "--types", "social", "-o", "out.csv")
    assert (result.code, result.err.count("\n")) == (5, 1)
    assert not (stocked.folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ENRICHMENT_MIN_CONFIDENCE", "2"),
        ("HUNTER_RATE", "often"),
        ("ENRICHMENT_MASTER_KEY", "short"),
        ("ENABLE_CUSTOMER_ENRICHMENT", "false"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(stocked: Cli, setting: str, value: str) -> None:
    stocked.settings[setting] = value
    before = stocked.files()
    refused(stocked.run("enrich", "customers.csv", "-o", "enriched.csv"), 5, setting)
    assert stocked.files() == before


@pytest.mark.parametrize("setting", ["HUNTER_RATE", "HUNTER_COST_USD"])
def test_one_for_a_real_provider_is_so_in_the_simulator_too(cli: Cli, hits: Hits, setting: str) -> None:
    cli.settings[setting] = "often"
    words = f"{setting} can't be used: it must be "
    refused(cli.run("enrich", cli.source(hits(1)), "--types", "person", "--sandbox"), 5, words)


def test_another_master_key_opens_nothing_and_changes_nothing(stocked: Cli) -> None:
    stocked.settings["ENRICHMENT_MASTER_KEY"] = "ab" * 32
    before = stocked.files()
    refused(stocked.run("enrich", "customers.csv", "-o", "enriched.csv"), 5, "master key")
    assert stocked.files() == before


def test_a_header_alone_is_a_table_of_nobody(cli: Cli) -> None:
    cli.write("nobody.csv", "Name,Email\n")
    result = cli.run("enrich", "nobody.csv", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {})
    assert Path(cli.folder / "out.csv").read_text().startswith("Name,Email,")
