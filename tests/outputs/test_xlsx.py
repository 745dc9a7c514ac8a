"""Rows as an Excel workbook, read by another program's code."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs import xlsx
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.standard_output import StandardOutput
from enrich_cli.outputs.xlsx import Xlsx
from tests.outputs.conftest import with_data

PERSON = Columns(("email", "notes"), (DataType.PERSON,), has_id=False)
CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["02138", "=1+1", "<r><t>x</t></r>", "<r>&</r>", "_x0041_", " a\r\nb ", "1e5", "2026-01-01", "TRUE"]
    ),
)


def bytes_of(columns: Columns, *rows: Finished, **options: Any) -> bytes:
    out = io.BytesIO()
    writer = Xlsx(StandardOutput(out), columns, **options)
    for row in rows:
        writer.write(row)
    writer.close()
    return out.getvalue()


def sheet(columns: Columns, *rows: Finished, **options: Any) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(bytes_of(columns, *rows, **options))).active
    assert isinstance(found, Worksheet)
    return found


def cells(columns: Columns, row: Finished, **options: Any) -> dict[str, Cell]:
    page = sheet(columns, row, **options)
    return {str(head.value): cell for head, cell in zip(page[1], page[2], strict=True)}  # type: ignore[misc]


def rejected(*texts: str) -> Finished:
    return Finished(Rejected(2, list(texts), "no"), Count.REJECTED)


def test_numbers_dates_truths_and_links_are_such(jane: Finished, known: Enrichment) -> None:
    row = cells(PERSON, with_data(jane, known, DataType.PERSON, linkedin_url="https://linkedin.com/in/jane?a=%20&b"))
    assert (row["person_confidence"].value, row["person_confidence"].data_type) == (0.97, "n")
    assert row["person_cached_at"].value == datetime(2026, 11, 3, 9, 30)  # noqa: DTZ001 Excel knows no zones
    assert row["person_linkedin_url"].value == "https://linkedin.com/in/jane?a=%20&b"
    link = row["person_linkedin_url"].hyperlink
    assert link
    assert link.target == "https://linkedin.com/in/jane?a=%20&b"
    columns = Columns(("email", "notes"), (DataType.PROPERTY,), has_id=False)
    ownership = {"market_value": 750_000, "last_sale_date": "2019-05-04", "owner_occupied": True}
    house = cells(columns, with_data(jane, known, DataType.PROPERTY, properties=[{"ownership": ownership}]))
    assert (house["property_market_value"].value, house["property_owner_occupied"].value) == (750_000, True)
    assert house["property_last_sale_date"].value == datetime(2019, 5, 4)  # noqa: DTZ001
    assert house["property_last_sale_date"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("text", ["2019", "2019-13-45", "1066-10-14", "http://", "https://a b", "javascript:alert(1)"])
def test_what_is_no_whole_date_or_link_is_text(jane: Finished, known: Enrichment, text: str) -> None:
    cell = cells(PERSON, with_data(jane, known, DataType.PERSON, bio=text))["person_bio"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_lists_and_maps_are_json_text_and_what_nobody_gave_is_empty(jane: Finished) -> None:
    row = cells(PERSON, jane)
    assert row["person_employment"].value == '[{"company":"Acme","current":true}]'
    assert row["person_phone"].value is None


def test_what_a_provider_said_is_no_formula_unless_it_is_wanted_raw(jane: Finished, known: Enrichment) -> None:
    evil = with_data(jane, known, DataType.PERSON, bio="=1+1", phone="+49 30 1")
    row, raw = cells(PERSON, evil), cells(PERSON, evil, raw=True)
    assert (row["person_bio"].value, row["person_phone"].value) == ("'=1+1", "+49 30 1")
    assert raw["person_bio"].value == "=1+1"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(bytes_of(PERSON, evil, raw=True))).read("xl/worksheets/sheet1.xml")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_the_customers_own_cells_are_texts_as_they_were(rows: list[tuple[str, str]]) -> None:
    file = zipfile.ZipFile(
        io.BytesIO(bytes_of(Columns(("a", "b"), (), has_id=True), *(rejected(*row) for row in rows)))
    )
    page = file.read("xl/worksheets/sheet1.xml").decode()
    found = [tuple(_text_in(page, f"{column}{number}") for column in "AB") for number in range(2, len(rows) + 2)]
    assert found == rows


def _text_in(page: str, place: str) -> str:
    """What Excel makes of an inline text: XML, then its own escapes."""
    match = re.search(rf'<c r="{place}" t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', page, re.DOTALL)
    escaped = match[1] if match else ""
    plain = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), plain)


def test_the_header_is_frozen_and_every_column_can_be_filtered(jane: Finished) -> None:
    page = sheet(PERSON, jane)
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == page.dimensions
    assert all(cell.font.b for cell in page[1])


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(jane: Finished) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(PERSON, *[jane] * 5, most_rows=3)))
    assert [(page.title, page.max_row) for page in book.worksheets] == [
        ("Customers", 3),
        ("Customers 2", 3),
        ("Customers 3", 2),
    ]
    assert {page["A1"].value for page in book.worksheets} == {"email"}


@pytest.mark.parametrize(
    "url", ["https://acme.example/\x01a", "https://acme.example/\u202ea", f"http://a/{'😀' * 1_100}"]
)
def test_a_link_that_a_workbook_can_not_hold_is_text(jane: Finished, known: Enrichment, url: str) -> None:
    cell = cells(PERSON, with_data(jane, known, DataType.PERSON, bio=url))["person_bio"]
    assert (unescape(str(cell.value)), cell.hyperlink) == (url, None)


def test_links_beyond_what_a_sheet_takes_are_text(
    jane: Finished, known: Enrichment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_MOST_LINKS", 1)
    row = with_data(jane, known, DataType.PERSON, linkedin_url="https://linkedin.com/in/jane")
    page = sheet(PERSON, row, row)
    place = next(cell.column for cell in page[1] if cell.value == "person_linkedin_url")
    links = [page.cell(number, place) for number in (2, 3)]
    assert [cell.value for cell in links] == ["https://linkedin.com/in/jane"] * 2
    assert [cell.hyperlink is not None for cell in links] == [True, False]


def test_a_cell_that_is_too_long_is_cut_and_said() -> None:
    out = io.BytesIO()
    writer = Xlsx(StandardOutput(out), Columns(("a",), (), has_id=True))
    writer.write(rejected("x" * 32_767))
    assert not writer.losses
    writer.write(rejected("x" * 32_768))
    writer.close()
    (loss,) = writer.losses
    assert "32,767" in loss
    book = openpyxl.load_workbook(out)
    assert str(book.worksheets[0]["A3"].value).endswith("x…")


def test_an_emoji_counts_as_two_characters_as_it_does_for_excel() -> None:
    out = io.BytesIO()
    writer = Xlsx(StandardOutput(out), Columns(("a",), (), has_id=True))
    writer.write(rejected("😀" * 16_383))
    assert not writer.losses
    writer.write(rejected("😀" * 16_384))
    writer.close()
    assert len(writer.losses) == 1
    page = openpyxl.load_workbook(out).worksheets[0]
    assert [page["A2"].value, page["A3"].value] == ["😀" * 16_383, "😀" * 16_383 + "…"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(OutputError, match="16384"):
        Xlsx(StandardOutput(io.BytesIO()), Columns(["x"] * 16_384, (), has_id=True))


def test_nothing_is_left_where_rows_were_collected(
    jane: Finished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bytes_of(PERSON, jane)
    writer = Xlsx(StandardOutput(io.BytesIO()), PERSON)
    for _ in range(500):
        writer.write(jane)
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_size for path in folder.iterdir()] == [0]
    writer.discard()
    assert list(tmp_path.iterdir()) == []
