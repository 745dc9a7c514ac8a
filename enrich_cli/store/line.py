"""A run's end of the socket to the keeper of its books."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any, NamedTuple

from enrich_cli.gateway.clock import Clock
from enrich_cli.store.errors import KeeperLost
from enrich_cli.store.messages import (
    FAREWELL,
    OPENING,
    Encoded,
    Frames,
    Order,
    Orders,
    encode,
    frame,
    raised,
    read_replies,
)
from enrich_cli.store.verbs import Argument, Result, Verb


class _Awaited(NamedTuple):
    verb: Verb[Any, Any]
    reply: asyncio.Future[Any]


class KeeperLine(asyncio.Protocol):
    """Sends orders to the keeper and resolves the futures that await its replies."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._frames = Frames()
        self._numbers = itertools.count(OPENING + 1)
        self._ordered: list[Order] = []
        """The orders of this turn of the event loop, which are sent together."""
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._closed: asyncio.Future[None] = self._loop.create_future()
        self._awaited: dict[int, _Awaited] = {}
        self._transport: asyncio.WriteTransport
        self._why_closed: Exception = KeeperLost(begun=False)

    async def opened(self) -> None:
        """Return when the books are open. Raises what opening them raises."""
        await asyncio.shield(self._opened)

    async def do(self, verb: Verb[Argument, Result], argument: Argument) -> Result:
        """Give an order. Once given it is carried out, even if the caller is cancelled. Raises what the verb raises."""
        return await self.give(verb, argument)

    def give(self, verb: Verb[Argument, Result], argument: Argument) -> asyncio.Future[Result]:
        """Like `do`, for a reply that is awaited later. Orders of one turn of the loop are carried out together."""
        if self._transport.is_closing():
            raise self._why_closed
        order = Order(next(self._numbers), verb.name, verb.write(argument))
        future: asyncio.Future[Result] = self._loop.create_future()
        self._awaited[order.number] = _Awaited(verb, future)
        if not self._ordered:
            self._loop.call_soon(self._hand_over)
        self._ordered.append(order)
        return future

    def _hand_over(self) -> None:
        if self._ordered:
            self._transport.write(frame(encode(Orders(self._clock.now(), self._ordered))))
            self._ordered = []

    async def close(self) -> None:
        """Take no more orders, and return when all that were given are carried out."""
        if not self._transport.is_closing():
            self._hand_over()
            self._transport.write(frame(FAREWELL))
        await self._closed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 a socket's
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for message in self._frames.take(data):
            for number, result, error in read_replies(message):
                if number != OPENING:
                    _resolve(self._awaited.pop(number), result, error)
                elif error is None:
                    self._opened.set_result(None)
                    self._why_closed = KeeperLost(begun=True)
                else:
                    # The keeper now closes the line, and `connection_lost` tells everybody who waits.
                    self._why_closed = raised(error)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 the protocol's
        self._closed.set_result(None)
        for reply in (self._opened, *(awaited.reply for awaited in self._awaited.values())):
            if not reply.done():
                reply.set_exception(self._why_closed)
                # Marks the exception as retrieved: whoever awaited it may have been cancelled since.
                reply.exception()


def _resolve(awaited: _Awaited, result: Encoded, error: bytes | None) -> None:
    verb, reply = awaited
    if reply.done():
        return
    if error is None:
        reply.set_result(verb.read_result(result))
    else:
        reply.set_exception(raised(error))
