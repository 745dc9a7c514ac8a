"""One person behind several customers: who is meant, and all that tells who they are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.store.cipher import SealBroken
from enrich_cli.store.customers import Customers
from enrich_cli.store.errors import StoreError

NOBODY = "no stored customer is called so, by id, e-mail or name"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the store knows them."""

    stored: frozenset[str]
    """The stored ids of all customers that they are."""
    identities: frozenset[bytes]
    """Keyed hashes of all that tells who they are: ids, e-mails, phones, names with addresses."""


class People:
    """The people of one company."""

    def __init__(self, customers: Customers) -> None:
        self._customers = customers

    def behind(self, customers: Iterable[Customer], also_called: Iterable[str] = ()) -> Person:
        """The person that these customers are, with every stored customer that shares an identity with one of them.

        `also_called`: stored ids that are theirs for certain, even where their fields do not open.
        """
        stored: set[str] = set()
        identities: set[bytes] = set()
        known, ids = list(customers), list(also_called)
        while known or ids:
            if ids:
                customer_id = ids.pop()
                if customer_id in stored:
                    continue
                stored.add(customer_id)
                identities.add(self._customers.id_identity(customer_id))
                with suppress(SealBroken):
                    if loaded := self._customers.load(customer_id):
                        known.append(loaded)
            else:
                one = known.pop()
                identities.update(self._customers.identities(one))
                ids += self._customers.same_person(one)
        return Person(frozenset(stored), frozenset(identities))

    def called(self, text: str) -> Person:
        """The stored person of this id, e-mail or name; nobody stored is a Person, too, when the text is an e-mail.

        Raises StoreError when nobody is called so, or several people are.
        """
        ids = self._customers.find(text)
        if ids:
            person = self.behind((), ids[:1])
            if not person.stored.issuperset(ids):
                raise StoreError("several people in the store are called so: choose one by its id, which `show` lists")
            return person
        if "@" in text or self._customers.forgotten(self._customers.ids_of(text)):
            return self._unstored(text)
        raise StoreError(NOBODY)

    def listed(self, who: str | Customer) -> Person:
        """The person in a list, whether stored or not: by what `called` takes, or by the fields of a row.

        Raises StoreError when several people are called so.
        """
        if isinstance(who, Customer):
            if who.email or who.phone or (who.full_name and who.address):
                return self.behind([who])
            who = who.id.shown
        return self.called(who) if self._customers.find(who) else self._unstored(who)

    def _unstored(self, text: str) -> Person:
        """Whoever has this e-mail or id, if they ever come."""
        email = customer_from({"email": text}) if "@" in text else None
        ids = (self._customers.id_identity(customer_id) for customer_id in self._customers.ids_of(text))
        return Person(frozenset(), frozenset({*ids, *(self._customers.identities(email) if email else ())}))
