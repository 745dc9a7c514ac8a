"""A company's count and costs of the month, its tier, and what live runs have reserved."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.months import month_of, next_month
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier

_ADD = """
UPDATE customer_enrichment_usage SET enrichments_count = enrichments_count + ?, api_costs = api_costs + ?
WHERE company_id = ? AND month_year = ?
"""
_BEGIN_MONTH = """
INSERT INTO customer_enrichment_usage (company_id, month_year, enrichments_count, enrichments_limit, api_costs, tier)
VALUES (?, ?, ?, ?, ?, ?)
"""


def tier_of(connection: sqlite3.Connection, company: str) -> Tier:
    """The company's tier today; a new company is on free."""
    row = connection.execute("SELECT tier FROM companies WHERE company_id = ?", (company,)).fetchone()
    return Tier(row[0]) if row else Tier.FREE


def set_tier(connection: sqlite3.Connection, company: str, tier: Tier, now: datetime) -> None:
    """Change the tier at once; this month's count stays."""
    connection.execute(
        "INSERT INTO companies (company_id, tier) VALUES (?, ?)"
        " ON CONFLICT (company_id) DO UPDATE SET tier = excluded.tier",
        (company, tier.value),
    )
    connection.execute(
        "UPDATE customer_enrichment_usage SET tier = ?, enrichments_limit = ? WHERE company_id = ? AND month_year = ?",
        (tier.value, tier.terms.limit, company, month_of(now)),
    )


def add_usage(connection: sqlite3.Connection, company: str, month: str, *, count: int = 0, costs: int = 0) -> None:
    """Add to a month's count and costs (micro-dollars), making its row first if there is none."""
    if connection.execute(_ADD, (count, costs, company, month)).rowcount == 0:
        tier = tier_of(connection, company)
        connection.execute(_BEGIN_MONTH, (company, month, count, tier.terms.limit, costs, tier.value))


def used(connection: sqlite3.Connection, company: str, month: str) -> int:
    """The enrichments counted in a month."""
    row = connection.execute(
        "SELECT enrichments_count FROM customer_enrichment_usage WHERE company_id = ? AND month_year = ?",
        (company, month),
    ).fetchone()
    return int(row[0]) if row else 0


def month_costs(connection: sqlite3.Connection, company: str, month: str) -> int:
    """Cost and doubt booked in a month, in micro-dollars."""
    row = connection.execute(
        "SELECT api_costs FROM customer_enrichment_usage WHERE company_id = ? AND month_year = ?", (company, month)
    ).fetchone()
    return int(row[0]) if row else 0


def reserved(connection: sqlite3.Connection, company: str, dead_runs: frozenset[str] = frozenset()) -> int:
    """Reservations of the company's live runs. A reservation belongs to no month."""
    rows = connection.execute(
        "SELECT run_id, COUNT(*) FROM run_customers WHERE company_id = ? AND outcome IS NULL AND counted = 0"
        " GROUP BY run_id",
        (company,),
    )
    return sum(int(count) for run_id, count in rows if run_id not in dead_runs)


def quota(
    connection: sqlite3.Connection, company: str, now: datetime, dead_runs: frozenset[str] = frozenset()
) -> Quota:
    """The company's month. `dead_runs`: runs whose reservations are void, although that is not booked yet."""
    tier = tier_of(connection, company)
    month = month_of(now)
    return Quota(
        company=company,
        tier=tier,
        month=month,
        used=used(connection, company, month),
        reserved=reserved(connection, company, dead_runs),
        limit=tier.terms.limit,
        resets_at=next_month(now),
        skipped=_skipped(connection, company, month, tier),
    )


def _skipped(connection: sqlite3.Connection, company: str, month: str, tier: Tier) -> tuple[DataType, ...]:
    rows = connection.execute(
        "SELECT DISTINCT skipped_types FROM runs WHERE company_id = ? AND started_at >= ?", (company, month)
    )
    asked = {word for (words,) in rows for word in words.split(",")}
    return tuple(kind for kind in DataType if kind.value in asked and kind not in tier.terms.data_types)
