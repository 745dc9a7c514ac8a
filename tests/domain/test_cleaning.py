"""Raw texts as the fields of a customer hold them."""

from __future__ import annotations

import pytest

from enrich_cli.domain.cleaning import LONGEST, cleaned
from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.text_columns import cleaned_column


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
    assert list(cleaned_column(field, [raw, raw]).texts) == [value, value]


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
    assert list(cleaned_column(field, ["", raw]).texts) == ["", value]


@pytest.mark.parametrize("raw", ["'ada@pumps.example'", '"ada@pumps.example"', "Ada <'ada@pumps.example'>"])
def test_quotes_around_an_address_are_no_part_of_it(raw: str) -> None:
    assert cleaned("email", raw) == "ada@pumps.example"
    assert list(cleaned_column("email", [raw, "o'hara@x.example"]).texts) == ["ada@pumps.example", "o'hara@x.example"]


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
    assert cleaned_column(field, [raw, "a"]).texts[0] == value


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("raw", ["N/A", "n/a", "NULL", "none", "nan", "Unknown", "-", "[not provided]", " N/A "])
def test_what_stands_for_no_value_is_none(field: str, raw: str) -> None:
    assert cleaned(field, raw) == ""
    assert cleaned_column(field, ["ada@a.example", raw]).texts[1] == ""


def test_what_is_longer_than_any_value_is_none() -> None:
    assert cleaned("company", "(" * LONGEST) == "(" * LONGEST
    assert cleaned("company", "(" * (LONGEST + 1)) == ""
    assert cleaned("email", "ada@example.com, " * LONGEST) == "ada@example.com"


def test_people_may_be_called_null() -> None:
    assert cleaned("last_name", "Null") == "Null"
    assert cleaned("company", "Null") == ""
    assert cleaned("last_name", "None") == ""
