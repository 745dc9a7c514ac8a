"""A bounded number of places, and the queue for them."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from enrich_cli.gateway.limit import Limit


class Places:
    """As many places as the limit allows now. Returning ones go before new ones; each in order of arrival."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._taken = 0
        self._back: deque[asyncio.Future[bool]] = deque()
        self._anew: deque[asyncio.Future[bool]] = deque()

    @property
    def would_wait(self) -> bool:
        """Would `take` have to wait now?"""
        return self._taken >= self.limit.now or bool(self._anew or self._back)

    def take_now(self) -> None:
        """Take a place at once; only if `would_wait` is false."""
        self._taken += 1

    async def take(self, *, back: bool) -> bool:
        """Take a place as soon as there is one; False, without one, if waiting may no longer be worthwhile.

        `back`: for something that has already begun. A wait that is cancelled has taken nothing.
        """
        if not self.would_wait:
            self._taken += 1
            return True
        line = self._back if back else self._anew
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                with suppress(ValueError):  # `give` may have left it out already
                    line.remove(turn)
            elif turn.result():
                self.give()
            raise

    def give(self) -> None:
        """Free a place that was taken, and more of them if the limit has grown meanwhile."""
        self._taken -= 1
        while self._taken < self.limit.now and (line := self._back or self._anew):
            turn = line.popleft()
            if not turn.done():
                self._taken += 1
                turn.set_result(True)

    def look_again(self) -> None:
        """Let everybody in the queue check whether waiting is still worthwhile."""
        for line in (self._back, self._anew):
            while line:
                if not (turn := line.popleft()).done():
                    turn.set_result(False)
