"""Makes any httpx transport, such as respx or httpx's own mock, one that the gateway can send through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import httpx

from enrich_cli.gateway.bodies import Body
from enrich_cli.gateway.transport import Answer, Departure, Outgoing

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class HttpxTransport:
    """The request counts as sent unless httpx's error says that it was not."""

    transport: httpx.AsyncBaseTransport
    connect: Callable[[], None] = lambda: None
    is_open: bool = True
    loading: Callable[[], None] = lambda: None

    def open(self) -> None:
        self.loading()

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        self.connect()
        departure.begins()
        departure.happened = lambda: True
        request = httpx.Request(
            outgoing.method,
            outgoing.url,
            headers=dict(outgoing.headers),
            content=outgoing.content,
            extensions={"anew": outgoing.anew},
        )
        try:
            answer = await self.transport.handle_async_request(request)
        except NEVER_SENT:
            departure.happened = lambda: False
            raise
        return Answer(answer.status_code, dict(answer.headers.items()), cast("Body", answer.stream))

    def kind(self, error: Exception, *, sent: bool) -> str | None:
        return None
