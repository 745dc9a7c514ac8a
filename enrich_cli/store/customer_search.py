"""Finding stored customers: by what somebody calls them, and as the same person as another one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from enrich_cli.domain.cleaning import is_phone, normalised, visible
from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.customer_ids import possible_ids
from enrich_cli.store.customers import Customers
from enrich_cli.store.errors import StoreError
from enrich_cli.store.identities import (
    has_own_email,
    have_one_phone,
    have_one_profile,
    house,
    may_be_one,
    numbers_to_find,
    profiles,
)
from enrich_cli.store.many import among

NOBODY = "no stored customer has this id, e-mail, name or phone"
NOBODY_CALLED_SO = f"--customer: {NOBODY}"
# Each condition names the company: otherwise SQLite would read all customers of the company.
_CALLED = """
SELECT customer_id FROM customers
WHERE (company_id = ? AND customer_id IN (?, ?, ?))
    OR (company_id = ? AND email_hash = ?)
    OR (company_id = ? AND name_hash = ?)
ORDER BY id
"""
_BY_PHONE = "SELECT id, customer_id, fields FROM customers WHERE company_id = ? AND phone_hash IN"
_SAME_PERSON = """
SELECT customer_id, fields,
    customer_id = :id OR email_hash = :own_email OR (name_hash = :name AND address_hash = :address)
FROM customers
WHERE (company_id = :company AND customer_id = :id)
    OR (company_id = :company AND email_hash = :email)
    OR (company_id = :company AND name_hash = :name AND address_hash = :address)
"""
"""Customers that may be one person, and whether that is certain."""
_NAMESAKES = """
SELECT customer_id, fields FROM customers WHERE company_id = ? AND name_hash = ? AND address_hash IS NOT NULL
"""
_EVERYBODY = "SELECT customer_id, fields FROM customers WHERE company_id = ?"


class CustomerSearch:
    """Searches the stored customers of one company, within one transaction: profiles, and the houses
    of those with one name, are read only once.
    """

    def __init__(self, connection: sqlite3.Connection, company: str, cipher: Cipher) -> None:
        self._connection = connection
        self._company = company
        self._cipher = cipher
        self._customers = Customers(connection, company, cipher)
        self._alike: dict[tuple[str | None, ...], list[str]] = {}
        """Name and profiles → stored ids of those who may be one person by these."""
        self._by_house: dict[bytes, Mapping[str, Sequence[str]]] = {}
        """Hash of a name → house → stored ids of those with this name who live there."""

    def find(self, text: str) -> list[str]:
        """Stored ids of the customers with this id, e-mail or name; if there are none, of those with this phone."""
        number = visible(text)
        return self.called(text) or (self._reached_at(number) if is_phone(number) else [])

    def called(self, text: str) -> list[str]:
        """Stored ids of the customers with this id, e-mail or name."""
        # A field is stored without invisible characters, an id as it was given.
        return self._called(text) or ([] if visible(text) == text else self._called(visible(text)))

    def _called(self, text: str) -> list[str]:
        email, name = (self._cipher.hash(kind, normalised(text)) for kind in ("email", "name"))
        ids = possible_ids(text, self._cipher)
        rows = self._connection.execute(_CALLED, (self._company, *ids, self._company, email, self._company, name))
        return [customer_id for (customer_id,) in rows]

    def named(self, texts: Iterable[str]) -> list[str]:
        """Stored ids of all that `find` finds, each once; raises StoreError for a text that finds nobody."""
        found: dict[str, None] = {}
        for text in texts:
            matches = self.find(text)
            if not matches:
                raise StoreError(NOBODY_CALLED_SO)
            found.update(dict.fromkeys(matches))
        return list(found)

    def same_person(self, customer: Customer) -> list[str]:
        """Stored ids of all customers that are this person."""
        hashes = dict.fromkeys(("email", "name", "address")) | self._customers.search_hashes(customer)
        values = {
            "company": self._company,
            "id": self._customers.stored_id(customer),
            "own_email": hashes["email"] if has_own_email(customer) else None,
        }
        rows = self._connection.execute(_SAME_PERSON, {**values, **hashes}).fetchall()
        rows += [(*row, False) for row in self._by_phone(customer)]
        same = [one for one, fields, certain in rows if certain or self._may_be(may_be_one, customer, fields, one)]
        if hashes["name"] and hashes["address"]:
            same += self._houses_of(hashes["name"]).get(house(customer), ())
        return list(dict.fromkeys([*same, *self._with_profile_of(customer)]))

    def _reached_at(self, number: str) -> list[str]:
        wanted = Customer(CustomerId(number), phone=number)
        return [one for one, fields in self._by_phone(wanted) if self._may_be(have_one_phone, wanted, fields, one)]

    def _by_phone(self, customer: Customer) -> list[tuple[str, bytes]]:
        """Stored ids and fields of customers who may have this customer's phone, in the order in which
        they were saved.
        """
        hashes = [self._cipher.hash("phone", number) for number in numbers_to_find(customer)]
        rows = among(self._connection, _BY_PHONE, (self._company,), hashes)
        return [(customer_id, fields) for _, customer_id, fields in sorted(rows)]

    def _houses_of(self, name: bytes) -> Mapping[str, Sequence[str]]:
        """House → stored ids of those who live there under the name with this hash.

        A name such as "Customer" may be that of many, so they are opened once for all who object together.
        """
        if name not in self._by_house:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for customer_id, fields in self._connection.execute(_NAMESAKES, (self._company, name)):
                with suppress(SealBroken):
                    if lives := house(self._customers.opened(fields, customer_id)):
                        found[lives].append(customer_id)
            self._by_house[name] = found
        return self._by_house[name]

    def _with_profile_of(self, customer: Customer) -> list[str]:
        """Stored ids of those with the same LinkedIn or Twitter profile."""
        who = (customer.full_name, *profiles(customer))
        # Many who share a handle and have no name are asked about alike, one after the other.
        if who not in self._alike:
            ids = [one for profile in profiles(customer) for one in self._by_profile.get(profile, ())]
            others = self._customers.load_all(ids).items()
            self._alike[who] = [one for one, other in others if have_one_profile(customer, other)]
        return self._alike[who]

    @cached_property
    def _by_profile(self) -> Mapping[str, Sequence[str]]:
        """Profile → stored ids of those who have it.

        No hash finds them, so every row is opened. That is slow in a large store, and done only when somebody who has a
        profile objects, once for all who object together.
        """
        found: defaultdict[str, list[str]] = defaultdict(list)
        for customer_id, fields in self._connection.execute(_EVERYBODY, (self._company,)):
            with suppress(SealBroken):
                for profile in profiles(self._customers.opened(fields, customer_id)):
                    found[profile].append(customer_id)
        return found

    def _may_be(
        self, alike: Callable[[Customer, Customer], bool], customer: Customer, fields: bytes, customer_id: str
    ) -> bool:
        """Could these be one person? A customer whose row does not open could be anybody."""
        try:
            return alike(customer, self._customers.opened(fields, customer_id))
        except SealBroken:
            return True
