"""What every vendor's file says. It does no I/O; keys, pace, retries and the journal are the gateway's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.lookup import ONE, Charge, Choose, Lookup, Probe, Request, Requests, Response

if TYPE_CHECKING:
    from enrich_cli.providers.auth import Auth
    from enrich_cli.settings import VendorOptions


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
        """The authentication of requests with these keys."""

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

    def pause_after(self, response: Response) -> float | None:  # noqa: ARG002 most tell it of errors alone
        """Seconds for which the vendor will refuse whatever follows this answer; None when it tells no such thing."""
        return None

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
