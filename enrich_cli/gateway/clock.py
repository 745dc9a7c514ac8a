"""Time, passed in so that tests can control it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import anyio


class Clock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Wall-clock time, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go backwards, for measuring and pacing."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call it after this many seconds, unless the returned function is called first."""
        return asyncio.get_running_loop().call_later(seconds, call).cancel
