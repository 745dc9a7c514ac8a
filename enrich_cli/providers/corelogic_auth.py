"""CoreLogic's tokens: OAuth 2 client credentials, one token for all lookups of an account."""

from __future__ import annotations

import copy
import math
import time
from base64 import b64encode
from collections.abc import AsyncGenerator, Callable

import anyio
import httpx

from enrich_cli.providers.corelogic_token import TOKEN_PATH, not_sold, token_in
from enrich_cli.providers.errors import ProviderError, Unavailable
from enrich_cli.providers.lookup import Response

_RENEWED_EARLY = 60.0
"""How many seconds before its expiry a token is no longer used."""
PATIENCE = 3
"""After this many failed fetches in a row, those that waited for them give up."""


class ClientCredentials(httpx.Auth):
    """Key and secret get a token, and the token opens everything else.

    It is shared by concurrent lookups, which wait for one fetch. A refused token is replaced once per question, unless
    the refusal is not about the token. Without a token the question does not leave: InvalidCredentials if key or secret
    are wrong, RateLimited, or Unavailable. A question to `TOKEN_PATH` is just the fetch; its token is not kept. `now`
    is a clock of monotonic seconds.
    """

    requires_response_body = True

    def __init__(
        self, key: str, secret: str, token_url: str | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._basic = f"Basic {b64encode(f'{key}:{secret}'.encode()).decode()}"
        self._token_url = token_url
        self._now = now
        self._token: str | None = None
        self._renew_at = math.inf
        self._fetching = anyio.Lock()
        self._failures = 0
        self._failure: ProviderError = Unavailable()

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if request.url.path == TOKEN_PATH:
            # Nothing but the token is wanted.
            yield self._question(request.url)
            return
        dead: str | None = None
        while True:
            failures_before = self._failures
            async with self._fetching:
                if self._token == dead or self._now() >= self._renew_at:
                    self._give_up(self._failures - failures_before)
                    # Counted as failed until it succeeds: a fetch may be cut short without notice.
                    self._failures += 1
                    self._failure = Unavailable("the provider gave no token")
                    answer = yield self._question(request.url)
                    await answer.aread()
                    self._take(answer)
                    self._failures -= 1
                token = self._token
            request.headers["Authorization"] = f"Bearer {token}"
            response = yield request
            if response.status_code != 401 or dead:
                return
            await response.aread()
            if not_sold(response.content):
                return
            dead = token

    def _give_up(self, failures: int) -> None:
        """Raise the error of the failed fetches that this one waited for, unless another fetch may succeed."""
        if failures >= (PATIENCE if isinstance(self._failure, Unavailable) else 1):
            raise copy.copy(self._failure)

    def _question(self, url: httpx.URL) -> httpx.Request:
        """The body is empty but declared a form: otherwise the transport would set a type of its own, wrong for a token
        request.
        """
        token_url = httpx.URL(self._token_url) if self._token_url else url.copy_with(raw_path=TOKEN_PATH.encode())
        return httpx.Request(
            "POST",
            token_url.copy_merge_params({"grant_type": "client_credentials"}),
            headers={
                "Authorization": self._basic,
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )

    def _take(self, answer: httpx.Response) -> None:
        try:
            self._token, lifetime = token_in(Response(answer.status_code, answer.content, dict(answer.headers)))
        except ProviderError as error:
            self._failure = error
            raise
        self._renew_at = self._now() + lifetime - _RENEWED_EARLY
