"""What a company's lookups came to, by month and provider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.latency import percentile
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier


class Lookups(msgspec.Struct, frozen=True, kw_only=True):
    """Lookups of the ledger, which can be added up. One whose answer was lost in a crash counts as failed."""

    found: int = 0
    not_found: int = 0
    failed: int = 0
    latencies: Mapping[int, int] = {}
    """Milliseconds on the wire → number of lookups, without those cut off by a crash."""
    cost: Money = ZERO
    in_doubt: Money = ZERO

    def __add__(self, other: Lookups) -> Lookups:
        return Lookups(
            found=self.found + other.found,
            not_found=self.not_found + other.not_found,
            failed=self.failed + other.failed,
            latencies=Counter(self.latencies) + Counter(other.latencies),
            cost=self.cost + other.cost,
            in_doubt=self.in_doubt + other.in_doubt,
        )

    @property
    def number(self) -> int:
        return self.found + self.not_found + self.failed

    @property
    def success_rate(self) -> float | None:
        """The share of lookups that found somebody; None if there were none."""
        return _rate(self.found, self.number)

    def latency(self, share: float) -> int | None:
        """The latency (milliseconds) that this share (0..1) of the lookups did not exceed."""
        return percentile(self.latencies, share)


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a period; activities can be added up."""

    enrichments: int = 0
    """As counted against the quota."""
    api_costs: Money = ZERO
    """Cost and doubt together."""
    tried: int = 0
    """Customers whose lookups were finished."""
    succeeded: int = 0
    """Those of them that were counted."""
    served: int = 0
    """Customers for whom everything needed was fresh in the store, in runs that ended."""
    looked_up: int = 0
    """Customers whom those runs had to look up."""

    def __add__(self, other: Activity) -> Activity:
        return Activity(
            enrichments=self.enrichments + other.enrichments,
            api_costs=self.api_costs + other.api_costs,
            tried=self.tried + other.tried,
            succeeded=self.succeeded + other.succeeded,
            served=self.served + other.served,
            looked_up=self.looked_up + other.looked_up,
        )

    @property
    def success_rate(self) -> float | None:
        """The share of looked-up customers for whom something was found; None if there were none."""
        return _rate(self.succeeded, self.tried)

    @property
    def cache_hit_rate(self) -> float | None:
        """The share of customers, served or looked up, who cost nothing; None if there were none."""
        return _rate(self.served, self.served + self.looked_up)

    @property
    def cost_per_enrichment(self) -> Money | None:
        """Doubt included; parts of a micro-dollar are rounded up."""
        return self.api_costs.times(Fraction(1, self.enrichments)) if self.enrichments else None


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """One calendar month (UTC), with its last tier and limit."""

    month: str
    tier: Tier
    limit: int | None
    activity: Activity


class ProviderId(NamedTuple):
    """A provider in the chain of its data type."""

    data_type: DataType
    provider: str


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The statistics of one company. Months in which nothing happened are left out, except the current one."""

    quota: Quota
    sandbox: bool
    months: tuple[Month, ...]
    """Oldest first."""
    lookups: Mapping[tuple[str, ProviderId], Lookups]
    """By month and provider."""

    def since(self, month: str) -> Statistics:
        """The statistics of this month and those after it."""
        return Statistics(
            quota=self.quota,
            sandbox=self.sandbox,
            months=tuple(one for one in self.months if one.month >= month),
            lookups={key: some for key, some in self.lookups.items() if key[0] >= month},
        )

    @property
    def total(self) -> Activity:
        return sum((month.activity for month in self.months), Activity())

    def of_month(self, month: str) -> Lookups:
        """All lookups of a month."""
        return sum((some for (when, _), some in self.lookups.items() if when == month), Lookups())

    @property
    def by_provider(self) -> dict[ProviderId, Lookups]:
        """All lookups of each provider, ordered by data type, then by name."""
        kinds = list(DataType)
        providers = sorted(
            {provider for _, provider in self.lookups}, key=lambda one: (kinds.index(one.data_type), one.provider)
        )
        return {
            one: sum((some for (_, other), some in self.lookups.items() if other == one), Lookups())
            for one in providers
        }


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None
