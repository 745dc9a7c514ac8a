"""The customers of a source so far, so that one who is in it twice is sent only once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.report import Count
from enrich_cli.store.many import among, insert

Landing: TypeAlias = tuple[str, Count, Mapping[DataType, State]]
"""A customer's stored id, the count it landed in, and how each data type ended."""


class Seen(msgspec.Struct, frozen=True):
    """The first row of a customer, and where it landed, if it has."""

    line: int
    fields: int
    """A hash of all fields of that row, in the form in which they are compared."""
    landed: Count | None = None
    states: Mapping[DataType, State] = {}

    @property
    def known(self) -> frozenset[DataType]:
        """The data types for which something, or that there is nothing, was found or served."""
        return frozenset(kind for kind, state in self.states.items() if state in (State.FOUND, State.NOT_FOUND))


class SeenCustomers:
    """Kept in a temporary table, which SQLite keeps on disk when it grows: memory does not grow with the source."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE TEMP TABLE seen"
            " (customer_id TEXT PRIMARY KEY, line INTEGER, fields INTEGER, outcome TEXT, states TEXT)"
        )

    def of(self, customer_ids: Sequence[str]) -> dict[str, Seen]:
        """Which of them were seen before."""
        query = "SELECT customer_id, line, fields, outcome, states FROM temp.seen WHERE customer_id IN"
        rows = among(self._connection, query, (), customer_ids)
        return {
            customer_id: Seen(line, fields, Count(outcome) if outcome else None, _states(states))
            for customer_id, line, fields, outcome, states in rows
        }

    def add(self, seen: Mapping[str, Seen]) -> None:
        """Add customers seen for the first time."""
        rows = [(customer_id, one.line, one.fields, one.landed, _text(one.states)) for customer_id, one in seen.items()]
        insert(self._connection, "INSERT INTO temp.seen", rows)

    def land(self, landings: Iterable[Landing]) -> None:
        """Remember where customers landed, for their later rows."""
        alike: dict[tuple[Count, str], list[str]] = {}
        for customer_id, count, states in landings:
            alike.setdefault((count, _text(states)), []).append(customer_id)
        for ending, customer_ids in alike.items():
            query = "UPDATE temp.seen SET outcome = ?, states = ? WHERE customer_id IN"
            among(self._connection, query, ending, customer_ids)


def _text(states: Mapping[DataType, State]) -> str:
    return ",".join(f"{data_type}={state}" for data_type, state in states.items())


def _states(text: str) -> dict[DataType, State]:
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return {DataType(data_type): State(state) for data_type, state in pairs}
