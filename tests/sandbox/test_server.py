from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from contextlib import suppress

import httpx
import pytest

from enrich_cli.sandbox.catalog import NAMES
from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

KEY = {"Authorization": "Bearer any-key"}


async def clearbit(client: httpx.AsyncClient, sandbox: Sandbox, email: str) -> httpx.Response:
    url = f"{sandbox.base_urls['clearbit']}/v2/people/find"
    return await client.get(url, params={"email": email}, headers=KEY)


async def bodies(client: httpx.AsyncClient, seed: int, numbers: list[int]) -> dict[int, tuple[int, bytes]]:
    async with serving(seed=seed) as sandbox:
        asked = [clearbit(client, sandbox, f"ada.sample{number}@example.com") for number in numbers]
        answers = await asyncio.gather(*asked)
    return {number: (answer.status_code, answer.content) for number, answer in zip(numbers, answers, strict=True)}


def free_ports(count: int) -> int:
    """A port with free ones after it, below those that systems hand out, and wherever no other test looks."""
    while True:
        first = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError):
            for place in range(count):
                with socket.create_server(("127.0.0.1", first + place)):
                    pass
            return first


async def test_every_vendor_has_a_port_of_its_own_on_loopback(sandbox: Sandbox) -> None:
    assert tuple(sandbox.base_urls) == NAMES
    assert len(set(sandbox.base_urls.values())) == len(NAMES)
    assert all(url.startswith("http://127.0.0.1:") for url in sandbox.base_urls.values())


async def test_a_given_port_is_the_first_of_a_row() -> None:
    port = free_ports(len(NAMES))
    async with serving(port=port) as sandbox:
        assert list(sandbox.base_urls.values()) == [f"http://127.0.0.1:{port + place}" for place in range(len(NAMES))]


async def test_a_port_in_use_is_an_error_that_gives_back_the_ports_before_it() -> None:
    port = free_ports(len(NAMES))
    with socket.create_server(("127.0.0.1", port + 1)), pytest.raises(OSError, match="in use"):
        async with serving(port=port):
            pass
    with socket.create_server(("127.0.0.1", port)) as server:
        assert server.getsockname()[1] == port


async def test_answers_depend_on_seed_and_question_and_not_on_order_or_concurrency(client: httpx.AsyncClient) -> None:
    numbers = list(range(40))
    first = await bodies(client, 1, numbers)
    assert await bodies(client, 1, numbers[::-1]) == first
    assert await bodies(client, 2, numbers) != first


async def test_the_bill_stands_on_every_port_and_counts_lookups_alone(
    sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    for mark in ("hit", "hit", "miss"):
        await clearbit(client, sandbox, f"ada+{mark}@example.com")
    bills = [(await client.get(f"{url}/_bill")).json() for url in sandbox.base_urls.values()]
    entry = {"requests": 3, "questions": 2, "hits": 2, "misses": 1, "units": "3", "usd": "0.30"}
    assert bills[0]["vendors"]["clearbit"] == entry
    assert bills[0]["usd"] == "0.30"
    assert bills == [sandbox.bill().as_json()] * len(NAMES)


async def test_requests_are_counted_by_status(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    for email in ("ada+hit@example.com", "ada+miss@example.com", "info@example.com"):
        await clearbit(client, sandbox, email)
    seen = (await client.get(f"{sandbox.base_urls['hunter']}/_requests")).json()
    assert seen == {**{name: {} for name in NAMES}, "clearbit": {"200": 1, "404": 1, "422": 1}}


async def test_a_reset_forgets_bill_and_questions(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    await clearbit(client, sandbox, "ada+queued@example.com")
    assert (await client.post(f"{sandbox.base_urls['hunter']}/_reset")).status_code == 204
    assert not sandbox.bill().usd
    assert (await clearbit(client, sandbox, "ada+queued@example.com")).status_code == 202


async def test_own_paths_that_are_not_there_are_named(sandbox: Sandbox, client: httpx.AsyncClient) -> None:
    response = await client.get(f"{sandbox.base_urls['hunter']}/_bills")
    assert (response.status_code, "/_bill" in response.text) == (404, True)


async def test_a_retry_can_succeed_where_only_a_share_is_hit(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("clearbit", "503", 0.5)]) as sandbox:
        statuses = {(await clearbit(client, sandbox, "ada+hit@example.com")).status_code for _ in range(20)}
    assert statuses == {200, 503}


async def test_a_charge_is_made_before_the_answer_leaves(client: httpx.AsyncClient) -> None:
    async with serving(latency=60) as sandbox:
        lookup = asyncio.create_task(clearbit(client, sandbox, "ada+hit@example.com"))
        while (await client.get(f"{sandbox.base_urls['hunter']}/_bill")).json()["usd"] != "0.10":
            pass
        assert not lookup.done()
    with pytest.raises(httpx.TransportError):
        await lookup


async def test_leaving_with_requests_under_way_logs_nothing(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="aiohttp")
    caplog.set_level(logging.WARNING, logger="asyncio")
    async with serving(faults=[Fault("clearbit", "timeout"), Fault("hunter", "reset")]) as sandbox:
        lookups = [asyncio.create_task(clearbit(client, sandbox, f"a{number}@example.com")) for number in range(3)]
        with pytest.raises(httpx.TransportError):
            await client.get(f"{sandbox.base_urls['hunter']}/v2/account")
        while (await client.get(f"{sandbox.base_urls['hunter']}/_requests")).json()["clearbit"] != {"timeout": 3}:
            pass
    assert all(isinstance(end, httpx.TransportError) for end in await asyncio.gather(*lookups, return_exceptions=True))
    assert [record for record in caplog.records if record.name.startswith(("aiohttp", "asyncio"))] == []
