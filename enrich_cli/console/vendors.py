"""How each vendor is doing at the moment, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from enrich_cli.domain.times import Times
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock

_DAY_SECONDS = 86_400


class Health(StrEnum):
    """How a vendor is doing, from good to bad."""

    OK = "ok"
    SLOWED = "slowed"
    """Requests wait, because of its rate, or because it had trouble with too many at once."""
    PAUSED = "paused"
    """It asked to be left alone for a while; requests wait."""
    SKIPPED = "skipped"
    """It is left alone for so long, or failed so often, that lookups go on without it."""
    CLOSED = "closed"
    """It is not asked any more in this run."""


@dataclass(frozen=True, slots=True)
class VendorState:
    """How one vendor is doing."""

    vendor: str
    health: Health
    words: str
    """`ok`, `slowed`, `slowed to 12 at once`, `paused until 14:23:05`, `closed: the key was refused (status 401)`."""


class VendorStates:
    """Reads the accounts of a run, and never changes them."""

    def __init__(self, accounts: Sequence[Account], *, max_pause: float, clock: Clock, times: Times) -> None:
        """`max_pause` (seconds): lookups do not wait for a longer pause."""
        self._accounts = accounts
        self._max_pause = max_pause
        self._clock = clock
        self._times = times

    def states(self) -> list[VendorState]:
        """The state of every vendor, in the order of the chains."""
        return [self._state(account) for account in self._accounts]

    def _state(self, account: Account) -> VendorState:
        vendor = account.provider.name
        if account.closed:
            return VendorState(vendor, Health.CLOSED, f"{Health.CLOSED}: {account.closed}")
        pause = account.pace.paused_for()
        skipped = max(pause if pause > self._max_pause else 0.0, account.breaker.seconds_left(self._clock.monotonic()))
        if skipped:
            return VendorState(vendor, Health.SKIPPED, f"{Health.SKIPPED} until {self._in(skipped)}")
        if pause:
            return VendorState(vendor, Health.PAUSED, f"{Health.PAUSED} until {self._in(pause)}")
        limit = account.places.limit
        if account.places.would_wait and limit.now < limit.ceiling:
            return VendorState(vendor, Health.SLOWED, f"{Health.SLOWED} to {limit.now:,} at once")
        health = Health.SLOWED if any(pace.is_slowing() for pace in account.paces) else Health.OK
        return VendorState(vendor, health, health.value)

    def _in(self, seconds: float) -> str:
        if seconds > _DAY_SECONDS:
            return "tomorrow or later"
        return self._times.clock(self._clock.now() + timedelta(seconds=seconds))
