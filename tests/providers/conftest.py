"""A wire without a network: what a vendor answers is given, and what the adapter sends is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, TypeAlias

import orjson
import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.outcomes import Answered, Found, Identity
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import ProviderError
from enrich_cli.providers.lookup import Charge, Request, Response

Body: TypeAlias = Mapping[str, object] | list[object] | bytes
Said: TypeAlias = tuple[int, Body] | ProviderError
"""A status with a body, or what the gateway throws if no answer came."""

TODAY = datetime(2026, 11, 24, tzinfo=UTC).timestamp()


@dataclass
class Wire:
    """Drives lookups as the gateway does: answers are sent in, and what the vendor's file calls an error
    is thrown in.
    """

    requests: list[Request] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    chosen: int | None = 0
    """The index of the candidate that is believed to be the customer."""
    candidates: list[Sequence[Identity]] = field(default_factory=list)

    def choose(self, candidates: Sequence[Identity]) -> int | None:
        self.candidates.append(candidates)
        return self.chosen

    def ask(self, provider: Provider, fields: Mapping[str, str], *said: Said, wanted: str = "") -> Answered:
        lookup = provider.lookup(self.customer(fields), frozenset(wanted.split()), self.choose)
        left = list(said)
        try:
            request = next(lookup)
            while True:
                self.requests.append(request)
                answer = self._answer(provider, request, left.pop(0))
                request = lookup.throw(answer) if isinstance(answer, ProviderError) else lookup.send(answer)
        except StopIteration as end:
            assert not left, "the adapter ended before it had asked all"
            outcome: Answered = end.value
            return outcome

    def find(self, provider: Provider, fields: Mapping[str, str], *said: Said, wanted: str = "") -> Any:
        """What was found, with data of the vendor's own model."""
        outcome = self.ask(provider, fields, *said, wanted=wanted)
        assert isinstance(outcome, Found)
        return outcome

    def probe(self, provider: Provider, *said: Said) -> str:
        """What a probe says about the account; raises ProviderError."""
        probe = provider.probe()
        assert probe is not None
        left = list(said)
        try:
            request = next(probe)
            while True:
                self.requests.append(request)
                answer = self._read(provider, request, left.pop(0))
                request = probe.throw(answer) if isinstance(answer, ProviderError) else probe.send(answer)
        except StopIteration as end:
            assert not left, "the adapter ended before it had asked all"
            return str(end.value)

    @staticmethod
    def customer(fields: Mapping[str, str]) -> Customer:
        customer = customer_from(fields, given_id="1")
        assert customer is not None
        return customer

    @property
    def cost(self) -> Fraction:
        return sum((charge.sure for charge in self.charges), Fraction())

    @property
    def in_doubt(self) -> Fraction:
        return sum((charge.in_doubt for charge in self.charges), Fraction())

    @property
    def waits(self) -> list[float | None]:
        return [request.poll_after for request in self.requests]

    def _answer(self, provider: Provider, request: Request, said: Said) -> Response | ProviderError:
        response = self._read(provider, request, said)
        if isinstance(response, Response):
            self.charges.append(provider.charged(request, response))
            assert self.charges[-1].sure + self.charges[-1].in_doubt <= request.most
        return response

    @staticmethod
    def _read(provider: Provider, request: Request, said: Said) -> Response | ProviderError:
        if isinstance(said, ProviderError):
            return said
        status, body = said
        response = Response(status, body if isinstance(body, bytes) else orjson.dumps(body), at=TODAY)
        return provider.error(request, response) or response


@pytest.fixture
def wire() -> Wire:
    return Wire()
