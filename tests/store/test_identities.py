"""The keyed hashes by which somebody who objected is known."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import customer_from
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.identities import Identities, house

CIPHER = Cipher("acme", bytes(32), bytes(range(32)))


def test_who_objected_when_addresses_were_kept_as_written_only_is_still_known() -> None:
    customer = customer_from({"name": "Ada King", "address": "12 St James's Square"})
    assert customer
    assert CIPHER.hash("name and address", "ada king\x1f12 st james's square") in Identities(CIPHER).known_by(customer)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("PO Box 12", "po box 12"),
        ("PO Box 12", "p o box 12"),
        ("P.O. Box 12", "post box 12"),
        ("P. O. Box12", "p o box12"),
        ("Unit 4", "4"),
        ("12-14", "12 14"),
    ],
)
def test_who_objected_when_boxes_and_units_were_kept_otherwise_is_still_known(address: str, kept: str) -> None:
    customer = customer_from({"name": "Ada King", "address": address})
    assert customer
    assert CIPHER.hash("name and house", f"ada king\x1f{kept}") in Identities(CIPHER).known_by(customer)


@pytest.mark.parametrize(
    ("address", "abbreviated"),
    [
        ("12 North Main Street, Apt. 4", "12 n main st 4"),
        ("Flat 4, 12 Park Road", "4 12 park rd"),
        ("12 Office Park Drive", "12 office park dr"),
        ("12 Villa Ave, Suite B", "12 villa ave b"),
        ("улица Ленина, 12", "улица ленина 12"),
        ("P.O. Box 12", "po box 12"),
        ("Post Office Box 12", "po box 12"),
        ("P O Box12", "po box 12"),
        ("PO Box 12", "po box 12"),
        ("1234 East 3900 South", "1234 e 3900 s"),
        ("#", ""),
        ("Apt. 4", ""),
        ("Bldg 2, Unit 4B", ""),
        ("2nd Floor", ""),
    ],
)
def test_a_house_is_the_words_of_its_address_abbreviated(address: str, abbreviated: str) -> None:
    customer = customer_from({"name": "Ada King", "address": address})
    assert customer
    assert house(customer) == abbreviated
