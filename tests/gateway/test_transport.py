"""What `send` makes of a vendor's behaviour, on real sockets: a broken connection can't be imitated."""

from __future__ import annotations

import asyncio
import gc
import gzip
import logging
import socket
import ssl
import struct
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import httpx
import pytest
import respx
from aiohttp import client_exceptions

from enrich_cli.gateway.bodies import MAX_ANSWER_BYTES
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.transport import Outgoing, Transport, open_transport, send
from enrich_cli.providers.errors import AnswerLost, BadAnswer, ProviderError, Unavailable
from enrich_cli.providers.lookup import Response
from tests.httpx_transport import HttpxTransport

SECRET = "s3cret-of-ada"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
LONG = 30.0  # never reached, whatever the machine
SHORT = 0.05

Step = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang(writer: asyncio.StreamWriter) -> None:
    await writer.wait_closed()


@dataclass
class Vendor:
    """A server that counts connections and whole requests, and answers the nth with the nth act, or the last one."""

    acts: Sequence[Sequence[Step]]
    greeting: bytes = b""
    url: str = ""
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    tasks: list[asyncio.Task[None] | None] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        self.tasks.append(asyncio.current_task())
        try:
            writer.write(self.greeting)
            while True:
                await self.answer(await whole_request(reader), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.requests.append(request)
        self.asked.set()
        for step in self.acts[min(len(self.requests), len(self.acts)) - 1]:
            if isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            else:
                await step(writer)


async def whole_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0]) if lengths else 0)


@asynccontextmanager
async def vendor(
    *acts: Sequence[Step], greeting: bytes = b"", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Vendor]:
    served = Vendor(acts, greeting)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    served.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        yield served
    finally:
        server.close()
        for writer in served.writers:
            writer.close()
        await asyncio.gather(*(task for task in served.tasks if task))


class NewYear(Clock):
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def nothing_left_open() -> Iterator[None]:
    """A last look for what was left open: after each test only the young objects are looked at, which is fast."""
    yield
    gc.collect()


@pytest.fixture
async def transport(caplog: pytest.LogCaptureFixture) -> AsyncIterator[Transport]:
    """The transport; afterwards nothing may be left open (a warning when collected) and nothing have been logged."""
    opened = open_transport(connections=5)
    yield opened
    await opened.aclose()
    gc.collect(1)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def ask(transport: Transport, url: str, method: str = "GET", within: float = LONG) -> Response:
    content = SECRET.encode() if method == "POST" else None
    request = Outgoing(method, f"{url}/v1/{SECRET}", {"X-Key": SECRET}, content)
    return await send(transport, request, timeout=within, clock=NewYear())


async def failure(transport: Transport, url: str, method: str = "GET", within: float = LONG) -> type[ProviderError]:
    """The class of the error; that it tells nothing of the request holds for each of them."""
    with pytest.raises(ProviderError) as raised:
        await ask(transport, url, method, within)
    error = raised.value
    told = repr((error, error.__cause__, error.__context__))
    assert SECRET not in told
    assert "127.0.0.1" not in told
    return type(error)


async def settle(seconds: float = 0) -> None:
    """Let the loop read what is there, or by then: a busy kernel may take a moment from one socket to another."""
    await asyncio.sleep(seconds)
    for _ in range(10):
        await asyncio.sleep(0)


async def test_an_answer_comes_whole_with_lower_case_headers_and_its_time(transport: Transport) -> None:
    async with vendor([b"HTTP/1.1 404 No\r\nContent-Length: 2\r\nX-Left: 7\r\n\r\nno"]) as served:
        answer = await ask(transport, served.url)
    assert answer == Response(404, b"no", {"content-length": "2", "x-left": "7"}, at=1_767_225_600.0)


async def test_a_header_in_another_charset_is_text_that_can_be_written_down(transport: Transport) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Latin: Z\xfcrich\r\nX-Unicode: Z\xc3\xbcrich\r\n\r\n"
    async with vendor([head + b"ok"]) as served:
        headers = (await ask(transport, served.url)).headers
    assert (headers["x-latin"], headers["x-unicode"]) == ("Z\N{REPLACEMENT CHARACTER}rich", "Zürich")


async def test_a_request_goes_out_byte_for_byte(transport: Transport) -> None:
    async with vendor([OK]) as served:
        request = Outgoing("POST", f"{served.url}/v1?q=%2C%20%2B+%41", {"X-Key": "K"}, '{"a":"é"}'.encode())
        await send(transport, request, timeout=LONG, clock=Clock())
    (seen,) = served.requests
    assert seen.startswith(b"POST /v1?q=%2C%20%2B+%41 HTTP/1.1\r\n")
    assert b"\r\nX-Key: K\r\n" in seen
    assert seen.endswith(b'\r\n\r\n{"a":"\xc3\xa9"}')


async def test_a_connection_is_used_again(transport: Transport) -> None:
    async with vendor([OK]) as served:
        for method in ("GET", "POST", "GET"):
            assert (await ask(transport, served.url, method)).body == b"ok"
    assert (served.connections, len(served.requests)) == (1, 3)


async def test_a_connection_closed_while_idle_is_replaced_before_anything_is_sent(
    transport: Transport,
) -> None:
    async with vendor([OK, close]) as served:
        for _ in range(2):
            assert (await ask(transport, served.url)).body == b"ok"
            await settle(SHORT)
    assert (served.connections, len(served.requests)) == (2, 2)


async def test_what_a_vendor_says_unasked_is_no_answer_to_the_next_request(transport: Transport) -> None:
    async with vendor([OK]) as served:
        await ask(transport, served.url)
        served.writers[0].write(b"HTTP/1.1 408 Timeout\r\nContent-Length: 5\r\n\r\nstale")
        await settle(SHORT)
        assert (await ask(transport, served.url)).body == b"ok"
    assert (served.connections, len(served.requests)) == (2, 2)


async def test_a_redirect_is_an_answer(transport: Transport) -> None:
    async with vendor([b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"]) as served:
        answer = await ask(transport, served.url)
    assert (answer.status, answer.headers["location"], len(served.requests)) == (302, "/elsewhere", 1)


async def test_no_cookie_goes_with_the_next_request(transport: Transport) -> None:
    """By name, as no cookie is ever kept for a bare address."""
    async with vendor([b"HTTP/1.1 200 OK\r\nSet-Cookie: who=ada\r\nContent-Length: 2\r\n\r\nok"]) as served:
        for _ in range(2):
            await ask(transport, served.url.replace("127.0.0.1", "localhost"))
    assert [b"cookie" in request.lower() for request in served.requests] == [False, False]


async def test_a_proxy_of_the_environment_is_not_used(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with vendor([OK]) as served:
        assert (await ask(transport, served.url)).body == b"ok"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_answer_is_unpacked(transport: Transport, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    async with vendor([packed(pack(b'{"name": "Ada"}'), encoding)]) as served:
        assert (await ask(transport, served.url)).json() == {"name": "Ada"}
    assert b"\r\nAccept-Encoding: gzip\r\n" in served.requests[0]


async def test_a_gzip_of_several_members_is_one_answer(transport: Transport) -> None:
    members = gzip.compress(b'{"name": ') + gzip.compress(b'"Ada"}')
    async with vendor([packed(members, "x-gzip")]) as served:
        assert (await ask(transport, served.url)).json() == {"name": "Ada"}


async def test_what_follows_a_packed_answer_is_no_part_of_it(transport: Transport) -> None:
    async with vendor([packed(gzip.compress(b"{}") + bytes(8))]) as served:
        assert (await ask(transport, served.url)).body == b"{}"


@pytest.mark.parametrize("body", [gzip.compress(b"hello")[:-9], b"no gzip at all"], ids=["cut off", "not gzip"])
async def test_an_answer_that_cannot_be_unpacked_is_bad(transport: Transport, body: bytes) -> None:
    async with vendor([packed(body)]) as served:
        assert await failure(transport, served.url) is BadAnswer


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found", "429 Too Many Requests"])
async def test_nor_is_it_known_by_its_status_where_the_body_may_say_what_it_means(
    transport: Transport, status: str
) -> None:
    """A miss may be charged, and a wrong path must not be taken for one."""
    async with vendor([packed(b"no gzip at all", status=status)]) as served:
        assert await failure(transport, served.url) is BadAnswer


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(bytes(2 * MAX_ANSWER_BYTES))], ids=["bad", "bomb"])
async def test_an_error_of_the_vendor_that_cannot_be_unpacked_is_known_by_its_status(
    transport: Transport, body: bytes
) -> None:
    async with vendor([packed(body, status="502 Bad Gateway")]) as served:
        answer = await ask(transport, served.url)
    assert (answer.status, answer.body) == (502, b"")


def packed(body: bytes, encoding: str = "gzip", status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def test_an_answer_may_be_as_large_as_the_limit(transport: Transport) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {MAX_ANSWER_BYTES}\r\n\r\n"
    async with vendor([head.encode(), bytes(MAX_ANSWER_BYTES)]) as served:
        assert len((await ask(transport, served.url)).body) == MAX_ANSWER_BYTES


@pytest.mark.parametrize("head", [f"Content-Length: {MAX_ANSWER_BYTES + 1}", "X-Length: unknown"])
async def test_an_answer_above_the_limit_is_bad(transport: Transport, head: str) -> None:
    async with vendor([f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode(), bytes(MAX_ANSWER_BYTES + 1), hang]) as served:
        assert await failure(transport, served.url) is BadAnswer
    assert len(served.requests) == 1


async def test_an_error_of_the_vendor_above_the_limit_is_known_by_its_status(transport: Transport) -> None:
    head = b"HTTP/1.1 503 Service Unavailable\r\nX-Length: unknown\r\n\r\n"
    async with vendor([head, bytes(MAX_ANSWER_BYTES + 1), hang]) as served:
        answer = await ask(transport, served.url)
    assert (answer.status, answer.body) == (503, b"")


async def test_a_small_answer_that_unpacks_to_a_huge_one_is_bad_and_takes_no_memory(
    transport: Transport,
) -> None:
    bomb = packed(gzip.compress(bytes(10 * MAX_ANSWER_BYTES), compresslevel=1))
    async with vendor([bomb]) as served:
        tracemalloc.start()
        assert await failure(transport, served.url) is BadAnswer
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 4 * MAX_ANSWER_BYTES


async def test_an_answer_that_drips_in_is_whole_in_the_end(transport: Transport) -> None:
    drops = [bytes([byte]) for byte in CHUNKED + b"0\r\n\r\n"]
    async with vendor([step for drop in drops for step in (drop, lambda _: asyncio.sleep(0))]) as served:
        assert (await ask(transport, served.url)).body == b"hello"


LOST: dict[str, list[Step]] = {
    "closed before the answer": [close],
    "reset before the answer": [reset],
    "closed within the headers": [b"HTTP/1.1 200 OK\r\nContent-", close],
    "closed within the body": [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", close],
    "closed between chunks": [CHUNKED, close],
    "reset within the body": [CHUNKED, reset],
    "garbage for HTTP": [b"SSH-2.0-OpenSSH_9.2\r\n", hang],
    "garbage for a chunk": [CHUNKED, b"garbage\r\n", hang],
}


async def test_a_request_may_ask_for_a_connection_that_nothing_was_sent_on(transport: Transport) -> None:
    async with vendor([OK]) as there:
        for anew in (False, False, True, False, True):
            outgoing = Outgoing("GET", there.url, {}, anew=anew)
            await send(transport, outgoing, timeout=LONG, clock=NewYear())
    assert (len(there.requests), there.connections) == (5, 3)


@pytest.mark.parametrize("before", [0, 1], ids=["new connection", "kept connection"])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
@pytest.mark.parametrize("act", LOST.values(), ids=LOST.keys())
async def test_an_answer_that_breaks_is_lost_and_its_request_is_never_sent_again(
    transport: Transport, act: list[Step], method: str, before: int
) -> None:
    async with vendor(*[[OK]] * before, act, [OK]) as served:
        for _ in range(before):
            await ask(transport, served.url, method)
        assert await failure(transport, served.url, method) is AnswerLost
    assert (served.connections, len(served.requests)) == (1, before + 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("act", [[hang], [CHUNKED, hang]], ids=["before the answer", "within the body"])
async def test_an_answer_that_does_not_come_in_time_is_lost(transport: Transport, act: list[Step], method: str) -> None:
    """On a kept connection, where a request leaves at once, however slow the machine."""
    async with vendor([OK], act) as served:
        await ask(transport, served.url)
        assert await failure(transport, served.url, method, SHORT) is AnswerLost
    assert (served.connections, len(served.requests)) == (1, 2)


async def test_where_nobody_listens_nothing_was_sent(transport: Transport) -> None:
    async with vendor([OK]) as gone:
        pass
    assert await failure(transport, gone.url) is Unavailable


async def test_where_the_name_is_unknown_nothing_was_sent(transport: Transport) -> None:
    assert await failure(transport, "http://nowhere.invalid") is Unavailable


async def test_where_the_server_speaks_no_tls_nothing_was_sent(transport: Transport) -> None:
    async with vendor([OK], greeting=b"220 welcome\r\n") as served:
        assert await failure(transport, served.url.replace("http", "https")) is Unavailable
    assert served.requests == []


async def test_where_tls_takes_too_long_nothing_was_sent(transport: Transport) -> None:
    async with vendor([OK]) as served:
        assert await failure(transport, served.url.replace("http", "https"), within=SHORT) is Unavailable
    assert served.requests == []


async def test_a_certificate_that_nobody_vouches_for_gets_nothing(transport: Transport, certificate: Path) -> None:
    async with vendor([OK], tls=speaking(certificate)) as served:
        assert await failure(transport, served.url) is Unavailable
    assert served.requests == []


async def test_authorities_can_be_named_in_the_environment(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with vendor([OK], tls=speaking(certificate)) as served, open_transport(connections=1) as transport:
        assert (await ask(transport, served.url)).body == b"ok"


def speaking(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_who_waits_for_a_connection_until_time_is_up_has_sent_nothing() -> None:
    async with (
        vendor([hang]) as served,
        open_transport(connections=1) as transport,
        asyncio.TaskGroup() as others,
    ):
        holder = others.create_task(ask(transport, served.url))
        await served.asked.wait()
        assert await failure(transport, served.url, within=SHORT) is Unavailable
        holder.cancel()
    assert len(served.requests) == 1


async def test_a_request_leaves_when_its_connection_is_there() -> None:
    left: list[int] = []
    async with vendor([OK], [OK]) as served, open_transport(connections=1) as transport:
        request = Outgoing("GET", served.url, {})
        for _ in range(2):
            await send(
                transport, request, timeout=LONG, clock=Clock(), on_leaving=lambda: left.append(len(served.requests))
            )
    assert left == [0, 1]


async def test_a_request_for_which_no_connection_can_be_made_does_not_leave(transport: Transport) -> None:
    left: list[str] = []
    async with vendor([OK]) as gone:
        pass
    request = Outgoing("GET", gone.url, {})
    with pytest.raises(Unavailable):
        await send(transport, request, timeout=LONG, clock=Clock(), on_leaving=lambda: left.append("left"))
    assert left == []


async def test_a_request_that_can_not_be_written_was_not_sent(transport: Transport) -> None:
    async with vendor([OK]) as served:
        request = Outgoing("GET", served.url, {"X-Key": "two\r\nlines"})
        with pytest.raises(Unavailable):
            await send(transport, request, timeout=LONG, clock=Clock())
    assert served.requests == []


async def test_cancelling_passes_through_and_frees_the_connection() -> None:
    async with vendor([hang], [OK]) as served, open_transport(connections=1) as transport:
        asking = asyncio.create_task(ask(transport, served.url))
        await served.asked.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await ask(transport, served.url)).body == b"ok"
    assert (served.connections, len(served.requests)) == (2, 2)


AIOHTTP_ERRORS = {
    name: error
    for name, error in sorted({**vars(client_exceptions), **vars(aiohttp)}.items())
    if isinstance(error, type) and issubclass(error, aiohttp.ClientError)
}
OTHER_ERRORS = {error.__name__: error for error in (AssertionError, OSError, RuntimeError, TimeoutError, ValueError)}


@pytest.mark.parametrize("error", (AIOHTTP_ERRORS | OTHER_ERRORS).values(), ids=(AIOHTTP_ERRORS | OTHER_ERRORS).keys())
@pytest.mark.parametrize(
    ("step", "meaning", "seen"),
    [((aiohttp.BaseConnector, "connect"), Unavailable, 0), ((aiohttp.ClientResponse, "start"), AnswerLost, 1)],
    ids=["while connecting", "while waiting for the answer"],
)
async def test_every_error_of_aiohttp_is_named_by_when_it_comes(
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    step: tuple[type, str],
    meaning: type[ProviderError],
    seen: int,
) -> None:
    async def fail(*_: object) -> None:
        raise error.__new__(error)

    monkeypatch.setattr(*step, lambda *_, **__: fail())
    async with vendor([hang]) as served:
        assert await failure(transport, served.url) is meaning
        if seen:
            await served.asked.wait()
        await settle()
    assert len(served.requests) == seen


HTTPX_ERRORS: dict[type[Exception], type[ProviderError]] = {
    httpx.ConnectError: Unavailable,
    httpx.ConnectTimeout: Unavailable,
    httpx.PoolTimeout: Unavailable,
    httpx.ProxyError: Unavailable,
    httpx.UnsupportedProtocol: Unavailable,
    httpx.CloseError: AnswerLost,
    httpx.LocalProtocolError: AnswerLost,
    httpx.NetworkError: AnswerLost,
    httpx.ProtocolError: AnswerLost,
    httpx.ReadError: AnswerLost,
    httpx.ReadTimeout: AnswerLost,
    httpx.RemoteProtocolError: AnswerLost,
    httpx.TimeoutException: AnswerLost,
    httpx.TransportError: AnswerLost,
    httpx.WriteError: AnswerLost,
    httpx.WriteTimeout: AnswerLost,
}


def test_every_transport_error_of_httpx_has_a_meaning() -> None:
    errors = {error for error in vars(httpx).values() if isinstance(error, type)}
    assert {error for error in errors if issubclass(error, httpx.TransportError)} == set(HTTPX_ERRORS)


@pytest.mark.parametrize(("error", "meaning"), HTTPX_ERRORS.items())
async def test_another_transport_is_judged_by_its_errors(error: type[Exception], meaning: type[ProviderError]) -> None:
    router = respx.MockRouter(using=None)
    router.route().mock(side_effect=error(f"at http://127.0.0.1/{SECRET}"))
    assert await failure(HttpxTransport(httpx.MockTransport(router.async_handler)), "http://vendor.test") is meaning


async def test_another_transport_that_never_answers_is_in_doubt() -> None:
    async def silent(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    assert await failure(HttpxTransport(httpx.MockTransport(silent)), "http://vendor.test", within=SHORT) is AnswerLost


async def test_another_transport_may_answer() -> None:
    router = respx.MockRouter(using=None)
    route = router.post(f"http://vendor.test/v1/{SECRET}").respond(201, json={"a": 1}, headers={"X-Left": "7"})
    answer = await ask(HttpxTransport(httpx.MockTransport(router.async_handler)), "http://vendor.test", "POST")
    assert (answer.status, answer.json(), answer.headers["x-left"], route.call_count) == (201, {"a": 1}, "7", 1)
