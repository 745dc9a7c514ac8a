"""Forgetting people."""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from enrich_cli.domain.months import stamp
from enrich_cli.store.many import among
from enrich_cli.store.people import Person

_FORGOTTEN = re.compile(r"forgotten_[0-9a-f]{32}")
"""Stands for somebody who was forgotten, wherever the money has to stay on the books."""


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows were deleted, or lost their link to the person."""

    customers: int = 0
    enrichments: int = 0
    answers: int = 0
    lookups: int = 0
    """Rows of the ledger and the journal that no longer say whom they were about."""


def forget(connection: sqlite3.Connection, company: str, people: Iterable[Person], now: datetime) -> Gone:
    """Delete everything stored about people, and keep only keyed hashes, so that later runs skip them.

    The money stays in the ledger, without the person: each of their ids becomes a random one. Answers that lookups
    under way still get are not kept. Within the open transaction.
    """
    everybody = list(people)
    connection.executemany(
        "INSERT OR IGNORE INTO objections VALUES (?, ?, ?)",
        [(company, identity, stamp(now)) for person in everybody for identity in person.identities],
    )
    return _delete(connection, company, sorted({customer_id for person in everybody for customer_id in person.stored}))


def is_forgotten(customer_id: str) -> bool:
    """Does this id stand for somebody who was forgotten?"""
    return _FORGOTTEN.fullmatch(customer_id) is not None


def _delete(connection: sqlite3.Connection, company: str, customer_ids: Sequence[str]) -> Gone:
    """Delete customers, all in one pass over each table: the largest have no index by customer."""

    def of_them(query: str, returning: str = "") -> list[Any]:
        query = f"{query} WHERE company_id = ? AND customer_id IN"
        return among(connection, query, (company,), customer_ids, returning)

    questions = [question for (question,) in of_them("SELECT question FROM shared_answers")]
    shared = among(connection, "DELETE FROM answers WHERE company_id = ? AND question IN", (company,), questions, "1")
    gone = {
        table: len(of_them(f"DELETE FROM {table}", "1"))  # noqa: S608 ours
        for table in ("answers", "shared_answers", "customer_enrichment_data", "customers")
    }
    nobody = {customer_id: f"forgotten_{secrets.token_hex(16)}" for customer_id in customer_ids}

    def unlink(table: str, also: str = "") -> int:
        rows = of_them(f"SELECT rowid, customer_id FROM {table}")  # noqa: S608 ours
        connection.executemany(
            f"UPDATE {table} SET customer_id = ?{also} WHERE rowid = ?",  # noqa: S608 ours
            [(nobody[customer_id], row) for row, customer_id in rows],
        )
        return len(rows)

    unlink("run_customers", ", outcome = COALESCE(outcome, 'suppressed')")
    return Gone(
        customers=gone["customers"],
        enrichments=gone["customer_enrichment_data"],
        answers=len(shared) + gone["answers"],
        lookups=unlink("provider_lookups") + unlink("open_lookups"),
    )
