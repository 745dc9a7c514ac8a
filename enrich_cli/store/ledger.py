"""The ledger: one row per lookup, moved there from the journal when the lookup is done, and usage beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from enrich_cli.domain.months import month_of_stamp
from enrich_cli.store.many import among, insert
from enrich_cli.store.usage import add_usage

_TAKE_OUT = "DELETE FROM open_lookups WHERE run_id = ? AND lookup IN"
_TAKEN = "lookup, company_id, customer_id, data_type, provider, cost, in_doubt, in_air, at, fields"
_BOOK = """
INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome, latency_ms, retries, cost,
    in_doubt, at, fields)
"""


class LookupOutcome(StrEnum):
    """How a lookup appears in the ledger."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


class LookupDone(msgspec.Struct, frozen=True, kw_only=True):
    """One ended lookup; its cost is in the journal."""

    lookup: int
    outcome: LookupOutcome
    latency_ms: int | None
    retries: int


class OpenLookup(NamedTuple):
    """A lookup from the journal; money in micro-dollars."""

    company: str
    customer_id: str
    data_type: str
    provider: str
    cost: int
    in_doubt: int
    in_air: int
    at: str
    fields: str

    @property
    def doubt(self) -> int:
        """What is in doubt once nobody waits for an answer any more."""
        return self.in_doubt + self.in_air

    @property
    def month(self) -> str:
        """The month it counts in: that of its first request that was charged, or may have been."""
        return month_of_stamp(self.at)


def take_out(connection: sqlite3.Connection, run_id: str, lookups: Sequence[int]) -> dict[int, OpenLookup]:
    """Take lookups out of the journal; those that never sent anything are not in it."""
    rows = among(connection, _TAKE_OUT, (run_id,), lookups, _TAKEN)
    return {lookup: OpenLookup(*row) for lookup, *row in rows}


def book(
    connection: sqlite3.Connection, run_id: str, ended: Iterable[LookupDone], taken: Mapping[int, OpenLookup]
) -> None:
    """Write what was taken out into the ledger. The caller must `charge` the same in the same transaction."""
    rows = []
    for done in ended:
        if lookup := taken.get(done.lookup):
            who = (run_id, lookup.company, lookup.customer_id, lookup.data_type, lookup.provider)
            how = (done.outcome.value, done.latency_ms, done.retries)
            rows.append((*who, *how, lookup.cost, lookup.doubt, lookup.at, lookup.fields))
    insert(connection, _BOOK, rows)


def charge(
    connection: sqlite3.Connection,
    company: str,
    run_id: str,
    booked: Collection[OpenLookup],
    *,
    counted: int = 0,
    month: str = "",
) -> None:
    """Add what was booked to the usage of its months and to the run, and this many enrichments to `month`.

    A month whose lookups were all free has its usage, too: every month of the ledger can be compared.
    """
    months: dict[str, int] = {month: 0} if counted else {}
    for one in booked:
        months[one.month] = months.get(one.month, 0) + one.cost + one.doubt
    for each, costs in months.items():
        add_usage(connection, company, each, count=counted if each == month else 0, costs=costs)
    cost, in_doubt = sum(one.cost for one in booked), sum(one.doubt for one in booked)
    if cost or in_doubt:
        connection.execute(
            "UPDATE runs SET cost = cost + ?, in_doubt = in_doubt + ? WHERE run_id = ?", (cost, in_doubt, run_id)
        )
