"""A lookup driven as the gateway does it, in memory, with a spoilt answer to each request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, partial
from typing import TypeVar

import httpx
import orjson

from enrich_cli.providers.base import Provider
from enrich_cli.providers.corelogic_token import TOKEN_PATH
from enrich_cli.providers.errors import AnswerLost, BadAnswer, ProviderError, RateLimited, Unavailable
from enrich_cli.providers.lookup import Request, Response
from enrich_cli.sandbox.catalog import VENDORS
from enrich_cli.sandbox.vendor import Call, Reply, Vendor
from tests.fuzz.spoiling import NOW, Answer, Changed

LONGEST = 12
"""Requests: twice what the longest lookup makes, one that is asked again five times."""
_BASIC = b64encode(b"key:secret").decode()
_KEYED = {**dict.fromkeys(("apikey", "X-API-KEY", "X-API-TOKEN", "X-RapidAPI-Key", "X-Goog-Api-Key"), "key")}

End = TypeVar("End")


@cache
def stand_in(name: str) -> tuple[Vendor, str]:
    """The sandbox's vendor of this name, and the token that it lets in."""
    vendor = next(vendor(7) for vendor in VENDORS if vendor.name == name)
    if name != "corelogic":
        return vendor, "Bearer key"
    asked = Call("POST", TOKEN_PATH, {"grant_type": "client_credentials"}, {"Authorization": f"Basic {_BASIC}"})
    return vendor, f"Bearer {orjson.loads(vendor.answer(asked).body)['access_token']}"


@dataclass
class Conversation:
    """What comes of a vendor's generator; anything that it may not do is an AssertionError or what it raised."""

    provider: Provider
    answers: Sequence[Answer]
    is_booked: bool = True
    """A probe is not."""
    requests: list[Request] = field(default_factory=list)
    booked: Fraction = Fraction()
    """Units, doubt included."""

    def hold(self, lookup: Generator[Request, Response, End]) -> End:
        """The lookup's end; raises ProviderError."""
        request: Request | None = None
        answer: Response | ProviderError | None = None
        step: Callable[[], Request] = partial(next, lookup)
        while True:
            try:
                following = step()
            except StopIteration as end:
                self._book(request, answer)
                outcome: End = end.value
                return outcome
            except ProviderError as error:
                is_unread = isinstance(error, BadAnswer) and isinstance(answer, Response)
                self._book(request, AnswerLost() if is_unread else answer)
                check_error(error)
                raise
            self._book(request, answer)
            request = following
            self.requests.append(request)
            assert len(self.requests) <= LONGEST
            assert request.path.startswith("/")
            assert request.path.isprintable()
            answer = self._answer(request)
            step = partial(lookup.throw, answer) if isinstance(answer, ProviderError) else partial(lookup.send, answer)

    def _book(self, request: Request | None, answer: Response | ProviderError | None) -> None:
        if request is None or not self.is_booked:
            return
        booked = Fraction()
        if isinstance(answer, Response):
            charge = self.provider.charged(request, answer)
            assert min(charge.sure, charge.in_doubt) >= 0
            booked = charge.sure + charge.in_doubt
            assert isinstance(self.provider.kept(answer), Response)
        elif isinstance(answer, AnswerLost):
            booked = request.most
        assert booked <= request.most
        self.booked += booked

    def _answer(self, request: Request) -> Response | ProviderError:
        place = len(self.requests) - 1
        answer = self.answers[place] if place < len(self.answers) else Changed()
        if isinstance(answer, type):
            return answer("thrown")
        if isinstance(answer, Response):
            response = answer
        else:
            reply = self._own(request, answer.refusal)
            headers = {name.lower(): text for name, text in reply.headers.items()} | dict(answer.headers)
            response = Response(answer.status or reply.status, answer.body(reply.body), headers, NOW)
        error = self.provider.error(request, response)
        if error is not None:
            check_error(error)
            if isinstance(error, BadAnswer) and response.status < 300:
                self.booked += request.most
            return error
        return response

    def _own(self, request: Request, refusal: str | None) -> Reply:
        vendor, token = stand_in(self.provider.name)
        body = b"" if request.json is None else orjson.dumps(request.json)
        authorization = f"Basic {_BASIC}" if request.path == TOKEN_PATH else token
        query = {**request.params, "access_token": "app|secret", "grant_type": "client_credentials"}
        headers = httpx.Headers({**request.headers, **_KEYED, "Authorization": authorization})
        call = Call(request.method, request.path, query, headers, body)
        return vendor.answer(call) if refusal is None else vendor.refusal(refusal, call)


def check_error(error: ProviderError) -> None:
    """It is one that the gateway can act upon, and show."""
    assert len(str(error)) < 200
    assert str(error).isprintable()
    if isinstance(error, RateLimited | Unavailable) and error.retry_after is not None:
        assert error.retry_after >= 0
