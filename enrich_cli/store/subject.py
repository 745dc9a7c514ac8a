"""Everything stored about one person, for that person to see."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.months import from_stamp
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.connection import reading
from enrich_cli.store.customer_search import NOBODY
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.many import among
from enrich_cli.store.objections import Objections
from enrich_cli.store.people import People
from enrich_cli.store.synthetic import is_synthetic

_ANSWERS = """
SELECT a.question, a.provider, a.at, a.status, a.body FROM answers a WHERE a.company_id = :company AND (
    a.customer_id = :id OR a.question IN
        (SELECT s.question FROM shared_answers s WHERE s.company_id = :company AND s.customer_id = :id)
) ORDER BY a.at, a.id
"""
_SEEN = "SELECT customer_id, seen_at FROM customers WHERE company_id = ? AND customer_id IN"
_DISCLOSURES = (
    "SELECT at, provider, data_type, fields, outcome FROM provider_lookups WHERE company_id = ? AND customer_id IN",
    "SELECT at, provider, data_type, fields, 'under way' FROM open_lookups WHERE company_id = ? AND customer_id IN",
)
_RUNS = "SELECT run_id, outcome, counted, at FROM run_customers WHERE company_id = ? AND customer_id IN"


class StoredRecord(msgspec.Struct, frozen=True):
    """One customer that is the person, with what is known."""

    customer: Customer
    seen_at: datetime
    """When it was last looked up."""
    enrichments: Sequence[Enrichment]


class StoredAnswer(msgspec.Struct, frozen=True):
    """What a provider sent back, unchanged."""

    provider: str
    at: datetime
    status: int
    body: bytes


class Disclosure(msgspec.Struct, frozen=True):
    """A lookup: which fields of the person went to whom, and when."""

    at: datetime
    provider: str
    data_type: str
    fields: Sequence[str]
    outcome: str


class RunEntry(msgspec.Struct, frozen=True):
    """A run in which the person was looked up."""

    run_id: str
    outcome: str | None
    counted: bool
    at: datetime | None
    """When the first data about them was saved."""


class SubjectReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is stored about one person."""

    company: str
    at: datetime
    synthetic: bool
    objected_at: datetime | None
    records: Sequence[StoredRecord]
    answers: Sequence[StoredAnswer]
    disclosures: Sequence[Disclosure]
    runs: Sequence[RunEntry]


def report_on(path: Path, company: str, text: str, *, keys: KeySource, now: datetime) -> SubjectReport:
    """Everything stored about the person with this id, e-mail, name or phone, under whatever ids; changes nothing.

    For somebody who was forgotten it says when they objected. Raises StoreError if nobody, or several people, are
    called that; MasterKeyError, CompanyKeyError, SealBroken.
    """
    with reading(path) as connection:
        if connection is None:
            raise StoreError(NOBODY)
        # One transaction, so that everything is of the same moment.
        connection.execute("BEGIN")
        cipher = cipher_for_reading(connection, company, keys)
        if cipher is None:
            raise StoreError(NOBODY)
        customers = Customers(connection, company, cipher)
        person = People(connection, company, cipher).called(text)
        ids = sorted(person.stored)
        objected_at = Objections(connection, company, cipher).first_at(person.known_by)
        if not ids and objected_at is None:
            raise StoreError(NOBODY)
        disclosures = [row for query in _DISCLOSURES for row in among(connection, query, (company,), ids)]
        return SubjectReport(
            company=company,
            at=now,
            synthetic=is_synthetic(connection),
            objected_at=objected_at,
            records=list(_records(connection, company, customers, Enrichments(connection, company, cipher), ids)),
            answers=_answers(connection, company, cipher, ids),
            disclosures=[
                Disclosure(from_stamp(at), provider, data_type, fields.split(",") if fields else [], outcome)
                for at, provider, data_type, fields, outcome in sorted(disclosures)
            ],
            runs=[
                RunEntry(run_id, outcome, bool(counted), from_stamp(at) if at else None)
                for run_id, outcome, counted, at in among(connection, _RUNS, (company,), ids)
            ],
        )


def _records(
    connection: sqlite3.Connection, company: str, customers: Customers, enrichments: Enrichments, ids: Sequence[str]
) -> Iterator[StoredRecord]:
    known = enrichments.load(ids)
    for customer_id, seen_at in among(connection, _SEEN, (company,), ids):
        if customer := customers.load(customer_id):
            of_customer = [row.enrichment for (one, _), row in sorted(known.items()) if one == customer_id]
            yield StoredRecord(customer, from_stamp(seen_at), of_customer)


def _answers(
    connection: sqlite3.Connection, company: str, cipher: Cipher, ids: Sequence[str]
) -> Sequence[StoredAnswer]:
    answers: dict[bytes, StoredAnswer] = {}
    for customer_id in ids:
        for question, provider, at, status, body in connection.execute(
            _ANSWERS, {"company": company, "id": customer_id}
        ):
            opened = zlib.decompress(cipher.unseal(body, "answers", question.hex()))
            answers[question] = StoredAnswer(provider, from_stamp(at), status, opened)
    return list(answers.values())
