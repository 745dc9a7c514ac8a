"""How each kind of fault looks from the other end of a real socket."""

from __future__ import annotations

import asyncio
import time
import zlib
from email.utils import parsedate_to_datetime

import httpx
import pytest

from enrich_cli.sandbox.delivery import BOMB_BYTES, DEPTH, HUGE_BYTES
from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

PATHS = {"clearbit": "/v2/people/find", "fullcontact": "/v3/person.enrich", "hunter": "/v2/people/find"}


async def ask(client: httpx.AsyncClient, sandbox: Sandbox, vendor: str) -> httpx.Response:
    headers, email = {"Authorization": "Bearer any-key"}, {"email": "ada+hit@example.com"}
    url = f"{sandbox.base_urls[vendor]}{PATHS[vendor]}"
    if vendor == "fullcontact":
        return await client.post(url, json=email, headers=headers)
    return await client.get(url, params=email, headers=headers)


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("401", (401, 401, 401)),
        ("402", (402, 402, 402)),
        ("403", (403, 403, 403)),
        ("404path", (404, 404, 404)),
        ("429", (429, 429, 403)),
        ("credit", (402, 403, 429)),
        ("500", (500, 500, 500)),
        ("502", (502, 502, 502)),
        ("503", (503, 503, 503)),
        ("redirect", (302, 302, 302)),
        ("retry-after-30", (429, 429, 403)),
        ("retry-date-30", (429, 429, 403)),
    ],
)
async def test_a_refusal_is_said_in_each_vendors_language_and_is_free(
    client: httpx.AsyncClient, kind: str, statuses: tuple[int, ...]
) -> None:
    async with serving(faults=[Fault("*", kind)]) as sandbox:
        assert tuple([(await ask(client, sandbox, vendor)).status_code for vendor in PATHS]) == statuses
        assert not sandbox.bill().usd
        assert {vendor: sandbox.requests()[vendor] for vendor in PATHS} == {vendor: {kind: 1} for vendor in PATHS}


async def test_a_refusal_carries_the_vendors_own_body_and_hint(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("*", "503")]) as sandbox:
        clearbit, fullcontact, hunter = [await ask(client, sandbox, vendor) for vendor in PATHS]
    assert clearbit.json()["error"]["type"] == "api_error"
    assert (fullcontact.json()["status"], fullcontact.headers["Retry-After"]) == (503, "1")
    assert hunter.json()["errors"][0]["code"] == 503


async def test_the_time_to_wait_for_is_said_in_seconds_or_as_a_date(client: httpx.AsyncClient) -> None:
    before = time.time()
    async with serving(faults=[Fault("clearbit", "retry-after-30"), Fault("hunter", "retry-date-30")]) as sandbox:
        seconds, date = [await ask(client, sandbox, vendor) for vendor in ("clearbit", "hunter")]
    assert seconds.headers["Retry-After"] == "30"
    assert before + 30 <= parsedate_to_datetime(date.headers["Retry-After"]).timestamp() <= time.time() + 31


async def test_a_redirect_leads_to_a_host_that_there_is_not(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("hunter", "redirect")]) as sandbox:
        response = await ask(client, sandbox, "hunter")
    assert httpx.URL(response.headers["Location"]).host.endswith(".invalid")


async def test_a_count_hits_the_first_requests_and_no_later_one(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("hunter", "503", count=2)]) as sandbox:
        assert [(await ask(client, sandbox, "hunter")).status_code for _ in range(4)] == [503, 503, 200, 200]


async def test_fullcontact_says_an_empty_account_by_its_usage(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("fullcontact", "credit")]) as sandbox:
        assert "Usage limit" in (await ask(client, sandbox, "fullcontact")).json()["message"]


@pytest.mark.parametrize(
    ("kind", "error", "text"),
    [
        ("close", httpx.RemoteProtocolError, "without sending a response"),
        ("reset", httpx.ReadError, None),
        ("truncated", httpx.RemoteProtocolError, "without sending complete message body"),
    ],
)
async def test_a_broken_connection_loses_an_answer_that_was_charged(
    client: httpx.AsyncClient, kind: str, error: type[Exception], text: str | None
) -> None:
    async with serving(faults=[Fault("*", kind)]) as sandbox:
        for vendor in PATHS:
            with pytest.raises(error, match=text):
                await ask(client, sandbox, vendor)
        assert [str(sandbox.bill().vendors[vendor].usd) for vendor in PATHS] == ["0.10", "0.05", "0.0049"]


async def test_a_hanging_answer_never_comes_is_charged_and_does_not_hold_up_the_end(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("clearbit", "timeout")]) as sandbox:
        lookup = asyncio.create_task(ask(client, sandbox, "clearbit"))
        while (await client.get(f"{sandbox.base_urls['hunter']}/_bill")).json()["usd"] != "0.10":
            pass
        assert not (await asyncio.wait([lookup], timeout=0.3))[0]
    with pytest.raises(httpx.TransportError):
        await lookup


@pytest.mark.parametrize("kind", ["slow", "slow-1"])
async def test_a_slow_answer_comes_in_the_end(client: httpx.AsyncClient, kind: str) -> None:
    async with serving(faults=[Fault("hunter", kind)]) as sandbox:
        lookup = asyncio.create_task(ask(client, sandbox, "hunter"))
        assert not (await asyncio.wait([lookup], timeout=0.3))[0]
        assert (await lookup).status_code == 200


async def test_a_page_of_html_comes_with_status_200(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("hunter", "html")]) as sandbox:
        response = await ask(client, sandbox, "hunter")
    assert (response.status_code, response.content[:15]) == (200, b"<!doctype html>")


async def test_a_wrong_shape_is_json_all_the_same(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("hunter", "shape")]) as sandbox:
        response = await ask(client, sandbox, "hunter")
    assert (response.status_code, isinstance(response.json(), list)) == (200, True)


async def test_a_huge_body_is_a_json_text_of_200_mib(client: httpx.AsyncClient) -> None:
    url = "/v2/people/find?email=ada%2Bhit@example.com"
    async with (
        serving(faults=[Fault("hunter", "huge")]) as sandbox,
        client.stream("GET", f"{sandbox.base_urls['hunter']}{url}", headers={"X-API-KEY": "any-key"}) as response,
    ):
        parts = response.aiter_raw()
        first = await anext(parts)
        size, last = len(first), first
        async for part in parts:
            size, last = size + len(part), part
    assert (first[:13], last[-2:], size) == (b'{"padding": "', b'"}', HUGE_BYTES + 15)


async def test_an_answer_of_other_types_keeps_its_structure_and_no_leaf(client: httpx.AsyncClient) -> None:
    async with serving() as honest, serving(faults=[Fault("hunter", "types")]) as spoilt:
        told = (await ask(client, honest, "hunter")).json()
        answer = await ask(client, spoilt, "hunter")
    mangled = answer.json()
    assert (answer.status_code, mangled.keys(), mangled["data"].keys()) == (200, told.keys(), told["data"].keys())
    assert isinstance(told["data"]["email"], str)
    assert isinstance(mangled["data"]["email"], dict)


async def test_deep_json_is_nested_deeper_than_a_stack(client: httpx.AsyncClient) -> None:
    async with serving(faults=[Fault("hunter", "deep")]) as sandbox:
        body = (await ask(client, sandbox, "hunter")).content
    assert (body.strip(b"[]"), body.count(b"["), body.count(b"]")) == (b"", DEPTH, DEPTH)


async def test_a_bomb_is_small_on_the_wire_and_unpacks_to_a_json_text_of_256_mib(client: httpx.AsyncClient) -> None:
    url, headers = "/v2/people/find?email=ada%2Bhit@example.com", {"X-API-KEY": "any-key"}
    async with serving(faults=[Fault("hunter", "bomb")]) as sandbox:
        async with client.stream("GET", f"{sandbox.base_urls['hunter']}{url}", headers=headers) as response:
            packed = b"".join([chunk async for chunk in response.aiter_raw()])
        assert sandbox.bill().vendors["hunter"].hits == 1
    assert (response.headers["Content-Encoding"], len(packed) < 1 << 20) == ("gzip", True)
    unpacker, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), 0
    while chunk := unpacker.decompress(packed, 1 << 20):
        size, packed = size + len(chunk), unpacker.unconsumed_tail
    assert (unpacker.eof, size) == (True, BOMB_BYTES + 2)
