"""Boxes at a post office and who takes the mail, told from streets that are called alike."""

from __future__ import annotations

import pytest

from enrich_cli.matching.postal import is_po_box, without_care_of, without_po_box


@pytest.mark.parametrize("line", ["PO Box 12", "p.o. box 12", "Post Office Box 12", "Box 12", "Postfach 12"])
def test_a_box_is_told_from_a_house(line: str) -> None:
    assert is_po_box(line)


@pytest.mark.parametrize("line", ["12 Box Hill Road", "12 Boxwood Lane", "Polo Boxing Club"])
def test_a_street_that_is_called_box_is_none(line: str) -> None:
    assert not is_po_box(line)


@pytest.mark.parametrize("line", ["PO Box 12, 742 Sample St", "# PO Box 12", "PO Drawer A", "POB 12"])
def test_what_begins_with_a_box_is_one(line: str) -> None:
    assert is_po_box(line)


def test_a_house_that_gets_its_mail_elsewhere_is_a_house() -> None:
    assert not is_po_box("742 Sample St, PO Box 12")
    assert without_po_box("742 Sample St, PO Box 12").strip(" ,") == "742 Sample St"


def test_who_takes_the_mail_is_left_out_and_the_street_stays() -> None:
    assert without_care_of("c/o Ada Sample 742 Sample St").strip() == "742 Sample St"
