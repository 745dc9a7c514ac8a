"""A run's report for scripts, exactly as the contract shows it."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from enrich_cli.console.report_json import report_json
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import ProviderReport, RunReport
from enrich_cli.domain.tier import Tier

CONTRACT = """
{"run_id": "run-7", "command": "enrich", "company": "acme", "tier": "pro", "sandbox": false, "interrupted": false,
 "customers": {"read": 9, "enriched": 3, "partial": 1, "cached": 1, "not_found": 1, "failed": 1, "over_quota": 1,
               "suppressed": 0, "rejected": 1},
 "skipped_types": {"property": "needs tier pro"},
 "quota": {"used": 44, "limit": 50, "remaining": 6, "resets_at": "2026-12-01T00:00:00Z"},
 "providers": [{"provider": "hunter", "data_type": "person", "lookups": 5, "found": 4, "not_found": 1, "failed": 0,
                "retries": 2, "latency_ms": {"p50": 181, "p95": 402}, "cost_usd": "0.20", "in_doubt_usd": "0.00",
                "disabled": null}],
 "mapping": {"email": "E-mail 1 - Value"}, "cost_usd": "0.20", "in_doubt_usd": "0.00", "duration_s": 3.4}
"""


def test_it_is_the_contract_s_document_with_warnings_beside(report: RunReport) -> None:
    said = json.loads(report_json(report))
    latency = said["providers"][0]["latency_ms"]
    assert latency == {"p50": pytest.approx(181, abs=2.5), "p95": pytest.approx(402, abs=4.5)}
    expected = json.loads(CONTRACT)
    expected["providers"][0]["latency_ms"] = latency
    expected["providers"][0] |= {"price_known": True, "concurrency": None}
    nothing = {"cost_max_usd": "0.00", "cost_expected_usd": "0.00", "interval_usd": ["0.00", "0.00"]}
    beside: dict[str, object] = {"rejections": [], "warnings": [], "incomplete": None, "not_worth_asking": {}}
    beside |= {"expectation": None, "optimized": None}
    assert said == {**expected, **beside, "refused": {"customers": 0, "lookups": 0, **nothing}}


def test_what_was_not_worth_asking_is_counted_by_its_reason(report: RunReport) -> None:
    report.spared = {"a PO box is not a property": 2}
    assert json.loads(report_json(report))["not_worth_asking"] == {"a PO box is not a property": 2}


def test_a_provider_without_a_price_is_told_from_one_that_costs_nothing(report: RunReport) -> None:
    report.providers[0].priced = False
    assert json.loads(report_json(report))["providers"][0]["price_known"] is False


def test_the_document_is_one_line_and_keeps_letters_as_they_are(report: RunReport) -> None:
    report.mapping["name"] = "Prénom"
    assert "\n" not in report_json(report)
    assert "Prénom" in report_json(report)


def test_an_unlimited_quota_has_nulls_and_money_has_all_its_digits(report: RunReport) -> None:
    report.quota = replace(report.quota, tier=Tier.ENTERPRISE, limit=None)
    report.providers[0].in_doubt = Money(4_900)
    said = json.loads(report_json(report))
    assert (said["quota"]["limit"], said["quota"]["remaining"]) == (None, None)
    assert (said["in_doubt_usd"], said["providers"][0]["in_doubt_usd"]) == ("0.0049", "0.0049")


def test_a_provider_that_was_never_asked_has_no_latency(report: RunReport) -> None:
    report.providers = [ProviderReport(provider="clearbit", data_type=DataType.PERSON, disabled="not configured")]
    (entry,) = json.loads(report_json(report))["providers"]
    assert entry["concurrency"] is None
    assert (entry["latency_ms"], entry["disabled"]) == ({"p50": None, "p95": None}, "not configured")
