"""How each provider did so far, from the ledger: the basis of forecasts and of a chain's cheapest order."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.store.ledger import LookupOutcome

RECENT_LOOKUPS = 20_000
"""How many of a company's latest lookups count: enough that rates hardly vary by chance; older ones may
no longer hold.
"""

_LATEST = """
SELECT run_id, customer_id, data_type, provider, outcome, cost + in_doubt, latency_ms, retries
FROM provider_lookups
WHERE company_id = ? ORDER BY at DESC, id DESC LIMIT ?
"""


class Costs(msgspec.Struct):
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


class TrackRecord(msgspec.Struct):
    """How a provider did."""

    found: Costs = msgspec.field(default_factory=Costs)
    missed: Costs = msgspec.field(default_factory=Costs)
    """Nothing was found, or nobody knows: failures are included."""
    timed: int = 0
    milliseconds: int = 0
    """The time on the wire of all of these together."""
    retries: int = 0
    people: int = 0
    """For a provider of another data type: customers whose person was found, in runs that asked this provider about
    anybody.
    """
    people_asked: int = 0
    """Roughly how many of these it was asked about."""

    @property
    def latency(self) -> float | None:
        """The average seconds that a lookup takes on the wire; None if unknown."""
        return self.milliseconds / self.timed / 1000 if self.timed else None

    @property
    def retries_a_lookup(self) -> float:
        lookups = self.found.lookups + self.missed.lookups
        return self.retries / lookups if lookups else 0.0


class _Customer(NamedTuple):
    run_id: str
    customer_id: str


def track_records(connection: sqlite3.Connection, company: str) -> dict[str, TrackRecord]:
    """Provider → its record with the company's customers."""
    records: dict[str, TrackRecord] = {}
    asked: dict[str, set[_Customer]] = {}
    people: set[_Customer] = set()
    latest = connection.execute(_LATEST, (company, RECENT_LOOKUPS))
    for run_id, customer_id, data_type, provider, outcome, micros, latency_ms, retries in latest:
        record = records.setdefault(provider, TrackRecord())
        customer = _Customer(run_id, customer_id)
        found = outcome == LookupOutcome.FOUND
        (record.found if found else record.missed).add(micros)
        record.retries += retries
        if latency_ms is not None:
            record.timed += 1
            record.milliseconds += latency_ms
        if data_type != DataType.PERSON:
            asked.setdefault(provider, set()).add(customer)
        elif found:
            people.add(customer)
    for provider, customers in asked.items() if people else ():
        runs = {customer.run_id for customer in customers}
        records[provider].people = sum(person.run_id in runs for person in people)
        records[provider].people_asked = len(people & customers)
    return records
