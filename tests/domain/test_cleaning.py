"""Many texts are cleaned as one is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich_cli.domain.cleaning import all_folded, cleaned, cleaned_all, folded, normalised
from enrich_cli.domain.customer import FIELDS, customer_from, customers_from

PIECES = st.sampled_from(
    ["a", "B", "é", "ﬁ", "4", "４", " ", "  ", "\t", "\n", "\x00", "\x1c", "\u00a0", "|", "@", ".", "/", "?", "#", ":",
     "www.", "https://", "HTTP://", "mailto:", "N/A", "Null", "x.com/", "x.com", " ::: ", ",", ";", "<", ">", "'",
     '="', '"', "\u200b", "\ufeff"]
)  # fmt: skip
TEXT = st.one_of(st.lists(PIECES, max_size=6).map("".join), st.text(max_size=8))


@given(st.lists(TEXT, min_size=1, max_size=6), st.sampled_from(FIELDS))
@example(["www.www.a.b", ".a", "a.", "a./x"], "domain")
@example(["www. a"], "domain")
@example(["https://HTTP://"], "domain")
@example(["a", "b\nc"], "name")
def test_a_column_is_cleaned_as_its_texts_are_one_by_one(texts: list[str], field: str) -> None:
    assert list(cleaned_all(field, texts)) == [cleaned(field, text) for text in texts]


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("email", "Ada@Pumps.example ::: ada@home.example", "ada@pumps.example"),
        ("email", "ada@pumps.example; ada@home.example", "ada@pumps.example"),
        ("email", "n/a, ada@pumps.example", "ada@pumps.example"),
        ("email", "Ada <ada@pumps.example>", "ada@pumps.example"),
        ("email", '"Lovelace, Ada" <mailto:ada@pumps.example>', "ada@pumps.example"),
        ("phone", "+1 415 555 0134 ::: +1 415 555 0135", "+1 415 555 0134"),
        ("phone", "+1 (415) 555-0134, 4155550135", "+1 (415) 555-0134"),
        ("phone", "415.555.0134;415.555.0135", "415.555.0134"),
        ("phone", "call 555, not 556", "call 555, not 556"),
        ("domain", "pumps.example ::: home.example", "pumps.example"),
        ("domain", "https://pumps.example, http://home.example", "pumps.example"),
        ("address", "12 Elm St ::: 5 Oak St", "12 Elm St"),
    ],
)
def test_of_several_values_in_a_cell_the_first_is_taken(field: str, raw: str, value: str) -> None:
    assert cleaned(field, raw) == value
    assert list(cleaned_all(field, [raw, raw])) == [value, value]


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("postal_code", "'02138", "02138"),
        ("postal_code", '="02138"', "02138"),
        ("phone", "'+1 415 555 0134", "+1 415 555 0134"),
        ("twitter", "'@ada", "ada"),
        ("email", '="Ada@pumps.example"', "ada@pumps.example"),
        ("company", '="N/A"', ""),
        ("city", '=""', ""),
        ("city", "'s-Gravenhage", "'s-Gravenhage"),
        ("last_name", "'t Hooft", "'t Hooft"),
        ("company", "=Equal", "=Equal"),
    ],
)
def test_what_only_tells_a_spreadsheet_to_take_it_for_text_is_left_out(field: str, raw: str, value: str) -> None:
    assert cleaned(field, raw) == value
    assert list(cleaned_all(field, ["", raw])) == ["", value]


@pytest.mark.parametrize("raw", ["'ada@pumps.example'", '"ada@pumps.example"', "Ada <'ada@pumps.example'>"])
def test_quotes_around_an_address_are_no_part_of_it(raw: str) -> None:
    assert cleaned("email", raw) == "ada@pumps.example"
    assert list(cleaned_all("email", [raw, "o'hara@x.example"])) == ["ada@pumps.example", "o'hara@x.example"]


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("email", "\u200bada@pumps.example\u200b", "ada@pumps.example"),
        ("email", "\ufeffada@pumps.example", "ada@pumps.example"),
        ("phone", "\u202a+1 415 555 0134\u202c", "+1 415 555 0134"),
        ("domain", "pumps\u00ad.example", "pumps.example"),
        ("name", "\u200e N/A", ""),
        ("name", "می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_text_unless_its_script_needs_it(field: str, raw: str, value: str) -> None:
    assert cleaned(field, raw) == value
    assert cleaned_all(field, [raw, "a"])[0] == value


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("raw", ["N/A", "n/a", "NULL", "none", "nan", "Unknown", "-", "[not provided]", " N/A "])
def test_what_stands_for_no_value_is_none(field: str, raw: str) -> None:
    assert cleaned(field, raw) == ""
    assert cleaned_all(field, ["ada@a.example", raw])[1] == ""


def test_people_may_be_called_null() -> None:
    assert cleaned("last_name", "Null") == "Null"
    assert cleaned("company", "Null") == ""
    assert cleaned("last_name", "None") == ""


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_a_column_is_compared_as_its_texts_are(texts: list[str]) -> None:
    assert list(all_folded(texts)) == [folded(text) for text in texts]
    assert [" ".join(text.split()) for text in all_folded(texts)] == [normalised(text) for text in texts]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(("customer_id", *FIELDS), TEXT)), min_size=1, max_size=4))
def test_rows_become_the_same_customers_together_as_alone(rows: list[dict[str, str]]) -> None:
    columns = {field: [row[field] for row in rows] for field in FIELDS}
    together = customers_from(columns, [row["customer_id"] for row in rows])
    assert together == [customer_from(row, row["customer_id"]) for row in rows]


@pytest.mark.parametrize("given_id", ["ADA", "ada"])
def test_one_row_whose_id_is_another_field_does_not_spoil_the_next(given_id: str) -> None:
    ada, ben = customers_from({"first_name": ["Ada", "Ben"], "city": ["Rome", "Oslo"]}, [given_id, "C-2"])
    assert ada is not None
    assert ben is not None
    assert ada.id.hashed is not None
    assert ben.id.hashed is None
