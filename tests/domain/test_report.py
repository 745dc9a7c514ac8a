"""What is left of a quota, and what a run cost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Count, ProviderReport, Quota, RunReport
from enrich_cli.domain.tier import Tier


def quota(used: int, reserved: int = 0, limit: int | None = 50) -> Quota:
    return Quota(
        company="acme",
        tier=Tier.FREE,
        month="2026-11",
        used=used,
        reserved=reserved,
        limit=limit,
        resets_at=datetime(2026, 12, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("used", "reserved", "remaining", "available"), [(44, 4, 6, 2), (44, 9, 6, 0), (50, 0, 0, 0), (60, 0, 0, 0)]
)
def test_what_is_left_is_never_below_nothing(used: int, reserved: int, remaining: int, available: int) -> None:
    assert (quota(used, reserved).remaining, quota(used, reserved).available) == (remaining, available)


def test_an_unlimited_quota_has_no_rest() -> None:
    assert (quota(9, 9, limit=None).remaining, quota(9, 9, limit=None).available) == (None, None)


def test_a_new_report_has_every_count_at_nothing() -> None:
    report = RunReport(run_id="r", command="enrich", company="acme", sandbox=False, quota=quota(0))
    assert report.customers == dict.fromkeys(Count, 0)
    assert (report.cost, report.in_doubt) == (ZERO, ZERO)


def test_a_run_costs_what_its_providers_cost() -> None:
    report = RunReport(run_id="r", command="enrich", company="acme", sandbox=False, quota=quota(0))
    for cost, in_doubt in ((30, 1), (12, 0)):
        report.providers.append(
            ProviderReport(provider="p", data_type=DataType.PERSON, cost=Money(cost), in_doubt=Money(in_doubt))
        )
    assert (report.cost, report.in_doubt) == (Money(42), Money(1))


def test_counts_stand_in_the_order_in_which_the_first_that_holds_is_taken() -> None:
    order = "rejected suppressed over_quota partial failed enriched cached not_found"
    assert [count.value for count in Count] == order.split()
