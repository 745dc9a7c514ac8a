"""Accounts asked how they stand: each request leaves once, all at the same time, and no key is told."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import anyio
import httpx
import msgspec
import msgspec.structs
import pytest

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.probing import NOT_CHECKABLE, Standing, State, probe_all
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.providers.corelogic import CoreLogic
from enrich_cli.providers.errors import BadAnswer
from enrich_cli.providers.lookup import Probe, Request
from tests.gateway.conftest import Vendor
from tests.httpx_transport import HttpxTransport

if TYPE_CHECKING:
    from tests.gateway.conftest import Said, World

GET = Request(method="GET", path="/account")


class Telling(Vendor):
    """Tells its account on one page, or else on another."""

    def probe(self) -> Probe:
        try:
            response = yield GET
        except BadAnswer:
            response = yield msgspec.structs.replace(GET, path="/other")
        return f"{response.json()['left']} left"


@dataclass
class Asker:
    world: World

    async def ask(self, *says: Said, provider: Vendor | None = None) -> Standing:
        """How one account stands, the vendor saying this."""
        self.world.says.extend(says)
        account = replace(self.world.account, provider=provider or Telling())
        return (await self._all([account]))["vendor"]

    async def _all(self, accounts: list[Account]) -> dict[str, Standing]:
        return await probe_all(accounts, self.world.gateway.transport, self.world.clock)


@pytest.fixture
def asker(world: World) -> Asker:
    return Asker(world)


async def test_what_a_vendor_tells_is_said_of_an_accepted_key(asker: Asker) -> None:
    assert await asker.ask((200, {"left": 7})) == Standing(State.ACCEPTED, "7 left")
    (sent,) = asker.world.sent
    assert (sent.url.path, sent.headers["authorization"]) == ("/account", "Bearer k3y")


async def test_a_probe_may_need_a_second_request(asker: Asker) -> None:
    assert (await asker.ask((405, b""), (200, {"left": 7}))).words == "7 left"
    assert [sent.url.path for sent in asker.world.sent] == ["/account", "/other"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((401, {"key": "k3y"}), State.REFUSED),
        ((403, {"key": "k3y"}), State.REFUSED),
        ((402, {"key": "k3y"}), State.OUT_OF_CREDIT),
        ((429, {"key": "k3y"}, {"Retry-After": "1"}), State.NO_ANSWER),
        ((400, {"key": "k3y"}), State.NO_ANSWER),
        ((503, b"k3y"), State.NO_ANSWER),
        ((200, b"k3y"), State.NO_ANSWER),
        (httpx.ConnectError("k3y"), State.NO_ANSWER),
        (httpx.ReadTimeout("k3y"), State.NO_ANSWER),
    ],
)
async def test_what_goes_wrong_is_named_and_asked_only_once(asker: Asker, said: Said, state: State) -> None:
    standing = await asker.ask(said)
    assert standing.state is state
    assert standing.words
    assert "k3y" not in standing.words
    assert len(asker.world.sent) == 1
    assert asker.world.clock.slept == []


async def test_a_vendor_that_can_not_be_asked_without_spending_is_not_asked(asker: Asker) -> None:
    assert await asker.ask(provider=Vendor()) == Standing(State.NOT_CHECKED, NOT_CHECKABLE)
    assert asker.world.sent == []


async def test_nothing_is_booked(asker: Asker) -> None:
    await asker.ask((200, {"left": 7}))
    assert asker.world.happened == ["sent"]
    assert asker.world.journal.settled == []


async def test_all_are_asked_at_the_same_time(world: World) -> None:
    """Each waits until every one of them is on the wire: asked in turn, they would wait for ever."""
    waiting, all_there = 0, anyio.Event()

    async def answer(_: httpx.Request) -> httpx.Response:
        nonlocal waiting
        waiting += 1
        if waiting == len(PROVIDERS):
            all_there.set()
        await all_there.wait()
        return httpx.Response(401)

    accounts = [replace(world.account, provider=provider, auth=provider.auth(*provider.keys)) for provider in PROVIDERS]
    with anyio.fail_after(10):
        standings = await probe_all(accounts, HttpxTransport(httpx.MockTransport(answer)), world.clock)
    assert standings.keys() == {provider.name for provider in PROVIDERS}
    assert State.ACCEPTED not in {standing.state for standing in standings.values()}


@pytest.mark.parametrize("token_url", [None, "https://tokens.test/custom"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (httpx.Response(200, json={"access_token": "t0ken", "expires_in": "3599"}), State.ACCEPTED),
        (httpx.Response(401, json={"ErrorCode": "invalid_client"}), State.REFUSED),
        (httpx.ReadTimeout("…"), State.NO_ANSWER),
    ],
)
async def test_corelogic_is_asked_for_a_token_and_nothing_else(
    world: World, answer: httpx.Response | httpx.TransportError, state: State, token_url: str | None
) -> None:
    provider = CoreLogic(token_url=token_url)
    world.says.append(answer)
    account = replace(world.account, provider=provider, auth=provider.auth("key", "s3cret"))
    standing = (await probe_all([account], world.gateway.transport, world.clock))["corelogic"]
    (sent,) = world.sent
    assert str(sent.url) == f"{token_url or 'https://vendor.test/oauth/token'}?grant_type=client_credentials"
    assert sent.headers["authorization"] == f"Basic {b64encode(b'key:s3cret').decode()}"
    assert standing.state is state
    assert "t0ken" not in standing.words
