"""Do the keyed hashes of customers agree with their fields?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.customers import HASHES, Customers

_WRONG_TYPE = "CASE typeof({0}) WHEN 'blob' THEN {0} WHEN 'null' THEN NULL ELSE x'' END"
"""A text in place of a BLOB need not be UTF-8, and could not be read."""
_CUSTOMERS = (
    f"SELECT customer_id, {', '.join(map(_WRONG_TYPE.format, ('fields', *HASHES)))}"  # noqa: S608 our columns
    " FROM customers WHERE +company_id = ? ORDER BY id"
)


def wrong_hashes(connection: sqlite3.Connection, company: str, cipher: Cipher) -> Iterator[str]:
    """In words, what disagrees; what does not open is left out."""
    customers = Customers(connection, company, cipher)
    for customer_id, fields, *hashes in connection.execute(_CUSTOMERS, (company,)):
        with suppress(SealBroken, ValueError, TypeError, KeyError):
            customer = customers.opened(fields, customer_id)
            for name, found, right in zip(HASHES, hashes, customers.hashes(customer), strict=True):
                if found not in right:
                    yield f"customers: {name} of {customer_id} disagrees with the fields"
