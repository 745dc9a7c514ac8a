"""CoreLogic (Cotality) property API v2: one US property by its postal address, then the reports about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Found, NotFound
from enrich_cli.domain.property import Property
from enrich_cli.providers.base import Provider
from enrich_cli.providers.corelogic_property import clips, detailed, found, identity, modelled_value, owned, permits
from enrich_cli.providers.corelogic_token import TOKEN_PATH, not_sold, token_in
from enrich_cli.providers.errors import BadAnswer, InvalidCredentials, NotInPlan, ProviderError, no_such_path
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Requests, Response
from enrich_cli.providers.reading import items, json_object, json_or_none, member, text, unreadable
from enrich_cli.providers.reports import Reports, listed
from enrich_cli.providers.us_addresses import UsAddress, located, us_address

if TYPE_CHECKING:
    from enrich_cli.providers.corelogic_auth import ClientCredentials
    from enrich_cli.settings import VendorOptions

SEARCH, DETAIL, PERMITS, AVM = "search", "detail", "permits", "avm"
REPORTS = "detail,permits"
"""What is bought by default."""
_ROOT = "/v2/properties/"
_MEMBERS = {
    SEARCH: frozenset({"items", "metadata", "messages"}),
    DETAIL: frozenset(
        {"buildings", "ownership", "siteLocation", "taxAssessment", "mostRecentOwnerTransfer", "lastMarketSale"}
    ),
    PERMITS: frozenset({"items", "meta", "messages"}),
    AVM: frozenset({"summary"}),
}
"""Members of the answer to each call; any one of them distinguishes it from another API's answer."""
_READ: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {SEARCH: clips, DETAIL: partial(detailed, Property()), PERMITS: permits, AVM: modelled_value}
)
"""What is read of the answer to each call."""
_ENDINGS = {DETAIL: "/property-detail", PERMITS: "/building-permits", AVM: "/avm/thv/thvMarketing/summary"}


class CoreLogic(Provider):
    """Documentation: https://developer.corelogic.com. The billing unit is one call; prices depend on the contract.

    The search finds the property and is always bought; the reports follow if it is the customer's.
    """

    name = "corelogic"
    data_type = DataType.PROPERTY
    keys = ("CORELOGIC_API_KEY", "CORELOGIC_API_SECRET")
    base_url = "https://api1.cotality.com"
    rate = "5/1s"
    price = None
    unit = "call"
    hit_price = "1 call each: search, detail, permits, AVM"
    miss_price = "nothing or 1 call, in doubt"
    needs = (frozenset({"address", "city", "state"}), frozenset({"address", "postal_code"}))
    reads = frozenset({"address", "city", "state", "postal_code", "country"})

    def __init__(self, reports: str = REPORTS, token_url: str | None = None) -> None:
        self._reports = Reports(listed(reports))
        self._token_url = token_url

    def configured(self, options: VendorOptions) -> CoreLogic:
        return CoreLogic(options.corelogic_reports or REPORTS, options.corelogic_token_url)

    def can_ask(self, customer: Customer) -> bool:
        """Is there an address that can be a property in the US?"""
        return us_address(customer) is not None

    def auth(self, *keys: str) -> ClientCredentials:
        from enrich_cli.providers.corelogic_auth import ClientCredentials  # noqa: PLC0415 httpx is slow to load

        key, secret = keys
        return ClientCredentials(key, secret, self._token_url)

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        question = _search(located(customer))
        places = _places((yield question))
        if not places:
            return NotFound()
        candidates = [identity(place, question.fields) for place in places]
        chosen = choose(candidates)
        best = chosen or 0
        data = found(places[best])
        outcome = Found.among(candidates, best, data)
        if chosen is None:
            return outcome
        clip = text(places[best], "clip") or ""
        if DETAIL in self._reports:
            response = yield _report(DETAIL, clip)
            if response.status == 404:
                return NotFound()
            detail = json_object(response)
            outcome = replace(outcome, data=detailed(data, detail), identity=owned(outcome.identity, detail))
        for report, field in ((PERMITS, "permits"), (AVM, "market_value")):
            outcome = yield from self._reports.buy(report, _report(report, clip), outcome, field, _reader(report))
        return outcome

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE + len(self._reports)

    def requests(self, wanted: frozenset[str]) -> Requests:
        """The search, then the reports."""
        return Requests(hit=1 + len(self._reports))

    def probe(self) -> Probe:
        """The token alone: it proves key and secret, and uses no product."""
        yield Request(method="POST", path=TOKEN_PATH, most=NOTHING)
        return "what is left, and which products are in the contract, is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        """A miss is in doubt: whether it is charged is not published."""
        return Charge(ONE) if _tells(request, response) else Charge(in_doubt=ONE)

    def lacks(self, request: Request) -> bool:
        return self._reports.lack(_asks_for(request))

    def error(self, request: Request, response: Response) -> ProviderError | None:
        if request.path == TOKEN_PATH:
            return _no_token(response)
        status = response.status
        if status < 300:
            return unreadable(response) or _wrong_shape(request, response)
        if status == 404:
            return _wrong_address(response)
        if status == 403 or (status == 401 and not_sold(response.body)):
            refused = NotInPlan if _asks_for(request) in (PERMITS, AVM) else InvalidCredentials
            return refused(f"the product is not in the contract (status {status})")
        return super().error(request, response)


def _no_token(response: Response) -> ProviderError | None:
    try:
        token_in(response)
    except ProviderError as error:
        return error
    return None


def _search(address: UsAddress) -> Request:
    """The whole address. With a wrong ZIP the vendor finds nothing, but asking again may cost again."""
    params = {
        "streetAddress": address.street,
        "city": address.city,
        "state": address.state,
        "zipCode": address.zip_code,
        "bestMatch": "true",
    }
    return Request(
        method="GET",
        path=_ROOT + SEARCH,
        params={name: value for name, value in params.items() if value},
        fields=address.fields(),
    )


def _report(name: str, clip: str) -> Request:
    return Request(method="GET", path=_ROOT + quote(clip, safe="") + _ENDINGS[name])


def _reader(report: str) -> Callable[[Response], object]:
    return lambda response: _READ[report](json_or_none(response))


def _asks_for(request: Request) -> str:
    return next((name for name, ending in _ENDINGS.items() if request.path.endswith(ending)), SEARCH)


def _places(response: Response) -> list[object]:
    """The properties of a search; none if it is a miss, whose body may be empty."""
    return items(json_or_none(response), "items")


def _tells(request: Request, response: Response) -> bool:
    """Is it a hit?"""
    if response.status >= 300:
        return False
    body, asked_for = json_object(response), _asks_for(request)
    if asked_for in (SEARCH, PERMITS):
        return bool(items(body, "items"))
    return modelled_value(body) is not None if asked_for == AVM else bool(body)


def _wrong_shape(request: Request, response: Response) -> ProviderError | None:
    """A search says that it found nothing, or the id for further questions; a report may be empty.

    Checked here, before an answer is booked and kept: a lookup goes on without permits or a value that can't be read.
    """
    body, asked_for = json_object(response), _asks_for(request)
    is_empty_report = not body and asked_for != SEARCH
    has_ids = asked_for != SEARCH or all(clips(body))
    if not (is_empty_report or (_MEMBERS[asked_for] & body.keys() and has_ids)):
        return BadAnswer(f"the answer (status {response.status}) has the wrong shape")
    return unreadable(response, read=lambda answer: legible(_READ[asked_for], json_object(answer)))


def _wrong_address(response: Response) -> ProviderError | None:
    """A 404 that says nothing about a property; None if it is a miss."""
    if response.body and (unreadable(response) or member(json_or_none(response), "fault")):
        return no_such_path()
    return None
