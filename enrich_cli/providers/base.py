"""What every vendor's file is made of.

An adapter does no I/O. A lookup is a generator that yields requests, is sent responses and returns an outcome, in the
way of httpx's `Auth.auth_flow`; the gateway drives it. Keys, pace, retries and the journal are the gateway's.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import msgspec
import orjson

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Answered, Identity
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)

if TYPE_CHECKING:
    from enrich_cli.providers.auth import Auth
    from enrich_cli.settings import VendorOptions

_ESCAPES = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")
ONE = Fraction(1)
NOTHING = Fraction(0)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One question on the wire, without host and key."""

    method: str
    path: str
    params: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}
    fields: frozenset[str] = frozenset()
    """Names of the customer's fields that it carries."""
    most: Fraction = ONE
    """What it can cost at most, in the vendor's billing units."""
    poll_after: float | None = None
    """Seconds to wait before sending. Set: this is a repeat of a question whose answer is not ready yet."""


@dataclass(frozen=True)
class Response:
    """One answer. Header names are lower case, and only there while it is new."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    at: float = field(default=0.0, compare=False)
    """When it came from the vendor, epoch seconds; two that say the same are the same answer."""
    counted: bool = field(default=False, compare=False)
    """It is from disk, and the customer it is given for was counted for it before."""

    def json(self) -> Any:
        """The body as JSON, parsed once; raises BadAnswer when it is none."""
        try:
            return self._parsed
        except orjson.JSONDecodeError:
            raise BadAnswer(f"the answer (status {self.status}) is not JSON") from None

    def folded(self) -> Any:
        """The same with the names of all members in lower case, for vendors that spell them in several ways."""
        return self._folded

    @cached_property
    def _parsed(self) -> Any:
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return orjson.loads(_without_halves(self.body))

    @cached_property
    def _folded(self) -> Any:
        return _folded(self.json())

    def retry_after(self) -> float | None:
        """Seconds that `Retry-After` asks for, given as seconds or as a date; None when absent or unreadable."""
        text = self.headers.get("retry-after", "").strip()
        if text.isdecimal() and text.isascii():
            return float(text)
        try:
            date = parsedate_to_datetime(text)
            return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - self.at)
        except (ValueError, OverflowError):
            return None


def _without_halves(body: bytes) -> bytes:
    """JSON without escapes of half a character: a text that was cut within an emoji spoils not the whole answer."""
    return _ESCAPES.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], body)


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name.lower(): _folded(part) for name, part in value.items()}
    return [_folded(part) for part in value] if isinstance(value, list) else value


class Charge(msgspec.Struct, frozen=True):
    """What an answer was charged, in the vendor's billing units."""

    sure: Fraction = NOTHING
    in_doubt: Fraction = NOTHING
    """What the vendor's sheet calls unconfirmed."""


FREE = Charge()


class Requests(msgspec.Struct, frozen=True):
    """How many requests a lookup takes as a rule; retries, and repeats of what is not ready yet, come on top."""

    hit: int = 1
    miss: int = 1


Lookup: TypeAlias = Generator[Request, Response, Answered]
"""Yields requests, is sent their responses, returns `Found` or `NotFound`; raises a `ProviderError` otherwise."""

Probe: TypeAlias = Generator[Request, Response, str]
"""Yields requests that cost nothing, is sent their responses, returns what they tell of the account, in words."""

Choose: TypeAlias = Callable[[Sequence[Identity]], int | None]
"""Which of several candidates is the customer; None when none of them can be believed."""


class Provider(ABC):
    """One vendor. One instance serves all lookups of a run, and keeps nothing of any of them.

    What `configured` returns may keep what the run learns of the account, such as a report that is not in its plan.
    """

    name: ClassVar[str]
    data_type: ClassVar[DataType]
    keys: ClassVar[tuple[str, ...]]
    """The settings that hold its keys, in the order in which `auth` takes them."""
    base_url: str
    """Scheme and host; of a vendor whose host is a setting, that of `configured`."""
    rate: ClassVar[str]
    """Default pace, as in `NAME_RATE`: `15/1s,500/1m`."""
    own_rates: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Paths that the vendor counts by themselves, too, with their default pace: both hold."""
    price: ClassVar[Money | None]
    """Default list price of the billing unit; None when it is not known."""
    unit: ClassVar[str]
    """What the billing unit is called."""
    hit_price: ClassVar[str]
    miss_price: ClassVar[str]
    """What a hit and a miss cost, in words, for the `providers` command."""
    miss: ClassVar[Fraction] = ONE
    """What a miss costs, in billing units, by its sheet; what that calls unconfirmed is included."""
    terms: ClassVar[str | None] = None
    """What the vendor's terms ask of whoever uses its answers, where users must be told."""
    timeout: ClassVar[float | None] = None
    """Seconds a request may take, where the vendor needs another time than the general one."""
    latency: ClassVar[float] = 0.5
    """Seconds an answer is taken to need as long as the ledger holds none; half a second where no sheet tells."""
    needs: ClassVar[tuple[frozenset[str], ...]]
    """Any one of these sets of customer fields is enough."""
    reads: ClassVar[frozenset[str]]
    """Every customer field that may go out."""

    def configured(self, options: VendorOptions) -> Provider:  # noqa: ARG002 most have nothing to set
        """The vendor as the settings want it."""
        return self

    def has_needed(self, customer: Customer) -> bool:
        """Has the customer the fields that this vendor needs, whatever they hold?"""
        return any(map(customer.known.issuperset, self.needs))

    def can_ask(self, customer: Customer) -> bool:
        """Can this vendor be asked about the customer?"""
        return self.has_needed(customer)

    @abstractmethod
    def auth(self, *keys: str) -> Auth:
        """How a request bears the keys."""

    @abstractmethod
    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        """Ask about a customer. `wanted`: the fields that were explicitly required (`--require`).

        `choose` is for a vendor that answers with several candidates, or sells more about one once it is found.
        """

    @abstractmethod
    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        """Units of the dearest whole lookup, one try of each request."""

    def requests(self, wanted: frozenset[str]) -> Requests:  # noqa: ARG002 most answer in one
        """What a lookup takes of the vendor's pace. `wanted` as in `lookup`."""
        return Requests()

    @abstractmethod
    def charged(self, request: Request, response: Response) -> Charge:
        """What this answer was charged, by the vendor's sheet. Only called for answers that `error` finds readable."""

    def probe(self) -> Probe | None:
        """Ask for the account's state without spending; None when that can't be done.

        What it returns at its end is said of an account whose key was accepted; anything else is an error, as `error`
        names it.
        """
        return None

    def kept(self, response: Response) -> Response:
        """The answer as it is put on disk: all of it, unless it holds what must not stay, such as a key sent back."""
        return response

    def error(self, request: Request, response: Response) -> ProviderError | None:  # noqa: ARG002 a vendor may need it
        """What a response means when it is no answer to the question; None when it is one (2xx, 404).

        Decides by status, as most vendors do; a vendor that says things its own way overrides it.
        """
        status = response.status
        if status < 300 or status == 404:
            return None
        if status in (401, 403):
            return InvalidCredentials(f"the key was refused (status {status})")
        if status == 402:
            return OutOfCredit("no credit left (status 402)")
        if status in (400, 422):
            return NotAccepted(f"the vendor can't use this input (status {status})")
        if status == 429:
            return RateLimited("too many requests (status 429)", response.retry_after())
        if status >= 500:
            return Unavailable(f"the vendor is in trouble (status {status})", response.retry_after())
        return BadAnswer(f"unexpected status {status}")
