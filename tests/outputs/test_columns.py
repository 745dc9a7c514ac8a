"""Where everything of a finished row stands in a flat output."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Result, State, content_of
from enrich_cli.domain.person import Person
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected, Row
from enrich_cli.outputs.columns import Columns, stands_in_output, text

PERSON = (DataType.PERSON,)


def cells(columns: Columns, finished: Finished) -> dict[str, str]:
    return dict(zip(columns.names, [*columns.own(finished), *map(text, columns.learned(finished))], strict=True))


def test_own_columns_come_first_then_the_id_the_count_and_each_data_type() -> None:
    names = Columns(("email", "notes"), PERSON, has_id=False).names
    about = ("person_status", "person_source", "person_confidence", "person_cached_at")
    assert names == (
        *("email", "notes", "customer_id", "enrichment_status"),
        *about,
        *(f"person_{name}" for name in Person.__struct_fields__),
    )


def test_a_source_with_an_id_gets_no_second_one() -> None:
    assert Columns(("email", "id"), (), has_id=True).names == ("email", "id", "enrichment_status")


def test_a_row_whose_id_is_empty_gets_it_there(jane: Finished) -> None:
    columns = Columns(("email", "notes"), (), has_id=True, id_column="notes")
    empty = replace(jane, row=Row(2, ["JANE@acme.com", " "], jane.row.customer))  # type: ignore[union-attr]
    assert columns.own(empty) == ["JANE@acme.com", "jane@acme.com", "enriched"]
    assert columns.own(jane) == ["JANE@acme.com", "vip", "enriched"]
    assert columns.input_cells(empty) == ["JANE@acme.com", " "]


def test_the_profiles_of_a_network_have_columns_of_their_own() -> None:
    names = Columns((), (DataType.SOCIAL,), has_id=True).names
    assert names[1:6] == (
        "social_status",
        "social_source",
        "social_confidence",
        "social_cached_at",
        "social_linkedin_url",
    )
    assert "social_twitter_followers" in names


def test_what_is_nested_in_a_property_is_joined_by_its_last_name() -> None:
    names = Columns((), (DataType.PROPERTY,), has_id=True).names
    assert {"property_address", "property_market_value", "property_type", "property_permits"} < set(names)


def test_an_input_column_named_like_an_enriched_one_is_replaced(jane: Finished) -> None:
    columns = Columns(("person_email", "notes"), PERSON, has_id=True)
    assert columns.names[0] == "notes"
    assert cells(columns, jane)["person_email"] == ""


def test_an_enriched_column_that_was_not_asked_for_stays(jane: Finished) -> None:
    assert cells(Columns(("person_email", "notes"), (), has_id=True), jane)["person_email"] == "JANE@acme.com"


def test_what_is_known_is_written_as_text(jane: Finished) -> None:
    row = cells(Columns(("email", "notes"), PERSON, has_id=False), jane)
    assert (row["email"], row["customer_id"], row["enrichment_status"]) == (
        "JANE@acme.com",
        "jane@acme.com",
        "enriched",
    )
    assert (row["person_status"], row["person_source"]) == ("found", "clearbit,hunter")
    assert (row["person_confidence"], row["person_cached_at"]) == ("0.97", "2026-11-03T09:30:00Z")
    assert (row["person_full_name"], row["person_phone"]) == ("Jane Doe", "")
    assert row["person_employment"] == '[{"company":"Acme","current":true}]'


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), ("", ""), ([], "[]"), (True, "true"), (False, "false"), (0, "0")]
)
def test_a_value_nobody_gave_is_empty_and_false_zero_and_an_empty_list_are_not(
    jane: Finished, known: Enrichment, value: object, words: str
) -> None:
    result = Result(State.FOUND, replace(known, content=content_of({"bio": value})))
    row = cells(Columns(("email", "notes"), PERSON, has_id=True), replace(jane, results={DataType.PERSON: result}))
    assert row["person_bio"] == words


def test_a_failed_type_shows_what_was_stored_before(jane: Finished, known: Enrichment) -> None:
    failed = replace(jane, count=Count.PARTIAL, results={DataType.PERSON: Result(State.FAILED, known)})
    row = cells(Columns(("email", "notes"), PERSON, has_id=True), failed)
    assert (row["person_status"], row["person_full_name"]) == ("failed", "Jane Doe")


def test_a_failed_type_without_stored_data_has_its_status_alone(jane: Finished) -> None:
    failed = replace(jane, results={DataType.PERSON: Result(State.FAILED)})
    learned = Columns(("email", "notes"), PERSON, has_id=True).learned(failed)
    assert learned[0] == "failed"
    assert set(learned[1:]) == {None}


def test_a_rejected_row_stands_there_with_its_cells_and_empty_columns() -> None:
    row = cells(Columns(("email",), PERSON, has_id=False), Finished(Rejected(2, ["?"], "no"), Count.REJECTED))
    assert (row.pop("email"), row.pop("enrichment_status")) == ("?", "rejected")
    assert set(row.values()) == {""}


@pytest.mark.parametrize("data_type", DataType)
def test_every_learned_column_has_a_type(data_type: DataType) -> None:
    columns = Columns(("email",), (data_type,), has_id=True)
    assert tuple(columns.learned_types) == columns.names[2:]
    assert columns.learned_types[f"{data_type}_confidence"] is float


def test_only_rows_that_can_not_be_read_are_left_out(jane: Finished) -> None:
    rejected = Rejected(2, ["?"], "no")
    rows: list[Row | Rejected] = [jane.row, rejected, replace(rejected, readable=False)]
    assert [stands_in_output(replace(jane, row=row)) for row in rows] == [True, True, False]
