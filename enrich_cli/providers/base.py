"""What every vendor's file defines. It does no I/O: keys, pace, retries and the journal are the gateway's business."""

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
    """One vendor. One instance serves all lookups of a run, and keeps nothing about any of them.

    What `configured` returns may keep what the run learns about the account, such as a report that is not in its plan.
    """

    name: ClassVar[str]
    data_type: ClassVar[DataType]
    keys: ClassVar[tuple[str, ...]]
    """The settings that hold its keys, in the order in which `auth` takes them."""
    base_url: str
    """Scheme and host; if the host is a setting, that of `configured`."""
    rate: ClassVar[str]
    """Default pace, as in `NAME_RATE`: `15/1s,500/1m`."""
    own_rates: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Paths that the vendor also counts separately, with their default pace: both limits hold."""
    price: ClassVar[Money | None]
    """Default list price of the billing unit; None if it is not known."""
    unit: ClassVar[str]
    """What the billing unit is called."""
    hit_price: ClassVar[str]
    miss_price: ClassVar[str]
    """What a hit and a miss cost, in words, for the `providers` command."""
    miss: ClassVar[Fraction] = ONE
    """What a miss costs, in billing units, according to its sheet; unconfirmed charges are included."""
    terms: ClassVar[str | None] = None
    """What the vendor's terms demand of users of its answers, if they have to be told."""
    timeout: ClassVar[float | None] = None
    """The seconds that a request may take, if the vendor needs another time than the general one."""
    latency: ClassVar[float] = 0.5
    """The seconds that an answer is expected to take as long as the ledger has none; half a second if no sheet says."""
    needs: ClassVar[tuple[frozenset[str], ...]]
    """Any one of these sets of customer fields is enough."""
    reads: ClassVar[frozenset[str]]
    """Every customer field that may be sent."""

    def configured(self, options: VendorOptions) -> Provider:
        """The vendor according to the settings."""
        return self

    def has_needed(self, customer: Customer) -> bool:
        """Does the customer have the fields that this vendor needs, whatever they hold?"""
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

        `choose` is for a vendor that answers with several candidates, or that sells more about one once it is found.
        """

    @abstractmethod
    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        """Units of the most expensive possible lookup, with one try of each request."""

    def requests(self, wanted: frozenset[str]) -> Requests:
        """How many requests a lookup takes. `wanted` as in `lookup`."""
        return Requests()

    @abstractmethod
    def charged(self, request: Request, response: Response) -> Charge:
        """What this answer was charged, according to the vendor's sheet. Only called for answers that `error` finds
        readable.
        """

    def probe(self) -> Probe | None:
        """Ask for the account's state without spending; None if that is not possible.

        Its result describes an account whose key was accepted; anything else is raised as an error, as named by
        `error`.
        """
        return None

    def kept(self, response: Response) -> Response:
        """The answer as it is put on disk, without what must not stay there, such as a key that was sent back."""
        return response

    def lacks(self, request: Request) -> bool:
        """Has the account's plan turned out to lack what this asks for, perhaps while it waited for its turn?"""
        return False

    def pause_after(self, response: Response) -> float | None:
        """The seconds for which the vendor will refuse whatever follows this answer; None if it does not say so."""
        return None

    def error(self, request: Request, response: Response) -> ProviderError | None:
        """What a response means if it is no answer to the question; None if it is one (2xx, 404).

        Here the status decides, which suits most vendors; override it for one that reports errors in its own way.
        """
        status = response.status
        if status < 300 or status == 404:
            return None
        if status in (401, 403):
            return InvalidCredentials(f"the key was refused (status {status})")
        if status == 402:
            return OutOfCredit("no credit left (status 402)")
        if status in (400, 422):
            return NotAccepted(f"the provider can't use this input (status {status})")
        if status == 429:
            return RateLimited("too many requests (status 429)", response.retry_after())
        if status >= 500:
            return Unavailable(f"the provider is in trouble (status {status})", response.retry_after())
        return BadAnswer(f"unexpected status {status}")
