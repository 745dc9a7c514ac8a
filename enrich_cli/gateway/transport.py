"""The wire: each request leaves once at most, and each failure is named by what it means for the money."""

from __future__ import annotations

import asyncio
import os
import resource
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

import aiohttp
import certifi
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from enrich_cli import __version__
from enrich_cli.gateway.clock import Clock
from enrich_cli.providers.base import Response
from enrich_cli.providers.errors import AnswerLost, BadAnswer, ProviderError, Unavailable

MAX_ANSWER_BYTES = 8 * 1024 * 1024
"""What a body may weigh, as it comes over the wire and unpacked."""

# Common servers close an idle connection after 5 seconds; a request that meets the close is lost, its price in doubt.
_IDLE_SECONDS = 4.0

# aiohttp's 8 kB would lose a paid answer over one long security policy.
_MAX_HEADER_BYTES = 64 * 1024

_OPEN_FILES = 10_240
"""The most that macOS grants."""

_GZIP = b"\x1f\x8b"
_HEADERS = {"Accept-Encoding": "gzip", "User-Agent": f"enrich-cli/{__version__}"}
_NO_TIMEOUT = aiohttp.ClientTimeout()
"""`send` keeps the time of the whole exchange."""

_UNSENT_KINDS = (
    (aiohttp.ClientConnectorDNSError, "the host name was not found"),
    (aiohttp.ClientSSLError, "no trusted TLS connection"),
    (TimeoutError, "no connection in time"),
)
_LOST_KINDS = (
    (TimeoutError, "no whole answer in time"),
    (aiohttp.ClientResponseError, "the answer is not HTTP"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """One request as it leaves. It has no `repr`, since URL, headers and body bear the key and personal data."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None


def _not_yet() -> bool:
    return False


@dataclass(slots=True)
class Departure:
    """Whether one request has left."""

    happened: Callable[[], bool] = _not_yet
    """Whoever sends the request puts in how that is known."""


class Answer(NamedTuple):
    """An answer whose body is still arriving."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: Body


class Body(Protocol):
    """Bytes as they arrive. Closing it gives up what has not arrived."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None: ...


class Transport(Protocol):
    """What `send` sends through."""

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """Send once and wait for status and headers. May fail in any way; `departure` tells what that means."""


def open_transport(*, connections: int) -> Wire:
    """Open a pool of so many connections to a host at most; close it with `aclose`. Needs a running event loop.

    It keeps no cookies, follows no redirects, uses no proxy, and sends nothing a second time. TLS is verified against
    certifi's authorities, or those in `SSL_CERT_FILE` or `SSL_CERT_DIR`.
    """
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    trusted = ssl.create_default_context(cafile=file or (None if folder else certifi.where()), capath=folder)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    trusted.set_alpn_protocols(["http/1.1"])
    _allow_open_files()
    return Wire(_Pool(limit=0, limit_per_host=connections, ssl=trusted, keepalive_timeout=_IDLE_SECONDS))


async def send(
    transport: Transport,
    outgoing: Outgoing,
    *,
    timeout: float,  # noqa: ASYNC109 no mere limit: when it passes, the failure still has to be named
    clock: Clock,
) -> Response:
    """Send a request, whose body is in memory, and return its whole answer, unpacked; redirects and 5xx are answers.

    Raises, within `timeout` seconds: Unavailable when the request never left; AnswerLost when it had left, or may have,
    and no whole answer came; BadAnswer when the answer is above `MAX_ANSWER_BYTES` or can't be unpacked.
    """
    departure = Departure()
    try:
        async with asyncio.timeout(timeout):
            status, headers, arriving = await transport.answer(outgoing, departure)
            body = await _read(arriving)
    except ProviderError:
        raise
    except Exception as error:  # noqa: BLE001 whatever broke below, the books need to know whether it had left
        failure = _meaning(departure, error)
    else:
        if headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
            body = _unpacked(body)
        return Response(status, body, headers, clock.now().timestamp())
    # Raised out here, or the error from below would hang on it as its context, with the URL in its text.
    raise failure


def _allow_open_files() -> None:
    """Many systems let a process have 1,024, which several slow vendors may need, and more as soon as it asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < _OPEN_FILES:
        allowed = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


class Wire:
    """aiohttp's connections without its session; made by `open_transport`.

    A session sends some requests a second time when a connection closes, keeps cookies, follows redirects, and costs a
    third of an exchange. httpx-aiohttp is a session, too, and its error map can't tell what left from what did not.
    """

    def __init__(self, pool: aiohttp.TCPConnector) -> None:
        self._pool = pool
        self._loop = asyncio.get_running_loop()

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """As `Transport.answer`; failures are aiohttp's."""
        request = aiohttp.ClientRequest(
            outgoing.method,
            URL(outgoing.url, encoded=True),
            headers={**_HEADERS, **outgoing.headers},
            data=outgoing.content,
            loop=self._loop,
        )
        # aiohttp expects a response from the very step on that hands the request to a connection, not before.
        departure.happened = lambda: request.response is not None
        connection = await self._pool.connect(request, [], _NO_TIMEOUT)
        try:
            assert connection.protocol is not None  # noqa: S101 one that was just given
            connection.protocol.set_response_params(
                read_until_eof=True, auto_decompress=False, max_field_size=_MAX_HEADER_BYTES
            )
            answer = await request.send(connection)
            await answer.start(connection)
        except BaseException:
            connection.close()
            raise
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, _Body(answer))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.close()


class _Pool(aiohttp.TCPConnector):
    """aiohttp's pool, which takes what a server says unasked on an idle connection for the answer to the next request.

    Here such a connection is closed instead of used again.
    """

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
    """A body as it arrives. No generator, so that nothing is left to be finalised when reading stops half way."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if part := await self._answer.content.readany():
            return part
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Close the connection, unless the body was read to its end: then it has gone back to the pool."""
        self._answer.close()


async def _read(arriving: Body) -> bytes:
    body = bytearray()
    try:
        async for part in arriving:
            body += part
            if len(body) > MAX_ANSWER_BYTES:
                raise BadAnswer("the answer is too large")
    finally:
        await arriving.aclose()
    return bytes(body)


def _unpacked(packed: bytes) -> bytes:
    body = b""
    while packed:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by what it finds
        try:
            body += unpacker.decompress(packed, MAX_ANSWER_BYTES + 1 - len(body))
        except zlib.error:
            raise BadAnswer("the answer can't be unpacked") from None
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswer("the answer is too large")
        if not unpacker.eof:
            raise BadAnswer("the packed answer breaks off")
        # A gzip may have several members, one after the other; whatever else follows is no part of the answer.
        packed = unpacker.unused_data if unpacker.unused_data.startswith(_GZIP) else b""
    return body


def _meaning(departure: Departure, error: Exception) -> ProviderError:
    """Name a failure by whether the request had left."""
    if departure.happened():
        return AnswerLost(_kind(error, _LOST_KINDS, "the connection broke before the whole answer was there"))
    return Unavailable(_kind(error, _UNSENT_KINDS, "no connection"))


def _kind(error: Exception, kinds: tuple[tuple[type | tuple[type, ...], str], ...], otherwise: str) -> str:
    return next((text for classes, text in kinds if isinstance(error, classes)), otherwise)
