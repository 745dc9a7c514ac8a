"""What the store calls customers: their id as given if it is plain, else a keyed hash."""

from __future__ import annotations

from enrich_cli.domain.cleaning import normalised
from enrich_cli.domain.customer import Customer
from enrich_cli.store.cipher import Cipher


def stored_id(customer: Customer, cipher: Cipher) -> str:
    """The id as given if it is plain, else `h_` and a keyed hash."""
    hashed = customer.id.hashed
    return customer.id.shown if hashed is None else _hashed(hashed, cipher)


def possible_ids(text: str, cipher: Cipher) -> tuple[str, str, str]:
    """How a customer with this id may be stored: as given, hashed as given, or hashed as if derived from its row."""
    # An argument may hold bytes that are not text; no id does.
    return text.encode(errors="replace").decode(), _hashed(text, cipher), _hashed(normalised(text), cipher)


def _hashed(text: str, cipher: Cipher) -> str:
    return f"h_{cipher.hash('id', text).hex()}"
