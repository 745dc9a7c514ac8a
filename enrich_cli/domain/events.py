"""What happens in a run, as it is logged. No event has a field for anything personal: customers go by stored ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.tier import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegan:
    name: ClassVar = "run_began"
    run_id: str
    command: str
    company: str
    tier: Tier
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupEnded:
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
    """Nothing was sent for it."""
    latency_ms: int
    retries: int
    cost_usd: Money
    in_doubt_usd: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderClosed:
    """It is not asked any more in this run."""

    name: ClassVar = "provider_closed"
    run_id: str
    provider: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    name: ClassVar = "run_ended"
    run_id: str
    state: str
    """done or interrupted."""
    customers: Mapping[str, int]
    """How many landed in each count."""
    cost_usd: Money
    in_doubt_usd: Money
    duration_s: float


Event: TypeAlias = RunBegan | LookupEnded | ProviderClosed | RunEnded
