"""Which of a company's people have objected; only keyed hashes of them are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.months import from_stamp
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.identities import Identities
from enrich_cli.store.many import among

_OBJECTING = "SELECT identity, at FROM objections WHERE company_id = ? AND identity IN"


class Objections:
    """The objections in one company's books. Every call is inside its caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, company: str, cipher: Cipher) -> None:
        self._connection = connection
        self._company = company
        self._identities = Identities(cipher)
        self._are_there: bool | None = None

    def look_again(self) -> None:
        """Reread who has objected, in a new transaction."""
        self._are_there = None

    def of(self, customers: Sequence[Customer]) -> list[bool]:
        """For each customer: has this person objected, under whatever id?"""
        if not self._any():
            return [False] * len(customers)
        identities = [self._identities.known_by(customer) for customer in customers]
        objecting = self._among({identity for one in identities for identity in one}).keys()
        return [not objecting.isdisjoint(one) for one in identities]

    def of_ids(self, customer_ids: Iterable[str]) -> frozenset[str]:
        """Which of these stored ids belong to somebody who has objected."""
        if not self._any():
            return frozenset()
        ids = {self._identities.of_id(customer_id): customer_id for customer_id in customer_ids}
        return frozenset(ids[identity] for identity in self._among(ids))

    def first_at(self, identities: Collection[bytes]) -> datetime | None:
        """When the first of these identities objected; None if none did."""
        return min(map(from_stamp, self._among(identities).values()), default=None)

    def _any(self) -> bool:
        if self._are_there is None:
            query = "SELECT EXISTS (SELECT 1 FROM objections WHERE company_id = ?)"
            self._are_there = bool(self._connection.execute(query, (self._company,)).fetchone()[0])
        return self._are_there

    def _among(self, identities: Collection[bytes]) -> dict[bytes, str]:
        """Those of the identities that have objected → when."""
        return dict(among(self._connection, _OBJECTING, (self._company,), list(identities)))
