"""One question on the wire: host, key and tokens are added, and a failure says whether the question had left."""

from __future__ import annotations

import gzip
import logging
import traceback
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import httpx
import orjson
import pytest
import respx

from enrich_cli.gateway.exchange import exchange
from enrich_cli.providers.auth import Auth, QueryKey
from enrich_cli.providers.errors import AnswerLost, Unavailable
from enrich_cli.providers.lookup import Request, Response
from tests.httpx_transport import HttpxTransport

if TYPE_CHECKING:
    from tests.gateway.conftest import World

GET = Request(method="GET", path="/find", params={"email": "ada+1@example.com", "name": "Ada Søm & Co"})
APP_TOKEN = QueryKey("access_token", "123|s3cret")
PACKED = {"Content-Encoding": "gzip"}


class Tokens(httpx.Auth):
    """Gets a token first, and a new one once when it is refused."""

    requires_response_body = True

    def __init__(self) -> None:
        self.token = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if not self.token:
            yield from self._fetch()
        request.headers["Authorization"] = f"Bearer {self.token}"
        response = yield request
        if response.status_code == 401:
            yield from self._fetch()
            request.headers["Authorization"] = f"Bearer {self.token}"
            yield request

    def _fetch(self) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield httpx.Request("POST", "https://vendor.test/token")
        self.token = str(response.json()["token"])


@dataclass
class Wire:
    """A vendor of two paths."""

    world: World
    router: respx.MockRouter = field(default_factory=lambda: respx.MockRouter(using=None, assert_all_called=False))

    def __post_init__(self) -> None:
        self.find = self.router.route(path="/find")
        self.token = self.router.post("/token")
        self.find.return_value = httpx.Response(200, json={"name": "Ada"})

    async def ask(self, request: Request = GET, auth: Auth | None = None) -> Response:
        account = replace(self.world.account, auth=auth) if auth else self.world.account
        transport = HttpxTransport(httpx.MockTransport(self.router.async_handler))
        return await exchange(transport, account, request, self.world.clock)


@pytest.fixture
def wire(world: World) -> Wire:
    return Wire(world)


async def test_a_question_gets_host_and_key(wire: Wire) -> None:
    response = await wire.ask()
    sent = wire.find.calls.last.request
    assert (sent.method, sent.url.host, sent.url.path) == ("GET", "vendor.test", "/find")
    assert dict(sent.url.params) == {"email": "ada+1@example.com", "name": "Ada Søm & Co"}
    assert (sent.headers["authorization"], sent.headers["accept"]) == ("Bearer k3y", "application/json")
    assert (response.status, response.json()) == (200, {"name": "Ada"})
    assert response.at == wire.world.clock.now().timestamp()


async def test_a_key_may_stand_in_the_url_and_is_told_nowhere_else(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await wire.ask(auth=APP_TOKEN)
    sent = wire.find.calls.last.request
    assert dict(sent.url.params) == {**GET.params, "access_token": "123|s3cret"}
    wire.find.side_effect = httpx.ReadTimeout
    with pytest.raises(AnswerLost) as lost:
        await wire.ask(auth=APP_TOKEN)
    assert "s3cret" not in caplog.text
    assert "s3cret" not in "".join(traceback.format_exception(lost.value))


async def test_a_body_is_sent_as_json_and_a_vendor_s_own_headers_go_along(wire: Wire) -> None:
    await wire.ask(Request(method="POST", path="/find", json={"name": "Ada"}, headers={"X-Version": "3"}))
    sent = wire.find.calls.last.request
    assert (orjson.loads(sent.content), sent.headers["content-type"]) == ({"name": "Ada"}, "application/json")
    assert (sent.headers["x-version"], str(sent.url)) == ("3", "https://vendor.test/find")


async def test_a_token_is_fetched_first_and_kept(wire: Wire) -> None:
    auth = Tokens()
    wire.token.return_value = httpx.Response(200, json={"token": "t1"})
    for _ in range(2):
        await wire.ask(auth=auth)
    assert (wire.token.call_count, wire.find.calls.last.request.headers["authorization"]) == (1, "Bearer t1")


async def test_a_token_that_is_refused_is_fetched_anew_once(wire: Wire) -> None:
    wire.token.side_effect = [httpx.Response(200, json={"token": token}) for token in ("t1", "t2")]
    wire.find.side_effect = [httpx.Response(401), httpx.Response(401)]
    assert (await wire.ask(auth=Tokens())).status == 401
    assert (wire.token.call_count, wire.find.call_count) == (2, 2)


async def test_a_refusal_and_a_token_may_come_packed(wire: Wire) -> None:
    packed = [gzip.compress(orjson.dumps({"token": token})) for token in ("t1", "t2")]
    wire.token.side_effect = [httpx.Response(200, headers=PACKED, content=token) for token in packed]
    wire.find.side_effect = [
        httpx.Response(401, headers=PACKED, content=gzip.compress(b"{}")),
        httpx.Response(200, headers=PACKED, content=gzip.compress(b"[1]")),
    ]
    assert (await wire.ask(auth=Tokens())).json() == [1]


async def test_a_key_that_is_refused_in_a_packed_answer_is_an_answer(wire: Wire) -> None:
    wire.find.return_value = httpx.Response(401, headers=PACKED, content=gzip.compress(b"{}"))
    assert (await wire.ask()).status == 401


async def test_the_answer_to_a_question_that_had_left_is_lost(wire: Wire) -> None:
    wire.find.side_effect = httpx.ReadTimeout
    with pytest.raises(AnswerLost):
        await wire.ask()


@pytest.mark.parametrize("failure", [httpx.ReadTimeout, httpx.ConnectError])
async def test_without_a_token_the_question_never_left(wire: Wire, failure: type[httpx.TransportError]) -> None:
    wire.token.side_effect = failure
    with pytest.raises(Unavailable):
        await wire.ask(auth=Tokens())
    assert wire.find.call_count == 0
