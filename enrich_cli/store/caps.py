"""The cost caps: what a run, and a company in a month, may spend at most, doubt included."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from enrich_cli.domain.money import Money
from enrich_cli.domain.months import month_of
from enrich_cli.gateway.journal import Ruling
from enrich_cli.store.usage import month_costs

_SUMS = "SELECT COALESCE(SUM(cost + in_doubt), 0), COALESCE(SUM(in_air + aside), 0) FROM open_lookups WHERE "
_OF_RUN = _SUMS + "run_id = ?"
_OF_COMPANY = _SUMS + "company_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What may be spent at most; None is no cap."""

    run: Money | None = None
    month: Money | None = None


class Headroom:
    """What is left of the caps within one transaction. Money in micro-dollars."""

    def __init__(self, connection: sqlite3.Connection, caps: Caps, *, company: str, run_id: str, now: datetime) -> None:
        self._held = 0
        """Set aside since then."""
        self._caps: list[tuple[int, int]] = []
        """Of each cap: what is left of it, and of that, what nobody holds."""
        if caps.run is not None:
            query = "SELECT cost + in_doubt FROM runs WHERE run_id = ?"
            booked = connection.execute(query, (run_id,)).fetchone()[0]
            self._add(caps.run, booked, connection.execute(_OF_RUN, (run_id,)).fetchone())
        if caps.month is not None:
            booked = month_costs(connection, company, month_of(now))
            self._add(caps.month, booked, connection.execute(_OF_COMPANY, (company,)).fetchone())

    def ruling(self, need: int) -> Ruling:
        """Does so much fit every cap now, later, or never?"""
        if any(need > left for left, _ in self._caps):
            return Ruling.REFUSED
        return Ruling.HELD if any(self._held + need > free for _, free in self._caps) else Ruling.SEND

    def set_aside(self, amount: int) -> None:
        """So much less is free from now on."""
        self._held += amount

    def _add(self, cap: Money, booked: int, of_open_lookups: tuple[int, int]) -> None:
        spent, held = of_open_lookups
        left = cap.micros - booked - spent
        self._caps.append((left, left - held))
