"""One question on the wire: host and key are added here, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import orjson

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.transport import send
from enrich_cli.providers.base import Request, Response
from enrich_cli.providers.errors import AnswerLost, Unavailable


async def exchange(transport: httpx.AsyncBaseTransport, account: Account, request: Request, clock: Clock) -> Response:
    """Send one question, with the requests for tokens that its auth needs before it.

    Raises Unavailable when the question never left, AnswerLost when it had, BadAnswer when the answer is too large.
    """
    question = _on_the_wire(account, request)
    flow: AsyncGenerator[httpx.Request, httpx.Response] = account.auth.async_auth_flow(question)
    try:
        outgoing = await anext(flow)
        while True:
            try:
                response = await send(transport, outgoing, timeout=account.timeout, clock=clock)
            except AnswerLost:
                if outgoing is question:
                    raise
                raise Unavailable("the vendor gave no token") from None
            if outgoing is question and response.status != 401:
                return response
            try:
                outgoing = await flow.asend(
                    httpx.Response(
                        response.status, headers=dict(response.headers), content=response.body, request=outgoing
                    )
                )
            except StopAsyncIteration:
                return response
    finally:
        await flow.aclose()


def _on_the_wire(account: Account, request: Request) -> httpx.Request:
    headers = {"Accept": "application/json", "User-Agent": "enrich-cli", **request.headers}
    content = None
    if request.json is not None:
        headers["Content-Type"] = "application/json"
        content = orjson.dumps(request.json)
    return httpx.Request(
        request.method,
        account.base_url + request.path,
        params=dict(request.params) or None,
        headers=headers,
        content=content,
    )
