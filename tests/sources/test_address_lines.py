"""Addresses of several lines: which columns hold them, and what becomes of them."""

from __future__ import annotations

import pytest

from enrich_cli.sources.address_lines import joined
from enrich_cli.sources.headers import map_headers


def lines_of(*columns: str, maps: tuple[str, ...] = ()) -> list[str]:
    """The columns of the address, in their order."""
    found = map_headers(columns, maps)
    return [columns[place] for place in (found.fields["address"], *found.further_lines)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Address", "Address 2"),
        ("Street Address 1", "Street Address 2"),
        ("Address Line 1", "Address Line 2"),
        ("address_line1", "address_line2"),
        ("Mailing Street", "Mailing Street 2"),
        ("Business Street", "Business Street 2"),
        ("Home Address 1", "Home Address 2"),
        ("Billing Address1", "Billing Address2"),
        ("Default Address Address1", "Default Address Address2"),
        ("Address - Street Address", "Address - Address Line 2"),
        ("Card Address Line1", "Card Address Line2"),
        ("Street address line 1 - Home", "Street address line 2 - Home"),
        ("Address 1 - Street", "Address 1 - Extended Address"),
        ("Company Street", "Company Street 2"),
    ],
)
def test_a_further_line_goes_with_its_first(first: str, second: str) -> None:
    columns = ("Company Name", second, "City", first)
    assert lines_of(*columns) == [first, second]
    assert map_headers(columns).warnings == ()


def test_all_lines_are_read_in_their_order_and_shown() -> None:
    columns = ("Business Street 3", "Business Street 2", "Business Street")
    assert lines_of(*columns) == ["Business Street", "Business Street 2", "Business Street 3"]
    assert map_headers(columns).named(columns) == {
        "address": "Business Street",
        "address_line_2": "Business Street 2",
        "address_line_3": "Business Street 3",
    }


def test_a_further_line_of_another_address_is_left_alone() -> None:
    assert lines_of("Billing Street", "Shipping Street 2") == ["Billing Street"]
    assert lines_of("Address", "City", "Address 2", "City 2") == ["Address"]
    assert lines_of("Address 1", "Address 1 City", "Address 2", "Address 2 City") == ["Address 1"]
    assert lines_of("Street", "Address 2 - Street") == ["Street"]


def test_a_further_line_alone_is_no_address() -> None:
    assert "address" not in map_headers(["Email", "Address Line 2"]).fields


def test_a_map_wins() -> None:
    both = ("Home Street", "Home Street 2", "Work Street", "Work Street 2")
    assert lines_of(*both, maps=("address=Work Street",)) == ["Work Street", "Work Street 2"]
    assert lines_of(*both, maps=("company=Home Street 2",)) == ["Home Street"]
    assert lines_of(*both, maps=("address=Home Street 2",)) == ["Home Street 2"]
    assert lines_of("Where", "Address 2", maps=("address=Where",)) == ["Where"]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("742 Sample St", " Apt 2 ", "742 Sample St, Apt 2"),
        ("742 Sample St", "2B", "742 Sample St, #2B"),
        ("742 Sample St", "T", "742 Sample St, #T"),
        ("Sample Street", "742", "Sample Street, 742"),
        ("742 Sample St Apt 2", "apt 2", "742 Sample St Apt 2"),
        ("742 Sample St", "N/A", "742 Sample St"),
        ("", "Apt 2", ""),
        ("n/a", "Apt 2", ""),
    ],
)
def test_lines_become_one(first: str, second: str, together: str) -> None:
    assert list(joined(["742 Sample St", first], [["", second]])) == ["742 Sample St", together]


def test_lines_that_are_all_empty_leave_the_address_as_it_is() -> None:
    assert joined([" 742  Sample St"], [[" "], [""]]) == [" 742  Sample St"]
