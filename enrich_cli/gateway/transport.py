"""The wire: each request leaves once at most, and each failure is named by what it means for the money."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from enrich_cli.gateway.authorities import others_are_named, trusted_authorities
from enrich_cli.gateway.clock import Clock
from enrich_cli.providers.errors import AnswerLost, BadAnswer, ProviderError, Unavailable
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from enrich_cli.gateway.wire import Wire

MAX_ANSWER_BYTES = 8 * 1024 * 1024
"""What a body may weigh, as it comes over the wire and unpacked."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """One request as it leaves. It has no `repr`, since URL, headers and body bear the key and personal data."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None


def _not_yet() -> bool:
    return False


def unnoticed() -> None:
    """Nobody is told that a request leaves."""


@dataclass(slots=True)
class Departure:
    """When one request leaves, and whether it has."""

    begins: Callable[[], None] = unnoticed
    """Whoever sends the request calls it once a connection is there to send it on."""
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

    def kind(self, error: Exception, *, sent: bool) -> str | None:
        """What failed, in words; None when there is no more to say than whether the request was `sent`."""


def open_transport(*, connections: int) -> LazyTransport:
    """A pool of so many connections to a host at most; close it with `aclose`.

    It keeps no cookies, follows no redirects, uses no proxy, and sends nothing a second time. TLS is verified against
    certifi's authorities, or those in `SSL_CERT_FILE` or `SSL_CERT_DIR`; raises SettingError when these can't be used.
    """
    trusted = trusted_authorities() if others_are_named() else None
    return LazyTransport(connections, trusted)


class LazyTransport:
    """Opened for the first request, since it is slow to load, and a run that is served from its store sends none."""

    def __init__(self, connections: int, trusted: ssl.SSLContext | None) -> None:
        """`trusted`: as `trusted_authorities`, when that had to be made before."""
        self._connections = connections
        self._trusted = trusted
        self._wire: Wire | None = None

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """As `Transport.answer`."""
        return await self._opened().answer(outgoing, departure)

    def _opened(self) -> Wire:
        if self._wire is None:
            from enrich_cli.gateway.wire import open_wire  # noqa: PLC0415 see above

            self._wire = open_wire(connections=self._connections, trusted=self._trusted or trusted_authorities())
        return self._wire

    def kind(self, error: Exception, *, sent: bool) -> str | None:
        """As `Transport.kind`."""
        return self._wire.kind(error, sent=sent) if self._wire else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        if self._wire is not None:
            await self._wire.aclose()


async def send(
    transport: Transport,
    outgoing: Outgoing,
    *,
    timeout: float,  # noqa: ASYNC109 no mere limit: when it passes, the failure still has to be named
    clock: Clock,
    on_leaving: Callable[[], None] = unnoticed,
) -> Response:
    """Send a request, whose body is in memory, and return its whole answer, unpacked; redirects and 5xx are answers.

    `on_leaving` is called when it leaves: that may take a while, where a connection has to be made first.
    Raises, within `timeout` seconds: Unavailable when the request never left; AnswerLost when it had left, or may have,
    and no whole answer came; BadAnswer when the answer is above `MAX_ANSWER_BYTES` or can't be unpacked.
    """
    departure = Departure(on_leaving)
    try:
        async with asyncio.timeout(timeout):
            status, headers, arriving = await transport.answer(outgoing, departure)
            body = await _read(arriving)
    except ProviderError:
        raise
    except Exception as error:  # noqa: BLE001 whatever broke below, the books need to know whether it had left
        failure = _meaning(transport, departure, error)
    else:
        if headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
            body = _unpacked(body)
        return Response(status, body, headers, clock.now().timestamp())
    # Raised out here, or the error from below would hang on it as its context, with the URL in its text.
    raise failure


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
            raise BadAnswer("the answer can't be decompressed") from None
        if len(body) > MAX_ANSWER_BYTES:
            raise BadAnswer("the answer is too large")
        if not unpacker.eof:
            raise BadAnswer("the compressed answer is incomplete")
        # A gzip may have several members, one after the other; whatever else follows is no part of the answer.
        packed = unpacker.unused_data if unpacker.unused_data.startswith(_GZIP) else b""
    return body


def _meaning(transport: Transport, departure: Departure, error: Exception) -> ProviderError:
    """Name a failure by whether the request had left."""
    if departure.happened():
        timed_out, otherwise = "no complete answer in time", "the connection broke before the answer was complete"
    else:
        timed_out, otherwise = "no connection in time", "no connection"
    kind = transport.kind(error, sent=departure.happened())
    text = kind or (timed_out if isinstance(error, TimeoutError) else otherwise)
    return AnswerLost(text) if departure.happened() else Unavailable(text)
