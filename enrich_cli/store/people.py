"""The person behind one or several customers: who is meant, and everything that identifies them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from enrich_cli.domain.cleaning import is_phone, visible
from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.matching.handles import linkedin_member
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.customer_ids import possible_ids
from enrich_cli.store.customer_search import NOBODY, CustomerSearch
from enrich_cli.store.customers import Customers
from enrich_cli.store.errors import StoreError
from enrich_cli.store.identities import Identities, identifies_a_person
from enrich_cli.store.objections import Objections


class Person(msgspec.Struct, frozen=True):
    """A person as the store knows them."""

    stored: frozenset[str]
    """The stored ids of all customers that are this person."""
    identities: frozenset[bytes]
    """Keyed hashes of everything that identifies them, kept if they object."""
    known_by: frozenset[bytes]
    """Keyed hashes of which at least one is kept if they have objected."""

    def and_by(self, other: Person) -> Person:
        """The same person, also identified by what another of their customers says."""
        return Person(self.stored | other.stored, self.identities | other.identities, self.known_by | other.known_by)


class People:
    """The people of one company, as one transaction finds them."""

    def __init__(self, connection: sqlite3.Connection, company: str, cipher: Cipher) -> None:
        self._cipher = cipher
        self._customers = Customers(connection, company, cipher)
        self._search = CustomerSearch(connection, company, cipher)
        self._identities = Identities(cipher)
        self._objections = Objections(connection, company, cipher)

    def behind(self, customers: Iterable[Customer], also_called: Iterable[str] = ()) -> Person:
        """The person behind these customers, with every stored customer that is the same person.

        `also_called`: stored ids that are certainly theirs, even if their fields do not open. A customer without a name
        takes that of the customer it was found by; otherwise everybody who shares its phone would be one person.
        """
        stored = set(also_called)
        identities: set[bytes] = set()
        known_by: set[bytes] = set()
        known = list(customers)
        ids: list[tuple[str, str | None]] = [(customer_id, None) for customer_id in stored]
        while known or ids:
            if ids:
                customer_id, name = ids.pop()
                identities.add(self._identities.of_id(customer_id))
                with suppress(SealBroken):
                    if loaded := self._customers.load(customer_id):
                        known.append(loaded if loaded.full_name else loaded._replace(name=name))
            else:
                one = known.pop()
                identities |= self._identities.remembered(one)
                known_by |= self._identities.known_by(one)
                new = [customer_id for customer_id in self._search.same_person(one) if customer_id not in stored]
                stored.update(new)
                ids += [(customer_id, one.full_name) for customer_id in new]
        return Person(frozenset(stored), frozenset(identities), frozenset(known_by | identities))

    def called(self, text: str) -> Person:
        """The stored person with this id, e-mail, name or phone; else anybody with this e-mail, or with this id if it
        has objected.

        Raises StoreError if nobody, or several people, are called that.
        """
        ids = self._search.find(text)
        if ids:
            person = self.behind((), ids[:1])
            if not person.stored.issuperset(ids):
                raise StoreError("several people in the store match: choose one by its id, which `show` lists")
            return person
        if "@" in text or self._objections.of_ids(possible_ids(text, self._cipher)):
            return self._unstored(text)
        raise StoreError(NOBODY)

    def listed(self, who: str | Customer) -> Person:
        """The person in a list, stored or not: by what `called` takes, or by the fields of a row.

        Raises StoreError if several people are called that.
        """
        if isinstance(who, Customer):
            if identifies_a_person(who):
                return self.behind([who])
            who = who.id.shown
        if self._search.called(who):
            return self.called(who)
        seen = visible(who)
        field = "phone" if is_phone(seen) else "linkedin_url" if linkedin_member(seen) else None
        if field and (known := customer_from({field: who})):
            return self.behind([known]).and_by(self._unstored(who))
        return self._unstored(who)

    def _unstored(self, text: str) -> Person:
        """Anybody with this e-mail or id, should they ever appear."""
        email = customer_from({"email": text}) if "@" in text else None
        ids = frozenset(map(self._identities.of_id, possible_ids(text, self._cipher)))
        if not email:
            return Person(frozenset(), ids, ids)
        return Person(frozenset(), ids | self._identities.remembered(email), ids | self._identities.known_by(email))
