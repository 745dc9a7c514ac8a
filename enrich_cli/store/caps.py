"""The cost caps: the most that a run, and a company in a month, may spend, doubt included."""

from __future__ import annotations

import sqlite3

import msgspec

from enrich_cli.domain.money import Money
from enrich_cli.gateway.journal import Ruling
from enrich_cli.store.usage import month_costs

_SUMS = "SELECT COALESCE(SUM(cost + in_doubt), 0), COALESCE(SUM(in_air + aside), 0) FROM open_lookups WHERE "
"""What lookups that are not in the ledger yet have spent, and what they still hold."""
_OF_RUN = _SUMS + "run_id = ?"
_OF_MONTH = _SUMS + "company_id = ? AND substr(at, 1, 7) = ?"


class Caps(msgspec.Struct, frozen=True, kw_only=True):
    """The most that may be spent; None means no cap."""

    run: Money | None = None
    month: Money | None = None


class _Left(msgspec.Struct):
    """What is left of one cap; money in micro-dollars."""

    unspent: int
    free: int
    """The part that no lookup holds."""


class Headroom:
    """What is left of the caps, within one transaction. Money in micro-dollars.

    A lookup's charges belong to the month of its first charged request, and so does what it still holds or wants after
    the month's end.
    """

    def __init__(self, connection: sqlite3.Connection, caps: Caps, *, company: str, run_id: str) -> None:
        self._connection = connection
        self._company = company
        self._cap_of_month = caps.month
        self._of_run: list[_Left] = []
        self._of_months: dict[str, list[_Left]] = {}
        if caps.run is not None:
            query = "SELECT cost + in_doubt FROM runs WHERE run_id = ?"
            booked = connection.execute(query, (run_id,)).fetchone()[0]
            self._of_run = [self._left(caps.run, booked, _OF_RUN, run_id)]

    def ruling(self, need: int, month: str) -> Ruling:
        """Does this amount, for a lookup of this month, fit every cap now, later, or never?"""
        lefts = self._lefts(month)
        if any(need > left.unspent for left in lefts):
            return Ruling.REFUSED
        return Ruling.HELD if any(need > left.free for left in lefts) else Ruling.SEND

    def set_aside(self, amount: int, month: str) -> None:
        """Take an amount from what is free."""
        for left in self._lefts(month):
            left.free -= amount

    def _lefts(self, month: str) -> list[_Left]:
        if month not in self._of_months:
            self._of_months[month] = [*self._of_run, *self._left_of_month(month)]
        return self._of_months[month]

    def _left_of_month(self, month: str) -> list[_Left]:
        if self._cap_of_month is None:
            return []
        booked = month_costs(self._connection, self._company, month)
        return [self._left(self._cap_of_month, booked, _OF_MONTH, self._company, month)]

    def _left(self, cap: Money, booked: int, of_open_lookups: str, *values: str) -> _Left:
        spent, held = self._connection.execute(of_open_lookups, values).fetchone()
        unspent = cap.micros - booked - spent
        return _Left(unspent, unspent - held)
