"""Do the keyed hashes of customers agree with their fields?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.customers import HASHES, Customers

_WRONG_TYPE = "CASE typeof({0}) WHEN 'blob' THEN {0} WHEN 'null' THEN NULL ELSE x'' END"
"""A text in place of a BLOB need not be UTF-8, and would not be read."""
_CUSTOMERS = (
    f"SELECT customer_id, {', '.join(map(_WRONG_TYPE.format, ('fields', *HASHES)))}"  # noqa: S608 our columns
    " FROM customers WHERE +company_id = ? ORDER BY id"
)
_SAVED_SINCE = f"""
SELECT e.data_type, {_WRONG_TYPE.format("e.fingerprint")}
FROM customer_enrichment_data e JOIN customers c ON c.company_id = e.company_id AND c.customer_id = e.customer_id
WHERE e.company_id = ? AND e.customer_id = ? AND e.cached_at >= c.seen_at AND e.run_id = (
    SELECT r.run_id FROM main.run_customers r WHERE r.company_id = e.company_id AND r.customer_id = e.customer_id
    ORDER BY r.rowid DESC LIMIT 1
) ORDER BY e.id
"""  # noqa: S608 our columns
"""What was saved of the fields that are there. A later run may have come with others, and have found nothing out."""


def wrong_hashes(
    connection: sqlite3.Connection, company: str, cipher: Cipher, reads: Mapping[DataType, frozenset[str]]
) -> Iterator[str]:
    """In words, what does not; what does not open is left out. `reads`: the fields that a data type depends on."""
    customers = Customers(connection, company, cipher)
    for customer_id, fields, *hashes in connection.execute(_CUSTOMERS, (company,)):
        with suppress(SealBroken, ValueError, TypeError, KeyError):
            customer = customers.opened(fields, customer_id)
            for name, found, right in zip(HASHES, hashes, customers.hashes(customer), strict=True):
                if found not in right:
                    yield f"customers: {name} of {customer_id} disagrees with the fields"
            for kind, fingerprint in connection.execute(_SAVED_SINCE, (company, customer_id)):
                if _is_of_others(customers, customer, reads.get(kind), fingerprint):
                    yield f"customer_enrichment_data: fingerprint of {kind} of {customer_id} disagrees with the fields"


def _is_of_others(customers: Customers, customer: Customer, reads: frozenset[str] | None, fingerprint: bytes) -> bool:
    return reads is not None and fingerprint not in customers.fingerprints(customer, reads)
