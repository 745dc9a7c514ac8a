"""Stored customers: their sealed fields, and keyed hashes of what they can be found by."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

import orjson

from enrich_cli.domain.cleaning import normalised
from enrich_cli.domain.customer import FIELDS, Customer, CustomerId
from enrich_cli.domain.months import stamp
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.customer_ids import stored_id
from enrich_cli.store.identities import main_number, numbers_to_find
from enrich_cli.store.many import among, insert

_SAVE = """
INSERT INTO customers (company_id, customer_id, fields, fingerprint, email_hash, phone_hash, name_hash, address_hash,
    seen_at)
"""
_AS_TODAY = """
ON CONFLICT (company_id, customer_id) DO UPDATE SET fields = excluded.fields, fingerprint = excluded.fingerprint,
    email_hash = excluded.email_hash, phone_hash = excluded.phone_hash, name_hash = excluded.name_hash,
    address_hash = excluded.address_hash, seen_at = excluded.seen_at
"""
_LOAD = "SELECT customer_id, fields FROM customers WHERE company_id = ? AND customer_id IN"
_PAGE = "SELECT id, customer_id, fields FROM customers c WHERE +company_id = ? AND id > ?"
_CUSTOMERS_A_PAGE = 50
"""Larger pages, with all that is known about each customer, would not fit the processor's cache, and be slower."""
_KINDS = ("email", "phone", "name", "address")
HASHES = ("fingerprint", *(f"{kind}_hash" for kind in _KINDS))
"""The columns of keyed hashes."""


class Customers:
    """The stored customers of one company."""

    def __init__(self, connection: sqlite3.Connection, company: str, cipher: Cipher) -> None:
        self._connection = connection
        self._company = company
        self._cipher = cipher

    def stored_id(self, customer: Customer) -> str:
        """What the store calls this customer."""
        return stored_id(customer, self._cipher)

    def fingerprint(self, customer: Customer, reads: frozenset[str] | tuple[str, ...]) -> bytes:
        """A keyed hash that stays equal as long as these fields are unchanged."""
        return self._cipher.hash("fingerprint", customer.fingerprint(reads))

    def fingerprints(self, customer: Customer, reads: frozenset[str] | tuple[str, ...]) -> Iterator[bytes]:
        """The fingerprint, and the one from when all of a phone number counted: nobody is bought again because of that
        change.
        """
        yield self.fingerprint(customer, reads)
        if customer.phone:
            yield self._cipher.hash("fingerprint", customer.fingerprint(reads, phone_as_written=True))

    def save(self, customers: Iterable[tuple[Customer, str]], now: datetime) -> None:
        """Save customers with their current fields, each under its stored id."""
        seen_at = stamp(now)
        rows = [self._row(*one, seen_at) for one in customers]
        insert(self._connection, _SAVE, rows, _AS_TODAY)

    def _row(self, customer: Customer, customer_id: str, seen_at: str) -> tuple[object, ...]:
        sealed = orjson.dumps({"id": [customer.id.shown, customer.id.hashed], "fields": customer.values()})
        hashes = self.search_hashes(customer)
        return (
            self._company,
            customer_id,
            self._cipher.seal(sealed, "customers", customer_id),
            self.fingerprint(customer, FIELDS),
            *(hashes.get(kind) for kind in _KINDS),
            seen_at,
        )

    def load(self, customer_id: str) -> Customer | None:
        """The customer as last saved; raises SealBroken."""
        return self.load_all([customer_id]).get(customer_id)

    def load_all(self, customer_ids: Sequence[str]) -> dict[str, Customer]:
        """Stored id → customer as last saved, for those that are saved; raises SealBroken."""
        rows = among(self._connection, _LOAD, (self._company,), customer_ids)
        return {customer_id: self.opened(fields, customer_id) for customer_id, fields in rows}

    def pages(self, condition: str = "1", values: tuple[str, ...] = ()) -> Iterator[dict[str, Customer]]:
        """Stored id → customer, a page at a time, in the order in which they were first saved; raises SealBroken.

        `condition` is SQL on a row named `c`.
        """
        last = 0
        # The plus keeps SQLite from using an index with which it would sort all customers for each page.
        query = f"{_PAGE} AND {condition} ORDER BY id LIMIT {_CUSTOMERS_A_PAGE}"
        while page := self._connection.execute(query, (self._company, last, *values)).fetchall():
            last = page[-1][0]
            yield {customer_id: self.opened(fields, customer_id) for _, customer_id, fields in page}

    def pages_of(self, customer_ids: Sequence[str]) -> Iterator[dict[str, Customer]]:
        """Pages of these customers, in their order; any deleted meanwhile are left out."""
        for start in range(0, len(customer_ids), _CUSTOMERS_A_PAGE):
            some = customer_ids[start : start + _CUSTOMERS_A_PAGE]
            loaded = self.load_all(some)
            yield {customer_id: loaded[customer_id] for customer_id in some if customer_id in loaded}

    def is_one_of(self, customer_id: str, condition: str, values: tuple[str, ...]) -> bool:
        """Would `pages` with the same condition include this stored id?"""
        row = self._connection.execute(
            f"SELECT 1 FROM customers c WHERE company_id = ? AND customer_id = ? AND {condition}",  # noqa: S608 ours
            (self._company, customer_id, *values),
        ).fetchone()
        return row is not None

    def search_hashes(self, customer: Customer) -> dict[str, bytes]:
        """The keyed hashes that the customer is found by, of the fields that are there."""
        texts = {
            "email": customer.email,
            "phone": main_number(customer),
            "name": customer.full_name,
            "address": customer.address,
        }
        return {kind: self._cipher.hash(kind, normalised(text)) for kind, text in texts.items() if text}

    def hashes(self, customer: Customer) -> list[Collection[bytes | None]]:
        """What each of the columns `HASHES` may hold: several hashes, where it was once made in another way."""
        told = self.search_hashes(customer)
        phones = [self._cipher.hash("phone", number) for number in numbers_to_find(customer)]
        found_by = [phones if kind == "phone" and phones else [told.get(kind)] for kind in _KINDS]
        return [list(self.fingerprints(customer, FIELDS)), *found_by]

    def opened(self, sealed: bytes, customer_id: str) -> Customer:
        """The customer in a sealed value; raises SealBroken."""
        content = orjson.loads(self._cipher.unseal(sealed, "customers", customer_id))
        return Customer(id=CustomerId(*content["id"]), **content["fields"])
