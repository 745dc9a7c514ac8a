"""The month's quota."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from enrich_cli.console.quota import quota_json, quota_lines
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier
from enrich_cli.domain.times import IN_UTC

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def free(quota: Quota) -> Quota:
    return replace(quota, tier=Tier.FREE)


class TestJson:
    def test_it_is_the_contract_s_document_and_more(self, quota: Quota) -> None:
        said = json.loads(quota_json(replace(quota, reserved=2), sandbox=False))
        assert said == {
            "company": "acme",
            "tier": "pro",
            "month": "2026-11",
            "used": 44,
            "reserved": 2,
            "limit": 50,
            "remaining": 6,
            "can_enrich": True,
            "available": 4,
            "resets_at": "2026-12-01T00:00:00Z",
            "skipped_types": [],
            "next_tier": {
                "tier": "enterprise",
                "limit": None,
                "data_types": ["person", "business", "social", "property"],
                "price_usd_a_month": 199,
            },
            "sandbox": False,
        }

    @pytest.mark.parametrize(("used", "reserved", "can"), [(49, 0, True), (49, 1, False), (50, 0, False)])
    def test_what_live_runs_hold_can_not_be_used(self, quota: Quota, used: int, reserved: int, can: bool) -> None:
        said = json.loads(quota_json(replace(quota, used=used, reserved=reserved), sandbox=False))
        assert said["can_enrich"] is can

    def test_unlimited_is_null_and_can_always(self, quota: Quota) -> None:
        said = json.loads(quota_json(replace(quota, limit=None, used=9_999), sandbox=True))
        assert (said["limit"], said["remaining"], said["available"]) == (None, None, None)
        assert (said["can_enrich"], said["sandbox"]) == (True, True)


class TestLines:
    def test_they_show_company_tier_month_bar_and_reset_within_80_columns(self, free: Quota) -> None:
        lines = quota_lines(replace(free, used=20, reserved=3), NOON, IN_UTC, sandbox=False)
        assert lines == [
            "acme · free · 2026-11",
            "████████████░░░░░░░░░░░░░░░░░░ 20 of 50 used, 30 left",
            "3 reserved by runs under way",
            "resets in 5 days, 1 December 00:00 UTC",
        ]

    @pytest.mark.parametrize(("used", "full"), [(0, 0), (1, 1), (49, 29), (50, 30), (70, 30)])
    def test_the_bar_begins_with_the_first_and_never_grows_beyond_its_end(
        self, free: Quota, used: int, full: int
    ) -> None:
        bar = quota_lines(replace(free, used=used), NOON, IN_UTC, sandbox=False)[1].split()[0]
        assert (bar.count("█"), len(bar)) == (full, 30)

    @pytest.mark.parametrize(
        ("now", "until"),
        [
            (datetime(2026, 11, 1, tzinfo=UTC), "in 30 days"),
            (datetime(2026, 11, 29, 0, 1, tzinfo=UTC), "in 1 day"),
            (datetime(2026, 11, 30, 0, 0, tzinfo=UTC), "in 1 day"),
            (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), "in less than a day"),
        ],
    )
    def test_the_reset_is_said_in_days(self, free: Quota, now: datetime, until: str) -> None:
        assert quota_lines(free, now, IN_UTC, sandbox=False)[2].startswith(f"resets {until}, ")

    @pytest.mark.parametrize(
        ("tier", "limit", "offer"),
        [
            (Tier.FREE, 50, "pro: 500 a month, and social and property, $49/mo"),
            (Tier.PRO, 500, "enterprise: unlimited enrichments, $199/mo"),
        ],
    )
    def test_when_less_than_a_fifth_is_left_the_next_tier_is_named(
        self, quota: Quota, tier: Tier, limit: int, offer: str
    ) -> None:
        much = replace(quota, tier=tier, limit=limit, used=limit * 4 // 5)
        little = replace(much, used=much.used + 1)
        assert offer not in quota_lines(much, NOON, IN_UTC, sandbox=False)
        assert quota_lines(little, NOON, IN_UTC, sandbox=False)[-1] == offer

    def test_when_data_types_were_skipped_the_tier_that_has_them_is_named_however_much_is_left(
        self, free: Quota
    ) -> None:
        lines = quota_lines(
            replace(free, used=1, skipped=(DataType.SOCIAL, DataType.PROPERTY)), NOON, IN_UTC, sandbox=False
        )
        assert lines[-2:] == [
            "skipped this month: social and property",
            "pro: 500 a month, and social and property, $49/mo",
        ]

    def test_an_unlimited_company_has_no_bar_and_no_offer(self, quota: Quota) -> None:
        lines = quota_lines(replace(quota, tier=Tier.ENTERPRISE, limit=None), NOON, IN_UTC, sandbox=False)
        assert lines[:2] == ["acme · enterprise · 2026-11", "44 used, unlimited"]
        assert len(lines) == 3

    def test_nothing_is_above_the_highest_tier(self, quota: Quota) -> None:
        highest = replace(quota, tier=Tier.ENTERPRISE, limit=None)
        assert json.loads(quota_json(highest, sandbox=False))["next_tier"] is None

    def test_a_synthetic_store_says_so(self, free: Quota) -> None:
        assert quota_lines(free, NOON, IN_UTC, sandbox=True)[0].endswith("SANDBOX: synthetic data")
