"""The wire itself: aiohttp's connections, one exchange at a time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from weakref import WeakSet

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from enrich_cli import __version__
from enrich_cli.gateway.open_files import allow_open_files
from enrich_cli.gateway.transport import Answer, Departure, Outgoing

# Common servers close an idle connection after 5 seconds. A request that is sent just then is lost, and its price is
# in doubt.
_IDLE_SECONDS = 4.0

# With aiohttp's default of 8 kB, one long security policy header would lose a paid answer.
_MAX_HEADER_BYTES = 64 * 1024

_HEADERS = {"Accept-Encoding": "gzip", "User-Agent": f"enrich-cli/{__version__}"}
_NO_TIMEOUT = aiohttp.ClientTimeout()
"""No timeouts of its own: `send` limits the whole exchange."""

_UNSENT_KINDS = (
    (aiohttp.ClientConnectorDNSError, "the host name was not found"),
    (aiohttp.ClientSSLError, "no trusted TLS connection"),
)
_LOST_KINDS = ((aiohttp.ClientResponseError, "the answer is not HTTP"),)


def open_wire(*, connections: int, trusted: Callable[[], ssl.SSLContext]) -> Wire:
    """A pool of at most this many connections per host; close it with `aclose`. Needs a running event loop.

    `trusted` is called for each request that leaves encrypted; the authorities take a while to load.
    """
    allow_open_files()
    return Wire(_Pool(connections), trusted)


class Wire:
    """aiohttp's connections without its session; made by `open_wire`.

    A session repeats some requests when a connection closes, keeps cookies, follows redirects, and costs a third of an
    exchange. httpx-aiohttp uses a session too, and its error mapping can't tell whether a request had left.
    """

    def __init__(self, pool: _Pool, trusted: Callable[[], ssl.SSLContext]) -> None:
        self._pool = pool
        self._trusted = trusted
        self._loop = asyncio.get_running_loop()

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """As `Transport.answer`; failures are aiohttp's."""
        url = URL(outgoing.url, encoded=True)
        request = aiohttp.ClientRequest(
            outgoing.method,
            url,
            headers={**_HEADERS, **outgoing.headers},
            data=outgoing.content,
            loop=self._loop,
            ssl=self._trusted() if url.scheme == "https" else True,
        )
        # aiohttp expects a response from the moment the request is handed to a connection, not before.
        departure.happened = lambda: request.response is not None
        connection = await self._pool.connection(request, anew=outgoing.anew)
        try:
            assert connection.protocol is not None  # noqa: S101 one that was just given
            connection.protocol.set_response_params(
                read_until_eof=True, auto_decompress=False, max_field_size=_MAX_HEADER_BYTES
            )
            departure.begins()
            answer = await request.send(connection)
            await answer.start(connection)
        except BaseException:
            connection.close()
            raise
        headers = {name.lower(): _legible(value) for name, value in answer.headers.items()}
        return Answer(answer.status, headers, _Body(answer))

    def kind(self, error: Exception, *, sent: bool) -> str | None:
        """As `Transport.kind`."""
        kinds = _LOST_KINDS if sent else _UNSENT_KINDS
        return next((text for kind, text in kinds if isinstance(error, kind)), None)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.close()


def _legible(value: str) -> str:
    """A header's value as text that can be written down: aiohttp keeps bytes that are no UTF-8 as lone surrogates."""
    return value if value.isascii() else value.encode(errors="surrogateescape").decode(errors="replace")


class _Pool(aiohttp.TCPConnector):
    """aiohttp's pool takes unsolicited bytes on an idle connection for the answer to the next request.

    Here such a connection is closed instead of reused.
    """

    def __init__(self, connections: int) -> None:
        super().__init__(limit=0, limit_per_host=connections, keepalive_timeout=_IDLE_SECONDS)
        self._used = WeakSet[asyncio.BaseProtocol]()

    async def connection(self, request: aiohttp.ClientRequest, *, anew: bool) -> Connection:
        """One for this request; `anew`: one that nothing was sent on before."""
        connection = await self.connect(request, [], _NO_TIMEOUT)
        while anew and connection.protocol in self._used:
            connection.close()
            connection = await self.connect(request, [], _NO_TIMEOUT)
        if connection.protocol is not None:
            self._used.add(connection.protocol)
        return connection

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 as aiohttp declares it
    ) -> Connection:
        connection = await super().connect(req, traces, timeout)
        while connection.protocol is not None and connection.protocol.should_close:
            connection.close()
            connection = await super().connect(req, traces, timeout)
        return connection


class _Body:
    """A body as it arrives. Not a generator, so that nothing is left to finalise if reading stops half way."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if part := await self._answer.content.readany():
            return part
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Close the connection, unless the body was read to its end, when the connection has already gone back to the
        pool.
        """
        self._answer.close()
