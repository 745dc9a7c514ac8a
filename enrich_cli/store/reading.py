"""Reports that need no key and import no cipher: quota, tier, past runs, and how the providers did."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.months import month_of, next_month, stamp
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier
from enrich_cli.store.connection import open_for_writing, reading, transaction, writable
from enrich_cli.store.errors import StoreFull
from enrich_cli.store.recovery import dead_runs, live_runs, recover
from enrich_cli.store.runs import PastRun, past_runs
from enrich_cli.store.sqlite_errors import told_clearly
from enrich_cli.store.synthetic import is_synthetic
from enrich_cli.store.track_record import TrackRecord, track_records
from enrich_cli.store.usage import month_costs, quota, set_tier, tier_of


def read_quota(path: Path, company: str, now: datetime) -> tuple[Quota, bool]:
    """The company's month, and whether the store is synthetic. Dead runs are recovered if the store can be written.

    Raises StoreError.
    """
    with recovered(path, company, now) as (connection, dead):
        if connection is None:
            return unused(company, now), False
        return quota(connection, company, now, dead), is_synthetic(connection)


def read_runs(path: Path, company: str, now: datetime, *, most: int) -> list[PastRun]:
    """The company's newest runs, newest first, at most this many. Dead runs are recovered if the store can be written.

    Raises StoreError.
    """
    with recovered(path, company, now) as (connection, dead):
        return [] if connection is None else past_runs(connection, company, most=most, dead=dead)


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about earlier runs before one begins."""

    records: Mapping[str, TrackRecord] = {}
    """Provider → how it did with the company's customers."""
    month_costs: Money = ZERO
    """What is booked this month, doubt included."""


def read_history(path: Path, company: str, now: datetime, *, migrate: bool = True) -> History:
    """`migrate`: as for `open_for_reading`. Raises StoreError."""
    with reading(path, migrate=migrate) as connection:
        if connection is None:
            return History()
        booked = Money(month_costs(connection, company, month_of(now)))
        return History(records=track_records(connection, company), month_costs=booked)


def read_tier(path: Path, company: str, *, migrate: bool = True) -> Tier:
    """The company's tier; an unknown company is on free.

    `migrate`: as for `open_for_reading`. Raises StoreError.
    """
    with reading(path, migrate=migrate) as connection:
        return Tier.FREE if connection is None else tier_of(connection, company)


def runs_at_work(path: Path, company: str) -> int:
    """How many of the company's runs are under way. Raises StoreError."""
    with reading(path) as connection:
        return 0 if connection is None else len(live_runs(connection, path, company))


def has_ended(path: Path, company: str, run_id: str) -> bool:
    """Do the books say how this run ended? Raises StoreError."""
    query = "SELECT 1 FROM runs WHERE company_id = ? AND run_id = ? AND ended_at IS NOT NULL"
    with reading(path) as connection:
        return connection is not None and connection.execute(query, (company, run_id)).fetchone() is not None


def change_tier(path: Path, company: str, tier: Tier, now: datetime) -> tuple[Quota, bool]:
    """Set the company's tier, making the store first if there is none; returns the same as `read_quota`.

    Raises StoreError or StoreFull.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        with transaction(connection):
            recover(connection, path, company, stamp(now))
            set_tier(connection, company, tier, now)
        return quota(connection, company, now), is_synthetic(connection)


@contextmanager
def recovered(path: Path, company: str, now: datetime) -> Iterator[tuple[sqlite3.Connection | None, frozenset[str]]]:
    """The store, and the dead runs that could not be booked as such because the store can't be written.

    Without a store there is no connection. Raises StoreError.
    """
    with reading(path) as connection:
        dead = frozenset[str]() if connection is None else dead_runs(connection, path, company)
        if not dead or not writable(path):
            yield connection, dead
            return
    # On a full disk, too, nothing can be written.
    with suppress(StoreFull), closing(open_for_writing(path)) as connection, told_clearly(path):
        with transaction(connection):
            recover(connection, path, company, stamp(now))
        dead = frozenset()
    with reading(path) as connection:
        yield connection, dead


def unused(company: str, now: datetime) -> Quota:
    """The month of a company that is in no store."""
    return Quota(
        company=company,
        tier=Tier.FREE,
        month=month_of(now),
        used=0,
        reserved=0,
        limit=Tier.FREE.terms.limit,
        resets_at=next_month(now),
    )
