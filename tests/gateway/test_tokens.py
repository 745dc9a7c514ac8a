"""CoreLogic's tokens on their way through the gateway: who fetches, who waits, and what it means for the money."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import anyio
import httpx
import orjson
import pytest

from enrich_cli.domain.outcomes import Failed, Found
from enrich_cli.gateway.exchange import exchange
from enrich_cli.gateway.transport import open_transport
from enrich_cli.providers.corelogic_auth import ClientCredentials
from enrich_cli.providers.errors import InvalidCredentials, ProviderError, RateLimited, Unavailable
from enrich_cli.providers.lookup import Request, Response
from tests.gateway.conftest import HandClock, World, all_wait
from tests.httpx_transport import HttpxTransport

FIND = Request(method="GET", path="/v2/properties/search", params={"city": "Springfield"})
EXPIRED = {"fault": {"faultstring": "Access Token expired", "detail": {"errorcode": "oauth.v2.AccessTokenExpired"}}}
NOT_SOLD = {"fault": {"detail": {"errorcode": "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound"}}}


def token(name: str, expires_in: object = 3599) -> httpx.Response:
    return httpx.Response(200, json={"access_token": name, "token_type": "BearerToken", "expires_in": expires_in})


@dataclass
class Vendor:
    """Gives the tokens that it is told to, and finds something for those that are good."""

    world: World
    tokens: list[httpx.Response | Exception] = field(default_factory=list)
    refuses: dict[str, object] = field(default_factory=dict)
    """Token → the body with which it is refused."""
    fetches: list[httpx.Request] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    """The tokens that they bore."""
    gate: anyio.Event | None = None
    """While it is not set, tokens stay on the wire."""

    def __post_init__(self) -> None:
        self.auth = self.credentials()

    def credentials(self, token_url: str | None = None) -> ClientCredentials:
        self.auth = ClientCredentials("key", "s3cret", token_url, self.world.clock.monotonic)
        return self.auth

    async def ask(self, on_leaving: Callable[[], None] = lambda: None) -> Response:
        account = replace(self.world.account, auth=self.auth)
        transport = HttpxTransport(httpx.MockTransport(self.answer))
        return await exchange(transport, account, FIND, self.world.clock, on_leaving=on_leaving)

    async def ask_at_once(self, count: int) -> list[Response | ProviderError]:
        """What so many questions end with that all wait for the first fetch."""
        self.gate = anyio.Event()
        ends: list[Response | ProviderError] = []

        async def one() -> None:
            try:
                ends.append(await self.ask())
            except ProviderError as error:
                ends.append(error)

        async with anyio.create_task_group() as tasks:
            for _ in range(count):
                tasks.start_soon(one)
            await all_wait()
            assert len(self.fetches) == 1
            self.gate.set()
        return ends

    async def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.fetches.append(request)
            if self.gate:
                await self.gate.wait()
            given = self.tokens.pop(0)
            if isinstance(given, Exception):
                raise given
            return given
        bearer = request.headers["authorization"].removeprefix("Bearer ")
        self.questions.append(bearer)
        if bearer in self.refuses:
            return httpx.Response(401, json=self.refuses[bearer])
        return httpx.Response(200, json={"name": "Ada"})


@pytest.fixture
def vendor(world: World) -> Vendor:
    return Vendor(world)


async def test_a_token_is_asked_for_with_key_and_secret_and_an_empty_body(vendor: Vendor) -> None:
    vendor.tokens = [token("t1")]
    await vendor.ask()
    (fetch,) = vendor.fetches
    assert str(fetch.url) == "https://vendor.test/oauth/token?grant_type=client_credentials"
    assert b64decode(fetch.headers["authorization"].removeprefix("Basic ")) == b"key:s3cret"
    assert (fetch.content, fetch.headers["content-length"]) == (b"", "0")
    assert vendor.questions == ["t1"]


async def test_the_token_may_come_from_another_address(vendor: Vendor) -> None:
    vendor.credentials("https://tokens.test/x/token")
    vendor.tokens = [token("t1")]
    await vendor.ask()
    assert str(vendor.fetches[0].url) == "https://tokens.test/x/token?grant_type=client_credentials"


@pytest.mark.parametrize(
    ("expires_in", "good_for"), [(3599, 3539), ("3599", 3539), (120.0, 60), (None, 3539), ("soon", 3539), (0, 3539)]
)
async def test_a_token_is_renewed_a_minute_before_its_end(
    vendor: Vendor, clock: HandClock, expires_in: object, good_for: float
) -> None:
    vendor.tokens = [token("t1", expires_in), token("t2")]
    await vendor.ask()
    vendor.world.clock.time += good_for - 1
    await vendor.ask()
    vendor.world.clock.time += 1
    await vendor.ask()
    assert vendor.questions == ["t1", "t1", "t2"]


async def test_all_wait_for_one_fetch(vendor: Vendor) -> None:
    vendor.tokens = [token("t1")]
    assert all(isinstance(end, Response) for end in await vendor.ask_at_once(20))
    assert (len(vendor.fetches), vendor.questions) == (1, ["t1"] * 20)


async def test_tokens_of_a_minute_serve_one_question_each(vendor: Vendor) -> None:
    vendor.tokens = [token(f"t{number}", 60) for number in range(6)]
    assert all(isinstance(end, Response) for end in await vendor.ask_at_once(6))
    assert len(vendor.fetches) == 6


async def test_a_dead_token_is_replaced_once_for_all_who_bore_it(vendor: Vendor) -> None:
    vendor.refuses = {"t1": EXPIRED}
    vendor.tokens = [token("t1"), token("t2")]
    ends = await vendor.ask_at_once(20)
    assert {end.status for end in ends if isinstance(end, Response)} == {200}
    assert len(vendor.fetches) == 2
    assert (vendor.questions.count("t1"), vendor.questions.count("t2")) == (20, 20)


async def test_a_question_leaves_after_its_token_has_come_and_once_more_with_a_new_one(vendor: Vendor) -> None:
    vendor.refuses = {"t1": EXPIRED}
    vendor.tokens = [token("t1"), token("t2")]
    left: list[tuple[int, int]] = []
    await vendor.ask(lambda: left.append((len(vendor.fetches), len(vendor.questions))))
    assert left == [(1, 0), (2, 1)]


async def test_a_new_token_that_is_refused_too_is_the_end(vendor: Vendor) -> None:
    vendor.refuses = {"t1": EXPIRED, "t2": EXPIRED}
    vendor.tokens = [token("t1"), token("t2")]
    assert (await vendor.ask()).status == 401
    assert vendor.questions == ["t1", "t2"]


@pytest.mark.parametrize("refusal", [NOT_SOLD, {"message": "You do not have proper entitlements to this"}])
async def test_a_product_that_is_not_sold_is_no_reason_for_a_new_token(vendor: Vendor, refusal: object) -> None:
    vendor.refuses = {"t1": refusal}
    vendor.tokens = [token("t1")]
    for _ in range(2):
        assert (await vendor.ask()).status == 401
    assert (len(vendor.fetches), vendor.questions) == (1, ["t1", "t1"])


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize("body", [b'{"fault": {"faultstring": "s3cret"}}', b'{"error": "invalid_client"}', b"<html>"])
async def test_a_key_or_secret_that_is_wrong_is_said_once_to_all_who_wait(
    vendor: Vendor, status: int, body: bytes
) -> None:
    vendor.tokens = [httpx.Response(status, content=body)]
    ends = await vendor.ask_at_once(5)
    assert [type(end) for end in ends] == [InvalidCredentials] * 5
    assert (len(vendor.fetches), vendor.questions) == (1, [])
    assert "s3cret" not in repr(ends)


async def test_a_vendor_that_wants_a_pause_is_left_alone_by_all_who_wait(vendor: Vendor) -> None:
    vendor.tokens = [httpx.Response(429, headers={"Retry-After": "7"})]
    ends = await vendor.ask_at_once(5)
    assert [end.retry_after for end in ends if isinstance(end, RateLimited)] == [7.0] * 5


NO_TOKEN = [
    httpx.Response(503),
    httpx.Response(404, content=b"<html>"),
    httpx.Response(200, content=b"<html>"),
    httpx.Response(200, json=[]),
    httpx.Response(200, json={"access_token": None}),
    token("clé"),
    token("to\r\nken"),
    httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")),
    httpx.ReadTimeout("lost"),
    httpx.ConnectError("refused"),
]


@pytest.mark.parametrize("failure", NO_TOKEN, ids=repr)
async def test_without_a_token_no_question_leaves(vendor: Vendor, failure: httpx.Response | Exception) -> None:
    vendor.tokens = [failure]
    with pytest.raises(Unavailable):
        await vendor.ask()
    assert vendor.questions == []


async def test_one_failed_fetch_fails_nobody_else(vendor: Vendor) -> None:
    vendor.tokens = [httpx.ReadTimeout("lost"), httpx.Response(503), token("t1")]
    ends = await vendor.ask_at_once(10)
    assert [type(end) for end in ends].count(Unavailable) == 2
    assert vendor.questions == ["t1"] * 8


async def test_after_three_failed_fetches_those_who_waited_give_up(vendor: Vendor) -> None:
    vendor.tokens = [httpx.ReadTimeout("lost"), httpx.Response(503), httpx.ConnectError("refused"), token("t1")]
    assert [type(end) for end in await vendor.ask_at_once(10)] == [Unavailable] * 10
    assert len(vendor.fetches) == 3
    assert (await vendor.ask()).status == 200


async def test_who_is_cut_short_while_fetching_lets_the_next_one_fetch(vendor: Vendor) -> None:
    vendor.gate = anyio.Event()
    vendor.tokens = [token("t1")]
    async with anyio.create_task_group() as tasks:
        with anyio.CancelScope() as cut_short:
            tasks.start_soon(_cancel_when_all_wait, cut_short)
            await vendor.ask()
        vendor.gate.set()
        assert (await vendor.ask()).status == 200
    assert len(vendor.fetches) == 2


async def _cancel_when_all_wait(scope: anyio.CancelScope) -> None:
    await all_wait()
    scope.cancel()


async def test_the_answer_to_a_repeated_question_may_be_lost_and_is_in_doubt(world: World) -> None:
    world.account.auth = ClientCredentials("key", "s3cret", now=world.clock.monotonic)
    lost = httpx.ReadTimeout("lost")
    assert isinstance(await world.look_up(token("t1"), (401, EXPIRED), token("t2"), lost, lost), Failed)
    assert (str(world.journal.cost), str(world.journal.in_doubt)) == ("0.00", "0.20")


async def test_a_question_that_is_repeated_with_a_new_token_is_booked_once(world: World) -> None:
    world.account.auth = ClientCredentials("key", "s3cret", now=world.clock.monotonic)
    found = await world.look_up(token("t1"), (401, EXPIRED), token("t2"), (200, {"name": "Ada"}))
    assert isinstance(found, Found)
    assert (len(world.sent), len(world.journal.questions), str(world.journal.cost)) == (4, 1, "0.10")
    assert str(world.journal.in_doubt) == "0.00"


async def test_a_refused_key_closes_the_vendor_and_costs_nothing(world: World) -> None:
    world.account.auth = ClientCredentials("key", "s3cret", now=world.clock.monotonic)
    assert isinstance(await world.look_up((401, {})), Failed)
    assert world.account.key_refused
    assert world.closed == ["key and secret were refused (status 401)"]
    assert (str(world.journal.cost), str(world.journal.in_doubt)) == ("0.00", "0.00")


async def test_a_token_that_did_not_come_is_tried_for_again_and_costs_nothing(world: World) -> None:
    world.account.auth = ClientCredentials("key", "s3cret", now=world.clock.monotonic)
    lost = httpx.ReadTimeout("lost")
    assert isinstance(await world.look_up(lost, (503, {}), token("t1"), (200, {"name": "Ada"})), Found)
    assert (str(world.journal.cost), str(world.journal.in_doubt)) == ("0.10", "0.00")


@dataclass
class Server:
    """The same vendor on a real socket, with one token that is dead and one that is good."""

    requests: list[bytes] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await self._head(reader):
            self.requests.append(head)
            fetches = sum(one.startswith(b"POST") for one in self.requests)
            if head.startswith(b"POST"):
                status, body = b"200 OK", orjson.dumps({"access_token": f"t{fetches}", "expires_in": "3599"})
            elif b"Bearer t1" in head:
                status, body = b"401 Unauthorized", orjson.dumps(EXPIRED)
            else:
                status, body = b"200 OK", b'{"name": "Ada"}'
            writer.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))
        writer.close()

    async def _head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    served = Server()
    listener = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    host, port = listener.sockets[0].getsockname()
    served.url = f"http://{host}:{port}"
    yield served
    listener.close()


async def test_over_a_real_wire_many_share_one_fetch_and_one_renewal(world: World, server: Server) -> None:
    account = replace(world.account, base_url=server.url, auth=ClientCredentials("key", "s3cret"))
    async with open_transport(connections=8) as transport:
        answers = await asyncio.gather(*(exchange(transport, account, FIND, world.clock) for _ in range(8)))
    assert [answer.status for answer in answers] == [200] * 8
    fetches = [request for request in server.requests if request.startswith(b"POST")]
    assert len(fetches) == 2
    line, *headers = fetches[0].decode().lower().split("\r\n")
    assert line == "post /oauth/token?grant_type=client_credentials http/1.1"
    assert headers.count("content-length: 0") == 1
    assert headers.count("content-type: application/x-www-form-urlencoded") == 1
    assert "content-type: application/octet-stream" not in headers
    assert sum(header.startswith("authorization: basic") for header in headers) == 1
    assert sum(header.startswith("host:") for header in headers) == 1
    assert sum(b"Bearer t1" in request for request in server.requests) <= 8
    assert sum(b"Bearer t2" in request for request in server.requests) == 8
