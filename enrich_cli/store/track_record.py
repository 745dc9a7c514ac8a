"""How each provider did so far, out of the ledger: what a forecast and the cheapest order of a chain go by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from enrich_cli.domain.data_type import DataType
from enrich_cli.store.ledger import LookupOutcome

RECENT_LOOKUPS = 20_000
"""So many of a company's latest lookups are looked at: rates then hardly vary by chance, and old ones may not hold."""

_LATEST = """
SELECT run_id, customer_id, data_type, provider, outcome, cost + in_doubt FROM provider_lookups
WHERE company_id = ? ORDER BY at DESC, id DESC LIMIT ?
"""


@dataclass(slots=True)
class Costs:
    """What lookups that ended alike cost, doubt included."""

    lookups: int = 0
    micros: int = 0
    """The sum, in micro-dollars."""
    squares: int = 0
    """The sum of the squares."""

    def add(self, micros: int) -> None:
        self.lookups += 1
        self.micros += micros
        self.squares += micros * micros


@dataclass(slots=True)
class TrackRecord:
    """How a provider did."""

    found: Costs = field(default_factory=Costs)
    missed: Costs = field(default_factory=Costs)
    """Nothing was found, or nobody knows: failures are among these."""
    people: int = 0
    """Of a provider of another data type: customers whose person was found, in runs that asked it about anybody."""
    people_asked: int = 0
    """About so many of these it was asked."""


class _Customer(NamedTuple):
    run_id: str
    customer_id: str


def track_records(connection: sqlite3.Connection, company: str) -> dict[str, TrackRecord]:
    """Provider → its record with the company's customers."""
    return _records(connection.execute(_LATEST, (company, RECENT_LOOKUPS)))


def _records(latest: Iterable[tuple[str, str, str, str, str, int]]) -> dict[str, TrackRecord]:
    records: dict[str, TrackRecord] = {}
    asked: dict[str, set[_Customer]] = {}
    people: set[_Customer] = set()
    for run_id, customer_id, data_type, provider, outcome, micros in latest:
        record = records.setdefault(provider, TrackRecord())
        customer = _Customer(run_id, customer_id)
        found = outcome == LookupOutcome.FOUND
        (record.found if found else record.missed).add(micros)
        if data_type != DataType.PERSON:
            asked.setdefault(provider, set()).add(customer)
        elif found:
            people.add(customer)
    for provider, customers in asked.items() if people else ():
        runs = {customer.run_id for customer in customers}
        records[provider].people = sum(person.run_id in runs for person in people)
        records[provider].people_asked = len(people & customers)
    return records
