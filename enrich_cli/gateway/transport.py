"""The wire: each request leaves at most once, and each failure is named by what it means for the money."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from enrich_cli.gateway.authorities import others_are_named, trusted_authorities
from enrich_cli.gateway.bodies import Body, whole
from enrich_cli.gateway.clock import Clock
from enrich_cli.providers.errors import AnswerLost, ProviderError, Unavailable
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from enrich_cli.gateway.wire import Wire


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """A request as it leaves. It has no `repr`, since URL, headers and body hold the key and personal data."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    anew: bool = False
    """Whether it needs a new connection: an idle one may close at the very moment when a request leaves."""


def _not_yet() -> bool:
    return False


def unnoticed() -> None:
    """For senders who need not know when a request leaves."""


@dataclass(slots=True)
class Departure:
    """When a request leaves, and whether it has left."""

    begins: Callable[[], None] = unnoticed
    """To be called by the sender once there is a connection to send it on."""
    happened: Callable[[], bool] = _not_yet
    """How the sender knows whether it has left; set by the sender."""


class Answer(NamedTuple):
    """An answer whose body is still arriving."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: Body


class Transport(Protocol):
    """What `send` sends with."""

    @property
    def is_open(self) -> bool:
        """Whether all that is slow to load is loaded."""

    def open(self) -> None:
        """Load it, if it is not. Needs a running event loop."""

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """Send once, and wait for status and headers. May fail in any way; `departure` then says what that means."""

    def kind(self, error: Exception, *, sent: bool) -> str | None:
        """What failed, in words; None if all that can be said is whether the request was `sent`."""


def open_transport(*, connections: int) -> LazyTransport:
    """A pool of at most this many connections per host; close it with `aclose`.

    It keeps no cookies, follows no redirects, uses no proxy, and never sends anything twice. TLS is verified with
    certifi's authorities, or those in `SSL_CERT_FILE` or `SSL_CERT_DIR`; raises SettingError if those can't be used.
    """
    trusted = cache(trusted_authorities)
    if others_are_named():
        trusted()
    return LazyTransport(connections, trusted)


class LazyTransport:
    """Opened when there is something to send: it is slow to load, and a run served from its store never needs it."""

    def __init__(self, connections: int, trusted: Callable[[], ssl.SSLContext]) -> None:
        """`trusted`: makes the settings for TLS when they are first needed."""
        self._connections = connections
        self._trusted = trusted
        self._wire: Wire | None = None

    @property
    def is_open(self) -> bool:
        """As `Transport.is_open`."""
        return self._wire is not None

    def open(self) -> None:
        """As `Transport.open`."""
        self._opened()

    async def answer(self, outgoing: Outgoing, departure: Departure) -> Answer:
        """As `Transport.answer`."""
        return await self._opened().answer(outgoing, departure)

    def _opened(self) -> Wire:
        if self._wire is None:
            from enrich_cli.gateway.wire import open_wire  # noqa: PLC0415 see above

            self._wire = open_wire(connections=self._connections, trusted=self._trusted)
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

    `on_leaving` is called when it leaves, which may take a while if a connection has to be made first. Raises, within
    `timeout` seconds: Unavailable if the request never left; AnswerLost if it had left, or may have, and no complete
    answer came; BadAnswer if the answer exceeds `MAX_ANSWER_BYTES` or can't be unpacked, unless it is a 5xx.
    """
    departure = Departure(on_leaving)
    try:
        async with asyncio.timeout(timeout):
            status, headers, arriving = await transport.answer(outgoing, departure)
            body = await whole(status, headers, arriving)
    except ProviderError:
        raise
    except Exception as error:  # noqa: BLE001 whatever broke below, the books need to know whether it had left
        failure = _meaning(transport, departure, error)
    else:
        return Response(status, body, headers, clock.now().timestamp())
    # Raised outside the `except`, so that the original error, whose text may hold the URL, is not its context.
    raise failure


def _meaning(transport: Transport, departure: Departure, error: Exception) -> ProviderError:
    """Name a failure by whether the request had left."""
    if departure.happened():
        timed_out, otherwise = "no complete answer in time", "the connection broke before the answer was complete"
    else:
        timed_out, otherwise = "no connection in time", "no connection"
    kind = transport.kind(error, sent=departure.happened())
    text = kind or (timed_out if isinstance(error, TimeoutError) else otherwise)
    return AnswerLost(text) if departure.happened() else Unavailable(text)
