"""Statistics for scripts: JSON, and CSV. Imports nothing heavy."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

from enrich_cli.domain.statistics import Activity, Lookups, Month, ProviderId, Statistics

_ALL = "all"
"""In place of a provider, in a row about the month as a whole."""


def statistics_json(statistics: Statistics) -> str:
    """One JSON document (contract, *stats --json*). Rates are from 0 to 1, or null if nothing was tried."""
    by_tier: Counter[str] = Counter()
    for month in statistics.months:
        by_tier[month.tier.value] += month.activity.enrichments
    return json.dumps(
        {
            "company": statistics.quota.company,
            "sandbox": statistics.sandbox,
            "months": [_month(month, statistics.of_month(month.month)) for month in statistics.months],
            "providers": [_provider(provider) | _lookups(some) for provider, some in statistics.by_provider.items()],
            "providers_by_month": [
                {"month": month, **_provider(provider), **_lookups(some)}
                for (month, provider), some in sorted(statistics.lookups.items())
            ],
            "enrichments_by_tier": by_tier,
            **_rates(statistics.total),
        }
    )


def statistics_csv(statistics: Statistics) -> str:
    """One row per month, with provider `all`, followed by one for each provider asked in it."""
    rows = []
    for month in statistics.months:
        every = statistics.of_month(month.month)
        rows.append(_flat(_month(month, every) | {"provider": _ALL, "data_type": _ALL}, every))
        rows += [
            _flat({"month": month.month, **_provider(provider), **_lookups(some)}, some)
            for (when, provider), some in sorted(statistics.lookups.items())
            if when == month.month
        ]
    columns = list(dict.fromkeys(["month", "provider", "data_type", *(name for row in rows for name in row)]))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _month(month: Month, lookups: Lookups) -> dict[str, object]:
    return {
        "month": month.month,
        "tier": month.tier.value,
        "enrichments": month.activity.enrichments,
        "limit": month.limit,
        "api_cost_usd": str(month.activity.api_costs),
        **_lookups(lookups),
        **_rates(month.activity),
    }


def _provider(provider: ProviderId) -> dict[str, object]:
    return {"provider": provider.provider, "data_type": provider.data_type.value}


def _lookups(lookups: Lookups) -> dict[str, object]:
    return {
        "lookups": lookups.number,
        "found": lookups.found,
        "not_found": lookups.not_found,
        "failed": lookups.failed,
        "success_rate": lookups.success_rate,
        "latency_ms": _latency(lookups),
        "cost_usd": str(lookups.cost),
        "in_doubt_usd": str(lookups.in_doubt),
    }


def _latency(lookups: Lookups) -> dict[str, int | None]:
    return {"p50": lookups.latency(0.5), "p95": lookups.latency(0.95)}


def _rates(activity: Activity) -> dict[str, object]:
    cost = activity.cost_per_enrichment
    return {
        "success_rate": activity.success_rate,
        "cache_hit_rate": activity.cache_hit_rate,
        "cost_per_enrichment_usd": None if cost is None else str(cost),
    }


def _flat(row: dict[str, object], lookups: Lookups) -> dict[str, object]:
    """The row of these lookups with `latency_ms` as two columns, which come last."""
    others = {name: value for name, value in row.items() if name != "latency_ms"}
    return others | {f"latency_{share}_ms": value for share, value in _latency(lookups).items()}
