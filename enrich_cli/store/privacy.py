"""Forgetting a person."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.months import stamp
from enrich_cli.store.customers import Customers


def forget(
    connection: sqlite3.Connection,
    company: str,
    *,
    customers: Customers,
    customer: Customer,
    customer_id: str,
    now: datetime,
) -> None:
    """Delete all that is stored of a person, and keep only keyed hashes, so that later runs skip them.

    The money stays in the ledger, without the person: the customer's id becomes a random one.
    """
    for identity in customers.identities(customer):
        connection.execute("INSERT OR IGNORE INTO objections VALUES (?, ?, ?)", (company, identity, stamp(now)))
    customers.look_again()
    for known_as in {customer_id, *customers.same_person(customer)}:
        _delete(connection, company, known_as)


def _delete(connection: sqlite3.Connection, company: str, customer_id: str) -> None:
    of_customer = (company, customer_id)
    connection.execute(
        "DELETE FROM answers WHERE company_id = ? AND question IN"
        " (SELECT question FROM shared_answers WHERE company_id = answers.company_id AND customer_id = ?)",
        of_customer,
    )
    for table in ("answers", "shared_answers", "customer_enrichment_data", "customers"):
        connection.execute(f"DELETE FROM {table} WHERE company_id = ? AND customer_id = ?", of_customer)  # noqa: S608
    nobody = f"forgotten_{secrets.token_hex(16)}"
    connection.execute(
        "UPDATE provider_lookups SET customer_id = ? WHERE company_id = ? AND customer_id = ?", (nobody, *of_customer)
    )
    connection.execute(
        "UPDATE run_customers SET customer_id = ?, outcome = COALESCE(outcome, 'suppressed')"
        " WHERE company_id = ? AND customer_id = ?",
        (nobody, *of_customer),
    )
