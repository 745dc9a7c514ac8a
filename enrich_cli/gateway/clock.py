"""Time, passed in so that tests control it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import anyio


class Clock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards, for measuring and pacing."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call it after so many seconds, unless what this returns is called before."""
        return asyncio.get_running_loop().call_later(seconds, call).cancel
