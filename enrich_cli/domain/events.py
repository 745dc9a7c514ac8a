"""What happens in a run, as it is logged. No event has a personal field: customers appear by their stored ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self, TypeAlias

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import RunReport
from enrich_cli.domain.tier import Tier


class RunBegan(msgspec.Struct, frozen=True, kw_only=True):
    name: ClassVar = "run_began"
    run_id: str
    command: str
    company: str
    tier: Tier
    sandbox: bool

    @classmethod
    def of(cls, report: RunReport) -> Self:
        return cls(
            run_id=report.run_id,
            command=report.command,
            company=report.company,
            tier=report.tier,
            sandbox=report.sandbox,
        )


class LookupEnded(msgspec.Struct, frozen=True, kw_only=True):
    name: ClassVar = "lookup"
    run_id: str
    customer_id: str
    """As stored: plain, or a keyed hash."""
    data_type: DataType
    provider: str
    outcome: str
    """found, not_found or failed."""
    reason: str | None
    """Why it failed."""
    from_disk: bool
    """Answered from disk: nothing was sent."""
    latency_ms: int
    retries: int
    cost_usd: Money
    in_doubt_usd: Money


class ProviderClosed(msgspec.Struct, frozen=True, kw_only=True):
    """A provider is not asked any more in this run."""

    name: ClassVar = "provider_closed"
    run_id: str
    provider: str
    reason: str | None


class RunEnded(msgspec.Struct, frozen=True, kw_only=True):
    name: ClassVar = "run_ended"
    run_id: str
    state: str
    """done or interrupted."""
    customers: Mapping[str, int]
    """How many customers landed in each count."""
    cost_usd: Money
    in_doubt_usd: Money
    duration_s: float

    @classmethod
    def of(cls, report: RunReport, state: str) -> Self:
        return cls(
            run_id=report.run_id,
            state=state,
            customers={count.value: number for count, number in report.customers.items()},
            cost_usd=report.cost,
            in_doubt_usd=report.in_doubt,
            duration_s=round(report.duration_s, 1),
        )


Event: TypeAlias = RunBegan | LookupEnded | ProviderClosed | RunEnded
