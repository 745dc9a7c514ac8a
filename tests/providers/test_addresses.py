"""Postal addresses as vendors want them."""

from __future__ import annotations

import pytest

from enrich_cli.providers.addresses import street, two_letter_country, without_town


@pytest.mark.parametrize(
    "address",
    [
        "PO Box 12, 120 Example Ave",
        "P.O. Box 12-34, 120 Example Ave",
        "120 Example Ave, p. o. box # 7",
        "Post Office Box 9 120 Example Ave",
        "GPO Box 1, 120 Example Ave",
        "POB 77; 120 Example Ave",
        "PO Box A, 120 Example Ave",
        "120 Example Ave, Postfach 12 34 56",
        "Boîte Postale 8, 120 Example Ave",
        "BP 123, 120 Example Ave",
    ],
)
def test_a_post_office_box_is_left_out(address: str) -> None:
    assert street(address) == "120 Example Ave"


@pytest.mark.parametrize(
    "address",
    [
        "c/o Ada Sample, 120 Example Ave",
        "C/O Ada Sample 120 Example Ave",
        "120 Example Ave c/o Ada Sample",
        "120 Example Ave, care of Ada Sample",
        "Attn: Ada Sample, 120 Example Ave",
        "z. Hd. Ada Sample, 120 Example Ave",
    ],
)
def test_a_person_who_takes_the_mail_is_left_out(address: str) -> None:
    assert street(address) == "120 Example Ave"


@pytest.mark.parametrize("address", ["PO Box 12", "P.O. BOX 12, c/o Ada Sample", "Postfach 1234", ", ;"])
def test_an_address_of_nothing_else_is_none(address: str) -> None:
    assert street(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "120 Example Ave, Suite 4",
        "12 Boxwood Road",
        "1 Post Office Lane",
        "3 Attention Street",
        "Careful Lane 5",
        "7 Nico/Otto-Weg",
        "5 Posthof, Haus 2",
    ],
)
def test_any_other_address_stays_as_it_is(address: str) -> None:
    assert street(address) == address


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("742 Sample St, Apt 2, SPRINGFIELD, IL 62704, USA", "742 Sample St, Apt 2"),
        ("742 Sample St,Springfield", "742 Sample St"),
        ("742 Sample St, Apt 2", "742 Sample St, Apt 2"),
        ("742 Springfield Ave", "742 Springfield Ave"),
        ("Springfield, 742 Sample St", "Springfield, 742 Sample St"),
    ],
)
def test_a_street_may_go_on_with_the_town(line: str, alone: str) -> None:
    assert without_town(line, "Springfield") == alone
    assert without_town(line, None) == line


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("US", "US"),
        ("usa", "US"),
        ("United States", "US"),
        ("uk", "GB"),
        ("Deutschland", "DE"),
        ("ee", "EE"),
        ("Atlantis", None),
        ("XYZ", None),
        ("1a", None),
        (None, None),
    ],
)
def test_a_country_becomes_its_two_letters(country: str | None, code: str | None) -> None:
    assert two_letter_country(country) == code
