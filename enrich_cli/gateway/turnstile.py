"""Answers that arrive together are taken up a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque

PASSES_A_TURN = 10
"""Of the event loop: a few milliseconds of work. Fewer cost more in turns than they gain."""


class Turnstile:
    """Lets a few pass in each turn of the event loop, in order of arrival.

    A loop runs all that is ready before anything that comes of it. Without this, a hundred answers that arrive together
    are all read and judged before the first of the next hundred questions can leave, and these leave together again:
    the vendors wait for the processor, then the processor for the vendors.
    """

    def __init__(self) -> None:
        self._left = PASSES_A_TURN
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_counting = False
        """Will `_turn` be called in the next turn of the loop?"""

    async def passed(self) -> None:
        """Return in this turn, if few have passed in it, else in a later one."""
        loop = asyncio.get_running_loop()
        if not self._is_counting:
            self._is_counting = True
            loop.call_soon(self._turn, loop)
        if self._left:
            self._left -= 1
            return
        turn = loop.create_future()
        self._waiting.append(turn)
        await turn

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        self._left = PASSES_A_TURN
        while self._left and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._left -= 1
        self._is_counting = self._left < PASSES_A_TURN
        if self._is_counting:
            loop.call_soon(self._turn, loop)
