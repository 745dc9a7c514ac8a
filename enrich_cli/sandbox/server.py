"""The sandbox as web servers on loopback, one per vendor, because their paths overlap."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeAlias

from aiohttp import web

from enrich_cli.sandbox.bill import Bill
from enrich_cli.sandbox.catalog import VENDORS
from enrich_cli.sandbox.delivery import deliver
from enrich_cli.sandbox.faults import Chances, Fault, is_refusal, is_spoilt
from enrich_cli.sandbox.vendor import TOKEN_SECONDS, WRONG_PERSON, Call, Reply, Vendor, as_json

HOST = "127.0.0.1"
_BACKLOG = 1024
_GRACE_S = 0.05
_LOGGED = 10_000
"""How many of a vendor's latest requests are remembered with their times."""

Handler: TypeAlias = Callable[[web.BaseRequest], Coroutine[Any, Any, web.StreamResponse]]


class Desk:
    """One vendor behind its port, with its faults."""

    def __init__(self, vendor: Vendor, chances: Chances) -> None:
        self.vendor = vendor
        self.chances = chances
        self.arrivals: deque[float] = deque(maxlen=_LOGGED)
        """When requests came, in epoch seconds."""

    def answer(self, call: Call) -> tuple[Reply, str | None]:
        """The reply to a call, counted and charged, and the kind of fault that it meets on its way."""
        fault = self.chances.kind(call)
        reply = self.vendor.refusal(fault, call) if fault and is_refusal(fault) else self.vendor.answer(call)
        self.vendor.account.seen[fault or str(reply.status)] += 1
        self.arrivals.append(time.time())
        return reply, fault

    def reset(self) -> None:
        self.vendor.reset()
        self.chances.reset()
        self.arrivals.clear()


class Sandbox:
    """All the vendors together. `base_urls`: vendor → scheme, host and port, once it is served."""

    def __init__(self, seed: int, faults: Sequence[Fault], wrong_person: float, token_seconds: float) -> None:
        self.base_urls: dict[str, str] = {}
        self.desks = [
            Desk(vendor(seed, wrong_person, token_seconds), Chances(seed, vendor.name, faults)) for vendor in VENDORS
        ]

    def bill(self) -> Bill:
        """What the vendors have charged so far."""
        return Bill({desk.vendor.name: desk.vendor.account.entry() for desk in self.desks})

    def requests(self) -> dict[str, dict[str, int]]:
        """Vendor → status, or kind of fault → how many requests met it."""
        return {desk.vendor.name: dict(desk.vendor.account.seen) for desk in self.desks}

    def log(self) -> dict[str, list[float]]:
        """Vendor → when its last requests came, in epoch seconds."""
        return {desk.vendor.name: list(desk.arrivals) for desk in self.desks}

    def reset(self) -> None:
        """Forget every question, charge and count."""
        for desk in self.desks:
            desk.reset()

    def own_answer(self, call: Call) -> Reply:
        """Answer on one of the sandbox's own paths, the same on every port."""
        match call.method, call.path:
            case "GET", "/_bill":
                return as_json(200, self.bill().as_json())
            case "GET", "/_requests":
                return as_json(200, self.requests())
            case "GET", "/_log":
                return as_json(200, self.log())
            case "POST", "/_reset":
                self.reset()
                return Reply(204)
            case _:
                return as_json(404, {"error": "GET /_bill, GET /_requests, GET /_log or POST /_reset"})


@asynccontextmanager
async def serving(
    *,
    port: int = 0,
    latency: float = 0.0,
    faults: Sequence[Fault] = (),
    seed: int = 0,
    wrong_person: float = WRONG_PERSON,
    token_seconds: float = TOKEN_SECONDS,
) -> AsyncIterator[Sandbox]:
    """Serve every vendor on loopback for the length of the block; requests under way at its end are dropped.

    The first vendor listens on `port`, the next ones on the ports after it; 0 takes any free ones. `latency`: seconds
    before each answer. `wrong_person`: share of hits about somebody, or something, else, 0..1. `token_seconds`: how
    long a token is valid at vendors that issue them. Raises OSError if a port is not available.
    """
    sandbox = Sandbox(seed, faults, wrong_person, token_seconds)
    async with AsyncExitStack() as stack:
        for place, desk in enumerate(sandbox.desks):
            server = web.Server(_handler(sandbox, desk, latency), handler_cancellation=True, access_log=None)
            runner = web.ServerRunner(server, shutdown_timeout=_GRACE_S)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, HOST, port + place if port else 0, backlog=_BACKLOG).start()
            sandbox.base_urls[desk.vendor.name] = f"http://{HOST}:{runner.addresses[0][1]}"
        yield sandbox


def _handler(sandbox: Sandbox, desk: Desk, latency: float) -> Handler:
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read() if request.can_read_body else b""
        call = Call(request.method, request.rel_url.raw_path, request.query, request.headers, body)
        if call.path.startswith("/_"):
            return await deliver(request, sandbox.own_answer(call), None, 0.0)
        reply, fault = desk.answer(call)
        response = await deliver(request, reply, fault, latency)
        if not is_spoilt(fault):
            desk.vendor.arrived(reply)
        return response

    return handle
