"""A run's report for scripts."""

from __future__ import annotations

import json

from msgspec.structs import asdict

from enrich_cli.console.counts import IN_ORDER
from enrich_cli.console.money import expectation_json
from enrich_cli.console.rejections import rejections_json
from enrich_cli.domain.expectation import CheapestOrder
from enrich_cli.domain.months import iso
from enrich_cli.domain.report import ProviderReport, Quota, RunReport


def report_json(report: RunReport) -> str:
    """One JSON document (contract, *The run report*)."""
    return json.dumps(
        {
            "run_id": report.run_id,
            "command": report.command,
            "company": report.company,
            "tier": report.tier.value,
            "sandbox": report.sandbox,
            "interrupted": report.interrupted,
            "customers": {"read": report.read, **{count.value: report.customers[count] for count in IN_ORDER}},
            "skipped_types": {kind.value: why for kind, why in report.skipped_types.items()},
            "quota": _quota(report.quota),
            "providers": [_provider(entry) for entry in report.providers],
            "not_worth_asking": report.spared,
            "mapping": report.mapping,
            "rejections": rejections_json(report.rejections),
            "warnings": report.warnings,
            "incomplete": report.incomplete,
            "cost_usd": str(report.cost),
            "in_doubt_usd": str(report.in_doubt),
            "expectation": expectation_json(report.expectation) if report.expectation else None,
            "refused": {
                "customers": report.refusals.customers,
                "lookups": report.refusals.lookups,
                **expectation_json(report.refusals.rest),
            },
            "optimized": _cheapest_order(report.cheapest_order) if report.cheapest_order else None,
            "duration_s": round(report.duration_s, 1),
        },
        ensure_ascii=False,
    )


def _quota(quota: Quota) -> dict[str, object]:
    return {
        "used": quota.used,
        "limit": quota.limit,
        "remaining": quota.remaining,
        "resets_at": iso(quota.resets_at),
    }


def _provider(entry: ProviderReport) -> dict[str, object]:
    return {
        "provider": entry.provider,
        "data_type": entry.data_type.value,
        "lookups": entry.lookups,
        "found": entry.found,
        "not_found": entry.not_found,
        "failed": entry.failed,
        "retries": entry.retries,
        "latency_ms": {"p50": entry.latency.percentile(0.5), "p95": entry.latency.percentile(0.95)},
        "cost_usd": str(entry.cost),
        "in_doubt_usd": str(entry.in_doubt),
        "price_known": entry.priced,
        "concurrency": None if entry.concurrency is None else asdict(entry.concurrency),
        "disabled": entry.disabled,
    }


def _cheapest_order(order: CheapestOrder) -> dict[str, str]:
    return {"default_order_usd": str(order.default), "saved_usd": str(order.saved)}
