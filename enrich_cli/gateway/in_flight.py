"""A request whose answer is on the way."""

from __future__ import annotations

from typing import Self

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.slots import Slot

SLOW_SECONDS = 1.0
"""After this wait for an answer the slot is given up; the vendor's next request starts without one."""


class InFlight:
    """A block around one request in flight. A slow answer may have cost its slot: take that again before
    anything else.
    """

    __slots__ = ("_account", "_clock", "_sent_at", "_slot", "_stop_waiting")

    def __init__(self, account: Account, slot: Slot, clock: Clock) -> None:
        self._account = account
        self._slot = slot
        self._clock = clock

    def __enter__(self) -> Self:
        self._account.in_flight += 1
        self._sent_at = self._clock.monotonic()
        if self._account.is_slow:
            self._slot.leave()
        self._stop_waiting = self._clock.later(SLOW_SECONDS, self._is_slow)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop_waiting()
        self._account.is_slow = self._clock.monotonic() - self._sent_at > SLOW_SECONDS
        self._account.in_flight -= 1

    def _is_slow(self) -> None:
        self._account.is_slow = True
        self._slot.leave()
