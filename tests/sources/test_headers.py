"""Which column stands for which field, and what is refused."""

from __future__ import annotations

import re

import pytest

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import map_headers


def refused(columns: list[str], *overrides: str) -> str:
    with pytest.raises(SourceError) as refusal:
        map_headers(columns, overrides)
    return str(refusal.value)


def test_fields_and_id_are_found_by_their_columns() -> None:
    found = map_headers(["Record ID", "Notes", "E-mail", "Company Name"])
    assert (found.id_column, dict(found.fields), found.warnings) == (0, {"email": 2, "company": 3}, ())


def test_without_an_id_column_there_is_none() -> None:
    assert map_headers(["email"]).id_column is None


def test_the_fields_own_name_wins_over_other_spellings_without_a_warning() -> None:
    found = map_headers(["ID", "Work Email", "Email", "customer_id"])
    assert (found.id_column, found.fields["email"], found.warnings) == (3, 2, ())


def test_the_first_of_several_spellings_wins_with_a_warning_that_names_all() -> None:
    found = map_headers(["Work Email", "x", "Personal Email"])
    assert found.fields["email"] == 0
    assert re.search(
        r"email .*'Work Email' \(column 1\).*'Personal Email' \(column 3\).*--map email=", found.warnings[0]
    )


def test_a_plain_spelling_wins_over_one_that_stands_before_it() -> None:
    found = map_headers(["Mobile Phone Number", "Phone Number"])
    assert found.fields["phone"] == 1
    assert "'Phone Number' (column 2), not from 'Mobile Phone Number' (column 1)" in found.warnings[0]


@pytest.mark.parametrize(
    "columns",
    [
        ["Home Phone", "Business Phone"],
        ["Home Phone Number", "Mobile Phone"],
        ["Person - Phone - Home", "Person - Phone - Work"],
        ["Personal Email", "Work Email"],
        ["Private Email", "Business Email"],
        ["What is your home phone number?", "What is your work phone number?"],
    ],
)
def test_a_private_phone_or_email_is_used_only_if_there_is_no_other(columns: list[str]) -> None:
    private, other = columns
    (field,) = map_headers([private]).fields
    assert map_headers([private, other]).fields[field] == 1
    assert map_headers([other, private]).fields[field] == 0


def test_a_home_address_is_as_good_as_any() -> None:
    assert map_headers(["Home Street", "Business Street"]).fields["address"] == 0


def test_the_parts_of_an_address_are_those_of_one() -> None:
    of_somebody_else = ["Mailing Address", "Mailing City", "Mailing Zip", "Country"]
    found = map_headers([*of_somebody_else, "Address", "City", "Zip"])
    assert [found.fields[part] for part in ("address", "city", "postal_code", "country")] == [4, 5, 6, 3]
    found = map_headers(["Home Street", "City", "Home City"])
    assert (found.fields["address"], found.fields["city"]) == (0, 2)


def test_of_two_addresses_one_warning_is_enough() -> None:
    (warning,) = map_headers(["Billing Street", "Billing City", "Shipping Street", "Shipping City"]).warnings
    assert warning.startswith("address is read from 'Billing Street'")


def test_an_address_that_is_mapped_takes_its_parts_from_where_they_are() -> None:
    assert map_headers(["Where", "Billing City", "City"], ["address=Where"]).fields["city"] == 2


def test_the_same_header_twice_for_a_field_is_refused_with_both_positions() -> None:
    assert "columns 1 and 3" in refused(["E-mail", "Name", "email"])


def test_of_two_spellings_of_the_same_header_both_are_named() -> None:
    assert "columns 1 and 2 are called 'Email' and 'E-mail', the same name for email" in refused(["Email", "E-mail"])


def test_a_header_twice_that_is_no_field_is_nobodys_business() -> None:
    assert dict(map_headers(["Notes", "email", "Notes"]).fields) == {"email": 1}


def test_a_map_settles_a_header_that_stands_twice() -> None:
    assert map_headers(["E-mail", "email", "Address of post"], ["email=Address of post"]).fields["email"] == 2


def test_a_map_wins_over_recognition_and_takes_its_column_away_from_it() -> None:
    found = map_headers(["Name", "Email"], ["company=Name"])
    assert dict(found.fields) == {"company": 0, "email": 1}


@pytest.mark.parametrize("override", ["email=Kontakt Mail", "E-Mail=kontakt mail", "email=KONTAKT-MAIL"])
def test_a_map_is_written_loosely_too(override: str) -> None:
    assert map_headers(["x", "Kontakt Mail"], [override]).fields["email"] == 1


def test_a_map_may_name_a_column_with_an_equals_sign() -> None:
    assert map_headers(["a=b"], ["email=a=b"]).fields["email"] == 0


def test_an_exact_name_tells_two_alike_columns_apart() -> None:
    assert map_headers(["E-Mail", "EMAIL"], ["email=EMAIL"]).fields["email"] == 1


@pytest.mark.parametrize(
    ("overrides", "text"),
    [
        (["email"], "FIELD=COLUMN"),
        (["emial=Mail"], "did you mean email?"),
        (["shoe_size=Mail"], "choose from customer_id, name"),
        (["email=Mial"], "did you mean 'Mail'?"),
        (["email=Shoes"], "the columns are 'Mail', 'Note', 'Note'"),
        (["email=Note"], "columns 2 and 3"),
        (["email=Mail", "email=Note"], "columns 2 and 3"),
        (["email=Mail", "email=Mail"], "twice for email"),
        (["email=Mail", "name=Mail"], "mapped to another field already"),
    ],
)
def test_a_map_that_can_not_be_followed_is_refused(overrides: list[str], text: str) -> None:
    assert text in refused(["Mail", "Note", "Note"], *overrides)


def test_without_a_usable_column_the_columns_are_shown_and_the_way_out() -> None:
    text = refused(["Colour", "Size", "id"])
    assert "'Colour', 'Size', 'id'" in text
    assert "--map FIELD=COLUMN" in text


def test_of_many_columns_only_some_are_shown() -> None:
    assert refused([f"c{number}" for number in range(50)]).count("'c") == 20


@pytest.mark.parametrize("first_line", [["Jane Doe", "jane@acme.com"], ["+49 30 1234567"]])
def test_a_missing_header_line_shows_nobodys_data(first_line: list[str]) -> None:
    for text in (refused(first_line), refused(first_line, "email=jane"), refused(first_line, "phone=x")):
        assert "header line" in text
        assert not any(cell in text for cell in first_line)
