"""Rows as Parquet."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs import parquet
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.parquet import Parquet, schema
from enrich_cli.outputs.standard_output import StandardOutput
from tests.outputs.conftest import with_data

ALL = tuple(DataType)


def written(columns: Columns, *rows: Finished) -> pa.Table:
    out = io.BytesIO()
    writer = Parquet(StandardOutput(out), columns)
    for row in rows:
        writer.write(row)
    writer.close()
    return pq.read_table(io.BytesIO(out.getvalue()))


def test_every_column_has_the_type_of_its_model() -> None:
    kinds = {field.name: str(field.type) for field in schema(Columns(("email",), ALL, has_id=False))}
    assert kinds["email"] == kinds["customer_id"] == kinds["person_bio"] == "string"
    assert kinds["person_cached_at"] == "timestamp[us, tz=UTC]"
    assert (kinds["business_rating"], kinds["social_twitter_followers"]) == ("double", "int64")
    assert (kinds["property_owner_occupied"], kinds["business_categories"]) == ("bool", "list<item: string>")
    assert kinds["person_employment"].startswith("list<item: struct<company: string, title: string")
    assert kinds["business_hours"].startswith("struct<monday: list<item: list<item: string>>")


def test_the_columns_are_the_flat_ones_in_their_order() -> None:
    columns = Columns(("email",), ALL, has_id=False)
    assert tuple(schema(columns).names) == columns.names


def test_lists_and_maps_are_real_structures(jane: Finished, known: Enrichment) -> None:
    columns = Columns(("email", "notes"), ALL, has_id=False)
    hours = {"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "sunday": []}
    data = {"rating": 4, "review_count": 3, "categories": ["bar"], "hours": hours, "officers": [{"name": "Ada"}]}
    (person, business) = written(columns, jane, with_data(jane, known, DataType.BUSINESS, **data)).to_pylist()
    assert (person["email"], person["notes"], person["person_full_name"]) == ("JANE@acme.com", "vip", "Jane Doe")
    assert person["person_employment"][0]["company"] == "Acme"
    assert person["person_cached_at"] == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert (business["business_rating"], business["business_categories"]) == (4.0, ["bar"])
    assert business["business_officers"] == [{"name": "Ada", "role": None}]
    assert (business["business_hours"]["monday"], business["business_hours"]["sunday"]) == (hours["monday"], [])
    assert (business["person_confidence"], business["business_hours"]["tuesday"]) == (None, None)


def test_columns_of_the_same_name_all_stay(jane: Finished) -> None:
    assert written(Columns(("x", "x"), (), has_id=True), jane).to_pylist() == [
        {"x": "JANE@acme.com", "x_2": "vip", "enrichment_status": "enriched"}
    ]


def test_a_rejected_row_stands_there_and_one_that_can_not_be_read_does_not() -> None:
    rows = [Finished(Rejected(2, ["?"], "no", readable=readable), Count.REJECTED) for readable in (True, False)]
    (row,) = written(Columns(("email",), ALL, has_id=False), *rows).to_pylist()
    assert {name: value for name, value in row.items() if value} == {"email": "?", "enrichment_status": "rejected"}


@pytest.mark.parametrize(("setting", "most"), [("_ROWS_A_GROUP", 2), ("_CHARACTERS_A_GROUP", 30)])
def test_no_more_than_a_group_of_rows_is_held(
    jane: Finished, monkeypatch: pytest.MonkeyPatch, setting: str, most: int
) -> None:
    monkeypatch.setattr(parquet, setting, most)
    out = io.BytesIO()
    writer = Parquet(StandardOutput(out), Columns(("email", "notes"), (), has_id=True))
    for _ in range(5):
        writer.write(jane)
    writer.close()
    file = pq.ParquetFile(io.BytesIO(out.getvalue()))
    assert [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)] == [2, 2, 1]
