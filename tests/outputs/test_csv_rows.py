"""Rows as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Result, State, content_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected, Row, SourceRow
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.csv_rows import CsvRows, csv_line, harmless
from enrich_cli.outputs.standard_output import StandardOutput
from enrich_cli.sources.csv_file import CsvFile

PERSON = (DataType.PERSON,)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
TROUBLE = st.text(st.sampled_from("\r\n\",' =ü;"), max_size=8)
CELL = st.one_of(TEXT, TROUBLE, st.sampled_from(["jane@acme.com", " Jane  Doe", "=1+1", "ＡCME", "+49 30 1"]))


def written(columns: Columns, *rows: Finished) -> str:
    out = io.BytesIO()
    writer = CsvRows(StandardOutput(out), columns)
    for row in rows:
        writer.write(row)
    writer.close()
    return out.getvalue().decode()


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> io.BytesIO:
    return io.BytesIO(b"".join(map(csv_line, [header, *rows])))


def finish(row: SourceRow, known: Enrichment | None = None) -> Finished:
    if isinstance(row, Rejected):
        return Finished(row, Count.REJECTED)
    results = {DataType.PERSON: Result(State.FOUND, known)} if known else {}
    return Finished(row, Count.ENRICHED, results, row.customer.id.shown)


def person_bio(jane: Finished, known: Enrichment, said: str, *, raw: bool = False) -> str:
    """How a provider's text stands in the row."""
    out = io.BytesIO()
    assert isinstance(jane.row, Row)
    writer = CsvRows(StandardOutput(out), Columns(("email", "notes"), PERSON, has_id=False), raw=raw)
    writer.write(finish(jane.row, replace(known, content=content_of({"bio": said}))))
    writer.close()
    (line,) = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    return line["person_bio"]


def test_there_is_a_header_even_without_rows() -> None:
    assert written(Columns(("email", "notes"), (), has_id=False)) == "email,notes,customer_id,enrichment_status\n"


def test_a_row_without_data_types_ends_with_its_count(jane: Finished) -> None:
    out = written(Columns(("email", "notes"), (), has_id=False), jane)
    assert out.splitlines()[1] == "JANE@acme.com,vip,jane@acme.com,enriched"


def test_a_row_that_can_not_be_read_is_left_out() -> None:
    unreadable = Finished(Rejected(2, ["a"], "has 1 cell", readable=False), Count.REJECTED)
    assert written(Columns(("a", "b"), (), has_id=True), unreadable) == "a,b,enrichment_status\n"


def test_what_a_provider_said_is_no_formula_and_the_customers_own_cells_stay(jane: Finished, known: Enrichment) -> None:
    evil = replace(known, content=content_of({"bio": '=HYPERLINK("http://x")', "phone": "+49 30 123"}))
    assert isinstance(jane.row, Row)
    row = replace(finish(jane.row, evil), row=jane.row._replace(cells=["jane@acme.com", "=A1"]))
    (line,) = csv.DictReader(io.StringIO(written(Columns(("email", "notes"), PERSON, has_id=False), row)))
    assert (line["person_bio"], line["person_phone"], line["notes"]) == (
        '\'=HYPERLINK("http://x")',
        "+49 30 123",
        "=A1",
    )


@pytest.mark.parametrize(
    "text", [" =1", "\x00=1", "\x7f=1", " \x1f @SUM(A1)", "＝1+1", "＋cmd", "－2+3", "＠SUM(A1)", " ＝1"]
)
def test_a_sign_of_full_width_or_behind_what_is_not_seen_is_marked_too(
    jane: Finished, known: Enrichment, text: str
) -> None:
    assert harmless(text) == f"'{text}"
    assert person_bio(jane, known, text) == f"'{text}"
    assert person_bio(jane, known, text, raw=True) == text


@pytest.mark.parametrize("text", ["Ａ＝Ｂ", "株式会社＝1", "＋49 30 123", " +49 30 123", " -1.5"])
def test_a_sign_within_a_text_or_before_a_number_is_not(jane: Finished, known: Enrichment, text: str) -> None:
    assert person_bio(jane, known, text) == harmless(text) == text


@pytest.mark.parametrize("text", ["=1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "+1+cmd", "-", "+"])
def test_a_text_that_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Jane", "+49 (30) 123-45/6", "-12.5", "+1e-7", "2026-11-03", "a=b", '[{"a":1}]'])
def test_plain_texts_phones_numbers_and_dates_stay(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(st.one_of(TEXT, TROUBLE), min_size=2, max_size=6))
def test_a_line_is_as_the_csv_module_writes_it(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    assert csv_line(cells).decode() == f"{out.getvalue()[:-2]}\n"


def ballast(rows: Iterable[Iterable[str]]) -> str:
    """So much plain text that these rows are not taken for binary, whatever control characters they hold."""
    return "plain text" * sum(len(cell) for row in rows for cell in row)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
def test_cells_come_through_source_and_output_as_they_were(rows: list[tuple[str, str, str]]) -> None:
    header = ("email", "name", "notes")
    rows.append(("ada@example.com", "Ada", ballast(rows)))
    with CsvFile(table(header, rows)) as source:
        out = written(Columns(source.columns, (), has_id=source.has_id), *map(finish, source))
    _, *lines = csv.reader(io.StringIO(out, newline=""), strict=True)
    assert [tuple(line[:3]) for line in lines] == rows


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=5), st.sampled_from(["customer_id", "company"]))
def test_an_output_that_is_enriched_again_has_the_same_ids_and_columns(
    rows: list[tuple[str, str, str, str]], last: str
) -> None:
    rows.append(("ada@example.com", "Ada", ballast(rows), "acme"))
    with CsvFile(table(("E-Mail", "Full Name", "address", last), rows)) as source:
        read = list(source)
        columns = Columns(source.columns, PERSON, has_id=source.has_id)
        out = written(columns, *map(finish, read))
    with CsvFile(io.BytesIO(out.encode())) as again:
        reread = list(again)
        assert Columns(again.columns, PERSON, has_id=again.has_id).names == columns.names
    assert [row.customer for row in reread if isinstance(row, Row)] == [
        row.customer for row in read if isinstance(row, Row)
    ]
