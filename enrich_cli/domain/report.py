"""What a run did, in numbers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import CheapestOrder, Expectation, Refusals
from enrich_cli.domain.latency import Latencies
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.rejection import Rejections
from enrich_cli.domain.tier import Tier


class Count(StrEnum):
    """Where a customer landed: every customer read is in exactly one, the first of these that applies."""

    REJECTED = "rejected"
    SUPPRESSED = "suppressed"
    OVER_QUOTA = "over_quota"
    PARTIAL = "partial"
    FAILED = "failed"
    ENRICHED = "enriched"
    CACHED = "cached"
    NOT_FOUND = "not_found"


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """A company's month. `resets_at` is the first instant of the next month, UTC."""

    company: str
    tier: Tier
    month: str
    used: int
    reserved: int
    limit: int | None
    resets_at: datetime
    skipped: tuple[DataType, ...] = ()
    """Data types that runs of this month asked for and today's tier does not have."""

    @property
    def remaining(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def available(self) -> int | None:
        """What a new run could still take: `remaining` less what live runs have reserved."""
        return None if self.limit is None else max(0, self.limit - self.used - self.reserved)


class Concurrency(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests one provider was allowed in flight: halved after trouble, then raised again one by one."""

    ceiling: int
    """Where it began (`--concurrency`)."""
    lowest: int
    settled: int
    """At the end of the run."""


class ProviderReport(msgspec.Struct, kw_only=True):
    """One provider's part in a run."""

    provider: str
    data_type: DataType
    lookups: int = 0
    found: int = 0
    not_found: int = 0
    failed: int = 0
    retries: int = 0
    from_disk: int = 0
    """Lookups answered from disk; no other figure includes them."""
    latency: Latencies = msgspec.field(default_factory=Latencies)
    cost: Money = ZERO
    in_doubt: Money = ZERO
    concurrency: Concurrency | None = None
    """None while it has had no lookups."""
    disabled: str | None = None
    """Why it was not used, or was closed during the run."""
    priced: bool = True
    """Its price is known; else no sum includes its costs."""
    configured: bool = True
    key_refused: bool = False


class RunReport(msgspec.Struct, kw_only=True):
    """The result of one `enrich` or `refresh`."""

    run_id: str
    command: str
    company: str
    sandbox: bool
    quota: Quota
    """Before the run ends, as it was before the run; afterwards, as the run left it."""
    read: int = 0
    customers: dict[Count, int] = msgspec.field(default_factory=lambda: dict.fromkeys(Count, 0))
    skipped_types: dict[DataType, str] = {}
    providers: list[ProviderReport] = []
    mapping: dict[str, str] = {}
    rejections: Rejections = msgspec.field(default_factory=Rejections)
    warnings: list[str] = []
    spared: dict[str, int] = {}
    """Why lookups were not worth making → at most how many that saved."""
    interrupted: bool = False
    duration_s: float = 0.0
    wanted_lookups: bool = False
    """Some customer needed a lookup, whether or not a provider could be asked."""
    capped: bool = False
    """A cost cap prevented something from being sent."""
    expectation: Expectation | None = None
    """What the run's lookups were expected to cost, by the providers' track record."""
    refusals: Refusals = msgspec.field(default_factory=Refusals)
    cheapest_order: CheapestOrder | None = None
    """Set if the chains were put into the cheapest order."""
    failures: str = ""
    """Which providers failed, and why, for the latest customer that lacks data because of it."""
    incomplete: str | None = None
    """Why the source could not be read to the end."""

    @property
    def tier(self) -> Tier:
        """The quota's tier: it may change during a run, and takes effect at once."""
        return self.quota.tier

    @property
    def cost(self) -> Money:
        return sum((provider.cost for provider in self.providers), ZERO)

    @property
    def in_doubt(self) -> Money:
        return sum((provider.in_doubt for provider in self.providers), ZERO)
