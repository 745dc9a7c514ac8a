"""What a store has of those who were really looked up, as examples for others."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass

from enrich_cli.domain.enrichment import Enrichment, Known
from enrich_cli.domain.money import Money
from enrich_cli.gateway.journal import Settlement
from enrich_cli.providers.lookup import Response
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments

_ANSWERS = """
SELECT question, provider, status, cost, in_doubt, body FROM answers WHERE company_id = ? AND customer_id = ?
"""
_LOOKUPS = """
SELECT data_type, provider, outcome, latency_ms, retries, cost, in_doubt, fields FROM provider_lookups
WHERE company_id = ? AND customer_id = ?
"""


@dataclass(frozen=True, slots=True)
class Example:
    """What is stored of somebody who was really looked up."""

    enrichments: tuple[Enrichment, ...]
    answers: tuple[tuple[Settlement, str], ...]
    """Each with its provider."""
    lookups: tuple[tuple[object, ...], ...]
    """Their rows in the ledger, from the data type on, without the time."""


def found_examples(connection: sqlite3.Connection, company: str, cipher: Cipher) -> list[Example]:
    """Those of whom everything that was asked for was found."""
    ids = [customer_id for page in Customers(connection, company, cipher).pages() for customer_id in page]
    saved = Enrichments(connection, company, cipher).load(ids)
    examples = []
    for one in ids:
        known = tuple(row.enrichment for (customer_id, _), row in saved.items() if customer_id == one)
        if all(enrichment.status is Known.FOUND for enrichment in known):
            lookups = tuple(connection.execute(_LOOKUPS, (company, one)))
            examples.append(Example(known, _answers(connection, company, one, cipher), lookups))
    return examples


def _answers(
    connection: sqlite3.Connection, company: str, customer_id: str, cipher: Cipher
) -> tuple[tuple[Settlement, str], ...]:
    answers = []
    for question, provider, status, cost, doubt, body in connection.execute(_ANSWERS, (company, customer_id)):
        response = Response(status, zlib.decompress(cipher.unseal(body, "answers", question.hex())))
        answers.append((Settlement(cost=Money(cost), in_doubt=Money(doubt), answer=response), provider))
    return tuple(answers)
