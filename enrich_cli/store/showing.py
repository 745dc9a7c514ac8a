"""What is stored about one customer, for the holder of the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.tier import Lifetimes
from enrich_cli.store.customer_search import NOBODY, CustomerSearch
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.reading import recovered
from enrich_cli.store.synthetic import is_synthetic
from enrich_cli.store.usage import tier_of


class Shown(msgspec.Struct, frozen=True):
    """One stored enrichment with its row's id, and whether it is within today's lifetime."""

    id: int
    enrichment: Enrichment
    in_time: bool


class StoredCustomer(msgspec.Struct, frozen=True):
    """A customer's fields as last looked up, and all that is known."""

    customer: Customer
    enrichments: Sequence[Shown]


def stored_customers(
    path: Path, company: str, text: str, *, keys: KeySource, lifetimes: Lifetimes, now: datetime
) -> tuple[list[StoredCustomer], bool]:
    """All stored customers with this id, e-mail, name or phone; and whether the store is synthetic.

    Dead runs are recovered first if the store can be written. Raises StoreError if there is no such customer,
    MasterKeyError, SealBroken.
    """
    with recovered(path, company, now) as (connection, _):
        if connection is None or (cipher := cipher_for_reading(connection, company, keys)) is None:
            raise StoreError(NOBODY)
        customers = Customers(connection, company, cipher)
        ids = CustomerSearch(connection, company, cipher).find(text)
        known = Enrichments(connection, company, cipher).load(ids)
        lifetime = lifetimes.of(tier_of(connection, company))
        found = []
        for customer_id in ids:
            rows = [known[customer_id, kind] for kind in DataType if (customer_id, kind) in known]
            shown = [
                Shown(row.id, row.enrichment, (now - row.enrichment.cached_at).total_seconds() < lifetime)
                for row in rows
            ]
            if customer := customers.load(customer_id):
                found.append(StoredCustomer(customer, shown))
        if not found:
            raise StoreError(NOBODY)
        return found, is_synthetic(connection)
