"""One question on the wire: host and key are added here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson
from yarl import URL

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.late_keys import LateKey
from enrich_cli.gateway.transport import Outgoing, Transport, send, unnoticed
from enrich_cli.providers.auth import HeaderKey, QueryKey
from enrich_cli.providers.errors import AnswerLost, BadAnswer, Unavailable
from enrich_cli.providers.lookup import Request, Response

if TYPE_CHECKING:
    import httpx


async def exchange(
    transport: Transport,
    account: Account,
    request: Request,
    clock: Clock,
    *,
    anew: bool = False,
    on_leaving: Callable[[], None] = unnoticed,
) -> Response:
    """Send one question, preceded by the token requests that its auth needs.

    `anew`: on a new connection, for a question whose answer was lost: what closed one may be about to close the next.
    `on_leaving` is called when the question leaves, and again if it is repeated with a new token. Raises Unavailable if
    the question never left, AnswerLost if it had, BadAnswer if the answer is too large.
    """
    question = _on_the_wire(account, request)
    auth = account.auth.made if isinstance(account.auth, LateKey) else account.auth
    if isinstance(auth, HeaderKey | QueryKey):
        url, headers = auth.on(question.url, question.headers)
        keyed = Outgoing(question.method, url, headers, question.content, anew)
        return await send(transport, keyed, timeout=account.timeout, clock=clock, on_leaving=on_leaving)
    return await _with_flow(transport, account, auth, question, clock, anew=anew, on_leaving=on_leaving)


async def _with_flow(
    transport: Transport,
    account: Account,
    auth: httpx.Auth,
    question: Outgoing,
    clock: Clock,
    *,
    anew: bool,
    on_leaving: Callable[[], None],
) -> Response:
    import httpx  # noqa: PLC0415 slow to load, and only a flow of requests needs it

    keyless = httpx.Request(question.method, question.url, headers=dict(question.headers), content=question.content)
    flow = auth.async_auth_flow(keyless)
    try:
        request = await anext(flow)
        while True:
            outgoing = Outgoing(request.method, str(request.url), dict(request.headers), request.content or None, anew)
            leaving = on_leaving if request is keyless else unnoticed
            try:
                response = await send(transport, outgoing, timeout=account.timeout, clock=clock, on_leaving=leaving)
            except (AnswerLost, BadAnswer):
                if request is keyless:
                    raise
                raise Unavailable("the provider gave no token") from None
            if request is keyless and response.status != 401:
                return response
            # The body is unpacked already; httpx would do it again.
            headers = {name: value for name, value in response.headers.items() if name != "content-encoding"}
            answer = httpx.Response(response.status, headers=headers, content=response.body, request=request)
            try:
                request = await flow.asend(answer)
            except StopAsyncIteration:
                return response
    finally:
        await flow.aclose()


def _on_the_wire(account: Account, request: Request) -> Outgoing:
    headers = {"Accept": "application/json", **request.headers}
    content = None
    if request.json is not None:
        headers["Content-Type"] = "application/json"
        content = orjson.dumps(request.json)
    url = account.base_url + request.path
    if request.params:
        url = f"{url}?{URL.build(query=request.params).raw_query_string}"
    return Outgoing(request.method, url, headers, content)
