"""ATTOM property API v1: one US property by its postal address, then its modelled value and its building permits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Found, NotFound
from enrich_cli.domain.property import Permit
from enrich_cli.providers.attom_property import (
    attom_id,
    entries,
    envelope,
    identity,
    modelled_value,
    permits,
    profile,
    properties,
)
from enrich_cli.providers.auth import HeaderKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotInPlan,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
    no_such_path,
)
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import FREE, NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Requests, Response
from enrich_cli.providers.reading import items, member, number, text, unreadable
from enrich_cli.providers.reports import Reports, listed
from enrich_cli.providers.slowdown import Slowdown
from enrich_cli.providers.us_addresses import UsAddress, located, us_address

if TYPE_CHECKING:
    from enrich_cli.settings import VendorOptions

PROFILE, AVM, PERMITS = "profile", "avm", "permits"
REPORTS = "profile,avm,permits"
"""What is bought by default."""
_ROOT = "/propertyapi/v1.0.0"
PATHS = {
    PROFILE: f"{_ROOT}/property/expandedprofile",
    AVM: f"{_ROOT}/attomavm/detail",
    PERMITS: f"{_ROOT}/property/buildingpermits",
}
_REPORTS = MappingProxyType({path: report for report, path in PATHS.items()})
_READ: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {PATHS[PROFILE]: profile, PATHS[AVM]: modelled_value, PATHS[PERMITS]: permits}
)
"""What is read of each property in a report."""
_MINUTE = 60.0
"""In seconds; the vendor counts calls by the UTC minute."""

_MISS = "successwithoutresult"


class Attom(Provider):
    """Documentation: https://api.developer.attomdata.com/docs. The billing unit is one report; misses are free.

    The profile finds the property and is always bought. The other reports follow if the property is the customer's, and
    in the state and ZIP area that the customer gave.
    """

    name = "attom"
    data_type = DataType.PROPERTY
    keys = ("ATTOM_API_KEY",)
    base_url = "https://api.gateway.attomdata.com"
    rate = "200/1m"
    price = Money.parse("0.10")
    unit = "report"
    hit_price = "1 report each: profile, AVM, permits"
    miss_price = "free"
    miss = NOTHING
    needs = (frozenset({"address", "city", "state"}), frozenset({"address", "postal_code"}))
    reads = frozenset({"address", "city", "state", "postal_code", "country"})

    def __init__(self, reports: str = REPORTS) -> None:
        self._follow_ups = Reports(listed(reports) - {PROFILE})
        self._slowdown = Slowdown(_MINUTE)

    def configured(self, options: VendorOptions) -> Attom:
        return Attom(options.attom_reports or REPORTS)

    def can_ask(self, customer: Customer) -> bool:
        """Is there an address that can be a property in the US?"""
        return us_address(customer) is not None

    def auth(self, *keys: str) -> HeaderKey:
        return HeaderKey("apikey", keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        address = located(customer)
        for question in _questions(address):
            if parcels := properties((yield question)):
                break
        else:
            return NotFound()
        candidates = [identity(parcel, question.fields) for parcel in parcels]
        chosen = choose(candidates)
        best = chosen or 0
        found = Found.among(candidates, best, profile(parcels[best]))
        believed = chosen is not None and all(map(address.agrees_with, candidates[best].places))
        if believed and (parcel_id := attom_id(parcels[best])):
            for report, field, read in ((AVM, "market_value", _value), (PERMITS, "permits", _permits)):
                found = yield from self._follow_ups.buy(report, _follow_up(report, parcel_id), found, field, read)
        return found

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE + len(self._follow_ups)

    def requests(self, wanted: frozenset[str]) -> Requests:
        """The whole address, then the reports; after a miss once more, without the ZIP."""
        return Requests(hit=1 + len(self._follow_ups), miss=2)

    def probe(self) -> Probe:
        """Asks for a property in no state: the vendor has no free account endpoint, and a miss is free."""
        params = {"address1": "0 No Such St", "address2": "No Such Town, ZZ"}
        yield Request(method="GET", path=PATHS[PROFILE], params=params, most=NOTHING)
        return "what is left, and which reports are in the plan, is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(ONE) if response.status < 300 and properties(response) else FREE

    def lacks(self, request: Request) -> bool:
        return self._follow_ups.lack(_REPORTS[request.path])

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status, said = _status(response)
        if status == 429:
            return self._too_many(response)
        self._slowdown.ended()
        if said == _MISS:
            return None
        if status < 300:
            return unreadable(response) or _wrong_shape(request, response)
        if status == 403:
            refused = InvalidCredentials if request.path == PATHS[PROFILE] else NotInPlan
            return refused("the report is not in the plan (status 403)")
        if status == 404:
            return no_such_path()
        if status == 408:
            return Unavailable("the provider is in trouble (status 408)")
        if status == 400 and unreadable(response):
            return BadAnswer("the answer (status 400) is not JSON")
        return super().error(request, dataclasses.replace(response, status=status))

    def _too_many(self, response: Response) -> ProviderError:
        """Sent too fast, unless a new minute has changed nothing: then the plan's allowance is used up."""
        if self._slowdown.outlasts(response.at):
            return OutOfCredit("the allowance of reports is used up (status 429)")
        return RateLimited("too many requests (status 429)", response.pause(_MINUTE - response.at % _MINUTE))


def _questions(address: UsAddress) -> Iterator[Request]:
    """The whole address; after a miss without the ZIP, which may be wrong. That takes a town."""
    town = f"{address.city}, {address.state}" if address.city and address.state else None
    if address.zip_code:
        whole = address if town else replace(address, city=None, state=None)
        yield _question(address.street, f"{town or ''} {address.zip_code}".strip(), whole.fields())
    if town:
        yield _question(address.street, town, address.fields() - {"postal_code"})


def _question(street: str, town: str, fields: frozenset[str]) -> Request:
    return Request(method="GET", path=PATHS[PROFILE], params={"address1": street, "address2": town}, fields=fields)


def _follow_up(report: str, parcel_id: str) -> Request:
    return Request(method="GET", path=PATHS[report], params={"attomid": parcel_id})


def _value(response: Response) -> int | None:
    return next(filter(None, map(modelled_value, properties(response))), None)


def _permits(response: Response) -> tuple[Permit, ...]:
    return next(filter(None, map(permits, properties(response))), ())


def _status(response: Response) -> tuple[int, str]:
    """What an answer is, and its message in lower case. The message decides, whatever the status.

    An error with status 200 is named by its code; a negative code means an invalid question.
    """
    body = envelope(response)
    status = member(body, "status") or member(body, "response", "status")
    said = (text(status, "msg") or "").lower()
    if response.status >= 300 or not said or said.startswith("success") or items(body, "property"):
        return response.status, said
    if said == "unauthorized":
        return 401, said
    code = int(number(status, "code") or 0)
    return (400 if code < 0 else code if code >= 400 else 500), said


def _wrong_shape(request: Request, response: Response) -> ProviderError | None:
    """Checked here, before an answer is booked and kept: a lookup goes on without a follow-up that can't be read."""
    body = envelope(response)
    if not (isinstance(body, dict) and {"status", "property"} & body.keys()):
        return BadAnswer(f"the answer (status {response.status}) has the wrong shape")
    return unreadable(response, read=lambda answer: legible(list, map(_READ[request.path], entries(answer))))
