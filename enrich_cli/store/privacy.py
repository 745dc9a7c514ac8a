"""Forgetting a person."""

from __future__ import annotations

import re
import secrets
import sqlite3
from datetime import datetime

import msgspec

from enrich_cli.domain.months import stamp
from enrich_cli.store.people import Person

_FORGOTTEN = re.compile(r"forgotten_[0-9a-f]{32}")
"""Stands for somebody who was forgotten, wherever the money has to stay on the books."""
_THEIR_ANSWERS = """
DELETE FROM answers WHERE company_id = ? AND question IN
    (SELECT question FROM shared_answers WHERE company_id = ? AND customer_id = ?)
"""


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows were deleted, or lost their link to the person."""

    customers: int = 0
    enrichments: int = 0
    answers: int = 0
    lookups: int = 0
    """Rows of the ledger and the journal that no longer say whom they were about."""

    def __add__(self, other: Gone) -> Gone:
        return Gone(
            customers=self.customers + other.customers,
            enrichments=self.enrichments + other.enrichments,
            answers=self.answers + other.answers,
            lookups=self.lookups + other.lookups,
        )


def forget(connection: sqlite3.Connection, company: str, person: Person, now: datetime) -> Gone:
    """Delete everything stored about a person, and keep only keyed hashes, so that later runs skip them.

    The money stays in the ledger, without the person: each of their ids becomes a random one. Answers that lookups
    under way still get are not kept. Within the open transaction.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO objections VALUES (?, ?, ?)",
        [(company, identity, stamp(now)) for identity in person.identities],
    )
    return sum((_delete(connection, company, customer_id) for customer_id in sorted(person.stored)), Gone())


def is_forgotten(customer_id: str) -> bool:
    """Does this id stand for somebody who was forgotten?"""
    return _FORGOTTEN.fullmatch(customer_id) is not None


def _delete(connection: sqlite3.Connection, company: str, customer_id: str) -> Gone:
    of_customer = (company, customer_id)
    answers = connection.execute(_THEIR_ANSWERS, (company, *of_customer)).rowcount
    gone = {
        table: connection.execute(
            f"DELETE FROM {table} WHERE company_id = ? AND customer_id = ?",  # noqa: S608 ours
            of_customer,
        ).rowcount
        for table in ("answers", "shared_answers", "customer_enrichment_data", "customers")
    }
    nobody = f"forgotten_{secrets.token_hex(16)}"
    unlinked = [
        connection.execute(
            f"UPDATE {table} SET customer_id = ? WHERE company_id = ? AND customer_id = ?",  # noqa: S608 ours
            (nobody, *of_customer),
        ).rowcount
        for table in ("provider_lookups", "open_lookups")
    ]
    connection.execute(
        "UPDATE run_customers SET customer_id = ?, outcome = COALESCE(outcome, 'suppressed')"
        " WHERE company_id = ? AND customer_id = ?",
        (nobody, *of_customer),
    )
    return Gone(
        customers=gone["customers"],
        enrichments=gone["customer_enrichment_data"],
        answers=answers + gone["answers"],
        lookups=sum(unlinked),
    )
