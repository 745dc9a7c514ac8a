"""`export`: what is stored, in six formats, filtered."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits


def test_standard_output_is_csv_unless_another_format_is_wanted(stocked: Cli, hits: Hits) -> None:
    result = stocked.run("export")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert (result.code, [row["customer_id"] for row in rows]) == (0, hits(3))
    assert [row["enrichment_status"] for row in rows] == ["cached"] * 3
    assert all(row["person_job_title"] for row in rows)
    lines = stocked.run("export", "--format", "ndjson", "--types", "person").out.splitlines()
    assert [json.loads(line)["person"]["status"] for line in lines] == ["found"] * 3
    assert json.loads(lines[0])["input"]["email"] == hits(3)[0]
    assert "business" not in json.loads(lines[0])


def test_every_format_is_told_by_the_ending(stocked: Cli, hits: Hits) -> None:
    for ending in ("csv", "json", "ndjson", "parquet", "xlsx", "html"):
        result = stocked.run("export", "-o", f"all.{ending}", "--json")
        assert result.report == {"customers": 3, "output": f"all.{ending}", "format": ending, "sandbox": False}
    table = pq.read_table(stocked.folder / "all.parquet")
    assert (table.num_rows, str(table.schema.field("person_cached_at").type)) == (3, "timestamp[us, tz=UTC]")
    assert openpyxl.load_workbook(stocked.folder / "all.xlsx").worksheets[0].max_row == 4
    page = (stocked.folder / "all.html").read_text()
    assert all(mail.replace("+", "&#43;") in page or mail in page for mail in hits(3))


def test_the_same_store_gives_the_same_bytes(stocked: Cli) -> None:
    first, second = (stocked.run("export", "--format", "html") for _ in range(2))
    assert (first.code, first.out) == (0, second.out)


def test_filters(stocked: Cli, hits: Hits) -> None:
    def exported(*options: str) -> list[str]:
        return [row["customer_id"] for row in csv.DictReader(io.StringIO(stocked.run("export", *options).out))]

    assert exported("--customer", hits(3)[1]) == hits(3)[1:2]
    assert exported("--min-confidence", "1") == []
    assert exported("--fresh-only", "--min-confidence", "0.5") == hits(3)
    stocked.run("set-tier", "enterprise")
    assert exported("--fresh-only") == []


def test_json_is_one_document_in_any_case(stocked: Cli) -> None:
    assert len(stocked.run("export", "--json").report) == 3
    result = stocked.run("export", "--json", "--format", "csv")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_it_writes_nothing_but_its_output_and_asks_nobody(stocked: Cli) -> None:
    stocked.folder.chmod(0o755)
    before = stocked.files()
    assert stocked.run("export").code == 0
    assert stocked.files() == before


def test_synthetic_data_is_called_so(cli: Cli) -> None:
    cli.settings = {name: value for name, value in cli.settings.items() if not name.endswith("_BASE_URL")}
    assert cli.run("enrich", cli.source(["ada+hit@pumps.example"]), "--sandbox", "--types", "person").code == 0
    result = cli.run("export", "--sandbox", "-o", "all.html")
    assert "synthetic" in result.err
    assert "synthetic" in (cli.folder / "all.html").read_text()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-o", "all.docx"), "*.xlsx or *.html"),
        (("--format", "xslx"), "did you mean"),
        (("--format", "csv", "-o", "store.db"), "the store itself"),
        (("--customer", "nobody@example.com", "-o", "all.csv"), "no stored customer"),
        (("--min-confidence", "2"), "min-confidence"),
        (("--min-confidence", "nan", "-o", "all.csv"), "min-confidence"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_exit_2(stocked: Cli, options: tuple[str, ...], words: str) -> None:
    before = stocked.files()
    result = stocked.run("export", *options)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert words in result.err
    assert stocked.files() == before
