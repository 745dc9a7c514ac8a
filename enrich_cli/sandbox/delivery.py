"""How a reply gets back to the client, or doesn't."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress

from aiohttp import web

from enrich_cli.sandbox.vendor import HTML, JSON, Reply

SLOW_S = 2.0
HUGE_BYTES = 9 << 20
_PADDING = b"x" * (1 << 16)
_AT_ONCE = struct.pack("ii", 1, 0)
_PAGE = Reply(200, b"<!doctype html><html><title>Welcome</title><p>Please log in.</p></html>", HTML)
_NO_ANSWER = Reply(200, b'[{"unexpected": "shape"}]', JSON)


async def deliver(request: web.BaseRequest, reply: Reply, fault: str | None, latency: float) -> web.StreamResponse:
    """Send a reply after `latency` seconds, spoilt as the kind of fault says."""
    if fault == "slow":
        latency += SLOW_S + 10 * latency
    if latency:
        await asyncio.sleep(latency)
    match fault:
        case "close":
            return _closed(request)
        case "reset":
            return _reset(request)
        case "truncate":
            return await _truncated(request, reply)
        case "hang":
            await asyncio.Event().wait()
        case "html":
            reply = _PAGE
        case "shape":
            reply = _NO_ANSWER
        case "huge":
            return await _huge(request)
    return web.Response(status=reply.status, body=reply.body, headers=reply.headers)


def _closed(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return web.Response()


def _reset(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        # With no time to linger, closing a socket sends RST in place of FIN.
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
