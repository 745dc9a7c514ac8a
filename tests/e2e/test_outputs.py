"""`-o` and `--rejects`: whole files, in the order of the source, or none."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

WITH_SMALL_FILES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_a_csv_output_keeps_the_rows_their_order_and_their_own_columns(cli: Cli, hits: Hits) -> None:
    emails = [*hits(20), "ben.archer+miss@freight.example", ""]
    assert cli.run("enrich", cli.source(emails), "--types", "person", "-o", "out.csv").code == 0
    with (cli.folder / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Email"] for row in rows] == emails
    assert [row["enrichment_status"] for row in rows] == ["enriched"] * 20 + ["not_found", "rejected"]
    assert {row["person_source"] for row in rows[:20]} == {"clearbit"}
    assert [row for row in rows[:20] if not row["person_job_title"]] == []
    assert [row["person_status"] for row in rows[-2:]] == ["not_found", ""]


def test_an_ndjson_output_holds_what_went_in_and_what_was_found(cli: Cli, hits: Hits) -> None:
    source = cli.source(hits(2))
    assert cli.run("enrich", source, "-o", "out.ndjson", "--json").code == 0
    rows = [json.loads(line) for line in (cli.folder / "out.ndjson").read_text().splitlines()]
    assert [row["input"] for row in rows] == [{"Name": "Ada Sample", "Email": email} for email in hits(2)]
    assert {row["person"]["status"] for row in rows} == {"found"}
    assert {row["person"]["provenance"]["job_title"] for row in rows} == {"clearbit"}


def test_every_format_holds_the_same_rows(stocked: Cli) -> None:
    rows = {}
    for ending in ("csv", "json", "ndjson", "parquet", "xlsx"):
        result = stocked.run("enrich", "customers.csv", "-o", f"out.{ending}", "--json")
        assert (result.code, result.counts) == (0, {"cached": 3})
        assert (stocked.folder / f"out.{ending}").stat().st_mode & 0o777 == 0o600
        rows[ending] = _job_titles(stocked.folder / f"out.{ending}")
    assert len(rows["csv"]) == 3
    assert all(titles == rows["csv"] for titles in rows.values())


def test_a_row_without_an_id_among_others_gets_one_in_every_format(cli: Cli, hits: Hits) -> None:
    """It is what the row is called in the store, and what it is called when the output is enriched again."""
    one, other = hits(2)
    source = cli.write("ids.csv", f"ID,Email\n17,{one}\n,{other}\n")
    for ending in ("csv", "ndjson", "parquet", "xlsx"):
        assert cli.run("enrich", source, "--types", "person", "-o", f"out.{ending}").code == 0
    with (cli.folder / "out.csv").open(newline="") as file:
        assert [row["ID"] for row in csv.DictReader(file)] == ["17", other]
    assert pq.read_table(cli.folder / "out.parquet")["ID"].to_pylist() == ["17", other]
    sheet = openpyxl.load_workbook(cli.folder / "out.xlsx")["Customers"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["ID", "17", other]
    lines = [json.loads(line) for line in (cli.folder / "out.ndjson").read_text().splitlines()]
    assert [(line["input"]["ID"], line["customer_id"]) for line in lines] == [("17", "17"), ("", other)]
    to_table = ("-o", "sqlite:///out.db", "--output-table", "enriched")
    assert cli.run("enrich", source, "--types", "person", *to_table).code == 0
    with closing(sqlite3.connect(cli.folder / "out.db")) as table:
        assert table.execute("SELECT customer_id FROM enriched ORDER BY 1").fetchall() == [("17",), (other,)]
    cli.remains.outputs |= {"out.csv", "out.ndjson", "out.parquet", "out.xlsx", "out.db"}
    assert cli.run("enrich", "out.csv", "--types", "person", "--json").counts == {"cached": 2}


def _job_titles(path: Path) -> list[tuple[str, str]]:
    if path.suffix in (".json", ".ndjson"):
        text = path.read_text()
        rows = json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
        return [(row["input"]["Email"], row["person"]["data"]["job_title"]) for row in rows]
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".xlsx":
        head, *body = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        rows = [dict(zip(map(str, head), row, strict=True)) for row in body]
    else:
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
    return [(row["Email"], row["person_job_title"]) for row in rows]


def test_rows_are_written_back_to_a_database_as_often_as_one_likes(stocked: Cli) -> None:
    target = ("-o", "sqlite:///crm.db", "--output-table", "enriched")
    for _ in range(2):
        assert stocked.run("enrich", "customers.csv", *target).code == 0
    with closing(sqlite3.connect(stocked.folder / "crm.db")) as connection:
        rows = connection.execute('SELECT customer_id, "Email", enrichment_status, person_source FROM enriched')
        assert [(one == mail, *others) for one, mail, *others in rows] == [(True, "cached", "clearbit")] * 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-o", "out.docx"), "*.csv, *.ndjson, *.json, *.parquet or *.xlsx"),
        (("-o", "out.docx", "--dry-run"), "*.csv, *.ndjson, *.json, *.parquet or *.xlsx"),
        (("-o", "none/out.csv"), "none/out.csv"),
        (("-o", "loop.csv"), "in a loop"),
        (("-o", "./customers.csv"), "SOURCE and -o are the same file"),
        (("-o", "postgresql://ada:hush@127.0.0.1:1/crm", "--output-table", "enriched"), "refused"),
    ],
)
def test_an_output_that_can_not_be_used_is_one_line_and_exit_2_and_harms_nothing(
    stocked: Cli, options: tuple[str, ...], words: str
) -> None:
    (stocked.folder / "loop.csv").symlink_to("loop.csv")
    before = stocked.files()
    result = stocked.run("enrich", "customers.csv", *options)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert words in result.err
    assert "hush" not in result.err
    assert stocked.files() == before


def test_rows_on_standard_output_leave_it_to_the_rows_alone(cli: Cli, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(3)), "-o", "-")
    assert result.code == 0
    assert [json.loads(line)["enrichment_status"] for line in result.out.splitlines()] == ["enriched"] * 3
    assert "enrich done: 3 rows" in result.err


def test_an_output_can_be_enriched_again(cli: Cli, hits: Hits) -> None:
    cli.run("enrich", cli.source(hits(2)), "--types", "person", "-o", "out.csv")
    again = cli.run("enrich", "out.csv", "--types", "person", "-o", "again.csv", "--json")
    assert again.counts == {"cached": 2}
    header = (cli.folder / "again.csv").read_text().splitlines()[0].split(",")
    assert len(header) == len(set(header))


def test_rejects_hold_line_and_reason_and_every_other_row_goes_on(cli: Cli) -> None:
    cli.write("mixed.csv", "Email,Name\nada.sample+hit@a.example,Ada Sample\n,Nameless\nx,y,z\n")
    result = cli.run("enrich", "mixed.csv", "--rejects", "rejects.csv", "-o", "out.csv", "--json")
    assert result.counts == {"enriched": 1, "rejected": 2}
    rejects = (cli.folder / "rejects.csv").read_text()
    assert "has 3 cells, the header has 2" in rejects
    assert "Nameless" in rejects
    assert [line.split(",")[0] for line in (cli.folder / "out.csv").read_text().splitlines()[1:]] == [
        "ada.sample+hit@a.example",
        "",
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("option", [("-o", "-"), ("--json",)])
def test_a_full_disk_under_standard_output_is_one_line_and_exit_1(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, option: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        result = cli.start("enrich", cli.source(hits(3)), *option, stdout=full.fileno()).wait()
    # With -o -, the report is on standard error.
    assert (result.code, result.err.count("enrich-cli: error: ")) == (1, 1)
    assert result.err.splitlines()[-1].startswith("enrich-cli: error: ")
    assert "bug" not in result.err
    cli.assert_whole(sandbox.bill())


@pytest.mark.parametrize("kilobytes", [48, 200, 300])
def test_a_full_disk_under_the_store_is_one_line_and_exit_1_and_harms_nothing(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, kilobytes: int
) -> None:
    """While the store is made, while the run is begun, and in the middle of the run."""
    unlimited = cli.program
    cli.program = [sys.executable, "-c", WITH_SMALL_FILES, str(1024 * kilobytes), *unlimited]
    # All at once, they may be written down in few steps, for which there would be room.
    result = cli.run("enrich", cli.source(hits(50)), "-o", "out.csv", "--concurrency", "5")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "disk" in result.err
    assert not (cli.folder / "out.csv").exists()
    cli.program = unlimited
    again = cli.run("enrich", "customers.csv", "--types", "person", "--json")
    assert (again.code, again.report["quota"]["used"]) == (0, 50)
    cli.assert_whole(sandbox.bill())


def test_no_output_appears_when_nobody_is_configured(cli: Cli, hits: Hits) -> None:
    """What an earlier run wrote there stays."""
    cli.write("out.csv", "of yesterday")
    for key in ("CLEARBIT", "FULLCONTACT", "HUNTER"):
        del cli.settings[f"{key}_API_KEY"]
    for output in ("out.csv", "new.csv"):
        assert cli.run("enrich", cli.source(hits(2)), "-o", output).code == 5
    assert (cli.folder / "out.csv").read_text() == "of yesterday"
    assert not (cli.folder / "new.csv").exists()


def test_failed_rows_stand_in_the_output_as_failed(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("*:shape") as sandbox:
        cli.asks(sandbox)
        assert cli.run("enrich", cli.source(hits(2)), "--types", "person", "-o", "out.csv").code == 3
    with (cli.folder / "out.csv").open(newline="") as file:
        assert [(row["enrichment_status"], row["person_status"]) for row in csv.DictReader(file)] == [
            ("failed", "failed")
        ] * 2


def test_a_truncated_source_still_gives_its_output(cli: Cli) -> None:
    cli.write("cut.csv", 'Email,Name\nada.sample+hit@a.example,Ada Sample\n"ben')
    result = cli.run("enrich", "cut.csv", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (2, {"enriched": 1})
    assert "could not be read to the end" in result.err
    assert (cli.folder / "out.csv").exists()


def test_a_data_type_beyond_the_tier_stands_in_the_output_as_skipped(cli: Cli, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(1)), "-o", "out.csv", "--json")
    (row,) = csv.DictReader((cli.folder / "out.csv").read_text(encoding="utf-8").splitlines())
    assert (row["person_status"], row["social_status"], row["property_status"]) == ("found", "skipped", "skipped")
    assert result.report["skipped_types"] == {"social": "needs tier pro", "property": "needs tier pro"}
    reasons = {entry["provider"]: entry["disabled"] for entry in result.report["providers"]}
    assert (reasons["attom"], reasons["twitter"], reasons["clearbit"]) == ("needs tier pro", "needs tier pro", None)
