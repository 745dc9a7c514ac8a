"""The month's quota, as lines and as JSON. Imports nothing heavy: `quota` answers at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from enrich_cli.console.words import counted
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.months import iso
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier
from enrich_cli.domain.times import Times

_BAR_WIDTH = 30


def quota_json(quota: Quota, *, sandbox: bool) -> str:
    """One JSON document (contract, *quota --json*)."""
    return json.dumps(
        {
            "company": quota.company,
            "tier": quota.tier.value,
            "month": quota.month,
            "used": quota.used,
            "reserved": quota.reserved,
            "limit": quota.limit,
            "remaining": quota.remaining,
            "can_enrich": quota.available is None or quota.available > 0,
            "available": quota.available,
            "resets_at": iso(quota.resets_at),
            "skipped_types": [kind.value for kind in quota.skipped],
            "next_tier": _terms(quota.tier.following),
            "sandbox": sandbox,
        }
    )


def quota_lines(quota: Quota, now: datetime, times: Times, *, sandbox: bool) -> list[str]:
    """A few lines for people; the next tier is named if little is left, or if it has what was skipped."""
    title = f"{quota.company} · {quota.tier.value} · {quota.month}"
    lines = [f"{title} · SANDBOX: synthetic data" if sandbox else title]
    if quota.limit is None or quota.remaining is None:
        lines.append(f"{quota.used:,} used, unlimited")
    else:
        used = f"{quota.used:,} of {quota.limit:,} used, {quota.remaining:,} left"
        lines.append(f"{bar(quota.used, quota.limit, _BAR_WIDTH)} {used}")
    if quota.reserved:
        lines.append(f"{quota.reserved:,} reserved by runs under way")
    days = (quota.resets_at - now).days
    until = f"in {counted(days, 'day')}" if days else "in less than a day"
    lines.append(f"resets {until}, {times.day(quota.resets_at)}")
    return [*lines, *_next_tier(quota)]


def bar(used: int, limit: int, width: int) -> str:
    """A bar of how much of the limit is used: never empty if something is, and full only if nothing is left."""
    full = min(width, max(width * used // limit, 1 if used else 0))
    return "█" * full + "░" * (width - full)


def _next_tier(quota: Quota) -> list[str]:
    following = quota.tier.following
    is_low = quota.limit is not None and quota.remaining is not None and 5 * quota.remaining < quota.limit
    if following is None or not (is_low or quota.skipped):
        return []
    skipped = [f"skipped this month: {_listed(quota.skipped)}"] if quota.skipped else []
    limit = "unlimited enrichments" if following.terms.limit is None else f"{following.terms.limit:,} a month"
    more = [kind for kind in following.terms.data_types if kind not in quota.tier.terms.data_types]
    adds = f", and {_listed(more)}" if more else ""
    return [*skipped, f"{following.value}: {limit}{adds}, ${following.terms.price_usd_a_month}/mo"]


def _listed(types: Sequence[DataType]) -> str:
    return " and ".join(kind.value for kind in types)


def _terms(tier: Tier | None) -> dict[str, object] | None:
    if tier is None:
        return None
    terms = tier.terms
    return {
        "tier": tier.value,
        "limit": terms.limit,
        "data_types": [kind.value for kind in terms.data_types],
        "price_usd_a_month": terms.price_usd_a_month,
    }
