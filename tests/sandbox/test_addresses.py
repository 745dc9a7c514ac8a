from __future__ import annotations

import pytest

from enrich_cli.sandbox.addresses import Address, read_address, read_line2


def read(line1: str, **place: str) -> Address:
    address = read_address(line1, **(place or {"city": "Springfield", "state": "IL"}))
    assert address
    return address


@pytest.mark.parametrize(
    ("line", "standard"),
    [
        ("742 Sample Street Apartment 2", "742 SAMPLE ST APT 2"),
        ("742 sample st. #2", "742 SAMPLE ST APT 2"),
        ("742 Sample St, Suite 200", "742 SAMPLE ST STE 200"),
        ("9 North Mill Lane", "9 N MILL LN"),
        ("9 NW Mill Ln Unit B", "9 NW MILL LN UNIT B"),
        ("12B Broadway", "12B BROADWAY"),
        ("77 North St", "77 N ST"),
        ("42", "42"),
    ],
)
def test_an_address_is_written_in_one_way(line: str, standard: str) -> None:
    assert read(line).line1 == standard


def test_an_address_is_taken_apart() -> None:
    address = read("742 W Sample St Apt 2", city="Springfield", state="Illinois", postal_code="62704-1234")
    assert (address.number, address.direction, address.street, address.suffix) == ("742", "W", "SAMPLE", "ST")
    assert (address.unit_kind, address.unit, address.building) == ("APT", "2", "742 W SAMPLE ST")
    assert address.one_line == "742 W SAMPLE ST APT 2, SPRINGFIELD, IL 62704"


def test_what_is_left_out_is_of_the_state() -> None:
    assert read("742 Sample St", postal_code="97302").line2 == "SALEM, OR 97302"
    assert read("742 Sample St", city="Bend", state="OR").line2 == "BEND, OR 97301"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("PO Box 7", {"state": "IL"}),
        ("P.O. Box 7", {"state": "IL"}),
        ("Sample St", {"state": "IL"}),
        ("", {"state": "IL"}),
        ("742 Sample St", {"state": "Bavaria"}),
        ("742 Sample St", {"city": "Springfield"}),
    ],
)
def test_what_can_be_no_parcel_is_none(line: str, place: dict[str, str]) -> None:
    assert read_address(line, **place) is None


def test_marks_are_words_of_the_street_alone() -> None:
    assert read("12 Miss Ct").marks == {"miss"}
    assert read("12 Mill Ct", city="Hit", state="IL").marks == frozenset()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Springfield, IL 62704", {"city": "Springfield", "state": "IL", "postal_code": "62704"}),
        ("Springfield, IL", {"city": "Springfield", "state": "IL", "postal_code": ""}),
        ("62704", {"postal_code": "62704"}),
    ],
)
def test_the_second_line_has_a_town_or_a_zip(text: str, parts: dict[str, str]) -> None:
    assert read_line2(text) == parts
