"""Does each enrichment name as its source those who gave its fields?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import orjson

from enrich_cli.store.cipher import Cipher, SealBroken

_FOUND = """
SELECT customer_id, data_type, CAST(source AS BLOB), enrichment_data FROM customer_enrichment_data
WHERE +company_id = ? AND source <> '' AND typeof(enrichment_data) = 'blob' ORDER BY id
"""
"""The sources as bytes: a text that somebody wrote there need not be UTF-8, and could not be read."""


def wrong_sources(connection: sqlite3.Connection, company: str, cipher: Cipher) -> Iterator[str]:
    """In words, what disagrees; what does not open is left out."""
    for customer_id, kind, source, sealed in connection.execute(_FOUND, (company,)):
        with suppress(SealBroken, ValueError, TypeError, KeyError, AttributeError):
            content = orjson.loads(cipher.unseal(sealed, "customer_enrichment_data", customer_id, kind))
            gave = sorted({provider.encode() for provider in content["provenance"].values()})
            # In the order of the chain as it was then, which is not known any more.
            if sorted(source.split(b",")) != gave:
                yield f"{kind} of customer {customer_id}: source disagrees with who gave its fields"
