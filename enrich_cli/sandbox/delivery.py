"""How a reply gets to the client, or fails to."""

from __future__ import annotations

import asyncio
import socket
import struct
import zlib
from contextlib import suppress
from dataclasses import replace
from functools import cache

import orjson
from aiohttp import web

from enrich_cli.sandbox.faults import seconds_of
from enrich_cli.sandbox.vendor import HTML, JSON, Reply

_SLOW_S = 2.0
HUGE_BYTES = 200 << 20
BOMB_BYTES = 256 << 20
DEPTH = 100_000
_PADDING = b"x" * (1 << 16)
_AT_ONCE = struct.pack("ii", 1, 0)
_INSTEAD = {
    "html": Reply(200, b"<!doctype html><html><title>Welcome</title><p>Please log in.</p></html>", HTML),
    "shape": Reply(200, b'[{"unexpected": "shape"}]', JSON),
    "deep": Reply(200, b"[" * DEPTH + b"]" * DEPTH, JSON),
}


async def deliver(request: web.BaseRequest, reply: Reply, fault: str | None, latency: float) -> web.StreamResponse:
    """Send a reply after `latency` seconds, spoilt according to the kind of fault."""
    if fault == "slow":
        latency += _SLOW_S + 10 * latency
    latency += seconds_of(fault) or 0
    if latency:
        await asyncio.sleep(latency)
    match fault:
        case "close":
            return _closed(request)
        case "reset":
            return _reset(request)
        case "truncated":
            return await _truncated(request, reply)
        case "timeout":
            await asyncio.Event().wait()
        case "huge":
            return await _huge(request)
        case "types":
            reply = replace(reply, body=orjson.dumps(_of_another_type(orjson.loads(reply.body))))
        case "bomb":
            reply = Reply(200, await asyncio.to_thread(_bomb), {**JSON, "Content-Encoding": "gzip"})
        case _:
            reply = _INSTEAD.get(fault or "", reply)
    return web.Response(status=reply.status, body=reply.body, headers=reply.headers)


def _closed(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return web.Response()


def _reset(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        # With a linger time of 0, closing a socket sends RST instead of FIN.
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        request.transport.abort()
    return web.Response()


async def _truncated(request: web.BaseRequest, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    response.content_length = len(reply.body) + 1
    with suppress(ConnectionError):
        await response.prepare(request)
        await response.write(reply.body[: len(reply.body) // 2])
    _closed(request)
    return response


async def _huge(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers=JSON)
    with suppress(ConnectionError):
        await response.prepare(request)
        await response.write(b'{"padding": "')
        for _ in range(HUGE_BYTES // len(_PADDING)):
            await response.write(_PADDING)
        await response.write(b'"}')
    return response


def _of_another_type(value: object) -> object:
    """A JSON value with the same structure, but leaves of types that the vendor would not send."""
    match value:
        case dict():
            return {name: _of_another_type(member) for name, member in value.items()}
        case list():
            return [_of_another_type(item) for item in value]
        case str():
            return {"unexpected": len(value)}
        case _:
            return ["unexpected"]


@cache
def _bomb() -> bytes:
    """A JSON text of `BOMB_BYTES`, packed to about a thousandth."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    packed = [packer.compress(b'"'), *(packer.compress(_PADDING) for _ in range(BOMB_BYTES // len(_PADDING)))]
    return b"".join((*packed, packer.compress(b'"'), packer.flush()))
