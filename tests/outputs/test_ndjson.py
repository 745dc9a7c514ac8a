"""Rows as NDJSON."""

from __future__ import annotations

import io
from typing import Any

import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.person import Person
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.ndjson import Ndjson
from enrich_cli.outputs.standard_output import StandardOutput


def written(columns: Columns, *rows: Finished) -> list[dict[str, Any]]:
    out = io.BytesIO()
    writer = Ndjson(StandardOutput(out), columns)
    for row in rows:
        writer.write(row)
    writer.close()
    return [orjson.loads(line) for line in out.getvalue().splitlines()]


def test_a_row_is_its_input_its_id_its_count_and_what_is_known(jane: Finished) -> None:
    (row,) = written(Columns(("email", "notes"), (DataType.PERSON,), has_id=False), jane)
    person = row.pop("person")
    assert row == {
        "input": {"email": "JANE@acme.com", "notes": "vip"},
        "customer_id": "jane@acme.com",
        "enrichment_status": "enriched",
    }
    assert list(person) == ["status", "source", "confidence", "cached_at", "data", "provenance"]
    assert (person["status"], person["confidence"], person["cached_at"]) == ("found", 0.97, "2026-11-03T09:30:00Z")
    assert person["provenance"] == {"full_name": "clearbit"}


def test_data_stands_as_it_was_saved_with_every_field_of_its_model_and_real_lists(jane: Finished) -> None:
    (row,) = written(Columns(("email", "notes"), (DataType.PERSON,), has_id=False), jane)
    data = row["person"]["data"]
    assert list(data) == list(Person.__struct_fields__)
    assert (data["phone"], data["employment"][0]["company"]) == (None, "Acme")


def test_a_rejected_row_has_nulls_and_one_that_can_not_be_read_is_left_out() -> None:
    rejected = Finished(Rejected(2, ["x"], "no"), Count.REJECTED)
    unreadable = Finished(Rejected(3, [], "no", readable=False), Count.REJECTED)
    (row,) = written(Columns(("email",), (DataType.PERSON,), has_id=False), rejected, unreadable)
    assert (row["customer_id"], row["enrichment_status"]) == (None, "rejected")
    assert set(row["person"].values()) == {None}


def test_columns_of_the_same_name_all_stay(jane: Finished) -> None:
    (row,) = written(Columns(("x", "x"), (), has_id=True), jane)
    assert row["input"] == {"x": "JANE@acme.com", "x_2": "vip"}


def test_a_number_that_would_hit_another_column_is_passed_over(jane: Finished) -> None:
    three = Finished(Rejected(2, ["1", "2", "3"], "no"), Count.REJECTED)
    (row,) = written(Columns(("x", "x", "x_2"), (), has_id=True), three)
    assert row["input"] == {"x": "1", "x_3": "2", "x_2": "3"}


def test_an_input_column_named_like_an_enriched_one_is_replaced(jane: Finished) -> None:
    (row,) = written(Columns(("email", "enrichment_status"), (), has_id=True), jane)
    assert row["input"] == {"email": "JANE@acme.com"}
