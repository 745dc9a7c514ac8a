"""The keyed hashes by which somebody who objected is known."""

from __future__ import annotations

from enrich_cli.domain.customer import customer_from
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.identities import Identities

CIPHER = Cipher("acme", bytes(32), bytes(range(32)))


def test_who_objected_when_addresses_were_kept_as_written_only_is_still_known() -> None:
    customer = customer_from({"name": "Ada King", "address": "12 St James's Square"})
    assert customer
    assert CIPHER.hash("name and address", "ada king\x1f12 st james's square") in Identities(CIPHER).known_by(customer)
