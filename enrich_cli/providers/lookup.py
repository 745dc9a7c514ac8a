"""What passes between a vendor's lookup and its driver: requests, responses, and what they cost.

A lookup is a generator that yields requests, is sent responses and returns an outcome, like httpx's `Auth.auth_flow`.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import msgspec
import orjson

from enrich_cli.domain.outcomes import Answered, Identity
from enrich_cli.providers.errors import BadAnswer

_ESCAPES = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")
_HOLDERS = (dict, list)
ONE = Fraction(1)
NOTHING = Fraction(0)

PENDING = 202
"""The status of an answer that is not ready: the vendor is still searching."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One question on the wire, without host and key."""

    method: str
    path: str
    params: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}
    fields: frozenset[str] = frozenset()
    """Names of the customer's fields that it sends."""
    most: Fraction = ONE
    """The most that it can cost, in the vendor's billing units."""
    poll_after: float | None = None
    """Seconds to wait before sending. If set, this repeats a question whose answer was not ready."""


@dataclass(frozen=True)
class Response:
    """One answer. Header names are lower case, and only present while the answer is new."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    at: float = field(default=0.0, compare=False)
    """When it came from the vendor, epoch seconds; two responses with the same time are the same answer."""
    counted: bool = field(default=False, compare=False)
    """It is from disk, and the customer it is used for was counted for it before."""

    def json(self) -> Any:
        """The body as JSON, parsed once; raises BadAnswer if it is not JSON."""
        try:
            return self._parsed
        except orjson.JSONDecodeError:
            raise BadAnswer(f"the answer (status {self.status}) is not JSON") from None

    @cached_property
    def folded(self) -> Any:
        """`json` with all member names in lower case, for vendors that spell them in several ways."""
        return _folded(self.json())

    @cached_property
    def _parsed(self) -> Any:
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return orjson.loads(_without_halves(self.body.removeprefix(BOM_UTF8)))

    def retry_after(self) -> float | None:
        """The seconds that `Retry-After` asks for, given as seconds or as a date; None if absent or unreadable."""
        text = self.headers.get("retry-after", "").strip()
        if text.isdecimal() and text.isascii():
            return float(text)
        try:
            date = parsedate_to_datetime(text)
            return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - self.at)
        except (ValueError, OverflowError):
            return None

    def pause(self, otherwise: float) -> float:
        """The seconds that `Retry-After` asks for; `otherwise` if it does not say."""
        asked = self.retry_after()
        return otherwise if asked is None else asked


def _without_halves(body: bytes) -> bytes:
    """JSON without escapes of half a character, so that a text cut within an emoji does not spoil the whole answer."""
    return _ESCAPES.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], body)


def _folded(value: Any) -> Any:
    # Most members hold nothing nested, and are spared a call each.
    if isinstance(value, dict):
        return {name.lower(): _folded(part) if isinstance(part, _HOLDERS) else part for name, part in value.items()}
    return [_folded(part) for part in value] if isinstance(value, list) else value


class Charge(msgspec.Struct, frozen=True):
    """What an answer was charged, in the vendor's billing units."""

    sure: Fraction = NOTHING
    in_doubt: Fraction = NOTHING
    """The part that the vendor's sheet calls unconfirmed."""


FREE = Charge()


class Requests(msgspec.Struct, frozen=True):
    """How many requests a lookup usually takes; retries, and repeats of what is not ready, come on top."""

    hit: int = 1
    miss: int = 1


Lookup: TypeAlias = Generator[Request, Response, Answered]
"""Yields requests, is sent their responses, returns `Found` or `NotFound`; otherwise raises a `ProviderError`."""

Probe: TypeAlias = Generator[Request, Response, str]
"""Yields requests that cost nothing, is sent their responses, returns in words what they say about the account."""

Choose: TypeAlias = Callable[[Sequence[Identity]], int | None]
"""Which of several candidates is the customer; None if none of them is credible."""
