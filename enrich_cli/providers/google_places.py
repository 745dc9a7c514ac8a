"""Google Places API (New), Text Search: a business by name and place, or by phone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Found, Identity, NotFound
from enrich_cli.providers.addresses import street, two_letter_country
from enrich_cli.providers.auth import HeaderKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.companies import company_name
from enrich_cli.providers.errors import BadAnswer, ProviderError, Unavailable, no_such_path
from enrich_cli.providers.google_places_errors import delay, exhausted, refusal
from enrich_cli.providers.google_places_listing import identity_of, listings_of, without_predecessors
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Response
from enrich_cli.providers.phones import phone_number
from enrich_cli.providers.reading import json_list, json_object, text, unreadable

SEARCH = "/v1/places:searchText"
CANDIDATES = 5
"""How many places are asked for; the price does not depend on it."""

_MASK = (
    "id displayName formattedAddress postalAddress types primaryType primaryTypeDisplayName businessStatus"
    " pureServiceAreaBusiness googleMapsUri movedPlaceId attributions nationalPhoneNumber internationalPhoneNumber"
    " websiteUri rating userRatingCount priceLevel regularOpeningHours reviews"
)
_HEADERS: Mapping[str, str] = MappingProxyType(
    {"X-Goog-FieldMask": ",".join(f"places.{field}" for field in _MASK.split())}
)


class GooglePlaces(Provider):
    """Documentation: https://developers.google.com/maps/documentation/places/web-service/text-search.

    The billing unit is one search with reviews; a search that finds nothing costs as much.
    """

    name = "google_places"
    data_type = DataType.BUSINESS
    keys = ("GOOGLE_PLACES_API_KEY",)
    base_url = "https://places.googleapis.com"
    rate = "300/1m"
    price = Money.parse("0.040")
    unit = "search"
    hit_price = "1 search"
    miss_price = "1 search"
    terms = (
        "Google forbids keeping or exporting Places content (names, addresses, phones, ratings, hours, reviews): only"
        " place ids may be kept, and coordinates for 30 days. Keeping or exporting the rest is your own"
        " responsibility. What is shown needs the text Google Maps and the names of the reviews' authors."
    )
    needs = (
        frozenset({"company", "city"}),
        frozenset({"company", "postal_code"}),
        frozenset({"company", "address"}),
        frozenset({"company", "state"}),
        frozenset({"phone"}),
    )
    reads = frozenset({"company", "address", "city", "state", "postal_code", "country", "phone"})

    def can_ask(self, customer: Customer) -> bool:
        """Is there anything to ask by, apart from PO boxes, free mail as a company, and invalid phones?"""
        return _question(customer) is not None

    def auth(self, *keys: str) -> HeaderKey:
        return HeaderKey("X-Goog-Api-Key", keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        question = _question(customer)
        if question is None:
            return NotFound()
        response = yield question
        listings = without_predecessors(legible(listings_of, _places(response)))
        if not listings:
            return NotFound()
        identities = [_identity(listing.place, customer, question) for listing in listings]
        best = choose(identities) or 0
        return Found.among(identities, best, listings[best].business)

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def probe(self) -> Probe:
        """Searching for ids only is free, and proves key, API and billing."""
        yield Request(
            method="POST",
            path=SEARCH,
            json={"textQuery": "post office, New York", "pageSize": 1},
            headers={"X-Goog-FieldMask": "places.id"},
            most=NOTHING,
        )
        return "API and billing are in order; how much of the free allowance is left is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(ONE)

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        if status < 300:
            return unreadable(response, read=_places)
        if status == 429:
            return exhausted(response)
        if status >= 500:
            return Unavailable(f"the provider is in trouble (status {status})", delay(response))
        if status == 404 or unreadable(response):
            return no_such_path(status)
        return refusal(response) or super().error(request, response)


def _question(customer: Customer) -> Request | None:
    """By name and place, else by phone. A name alone would find what is near the caller."""
    company, where, region = company_name(customer), _where(customer), two_letter_country(customer.country)
    if company and where.keys() - {"country"}:
        state = " ".join(where[part] for part in ("state", "postal_code") if part in where)
        parts = (company, where.get("address"), where.get("city"), state, where.get("country"))
        query = ", ".join(part for part in parts if part)
        return _search(query, region, frozenset({"company", *where}))
    number = phone_number(customer.phone, customer.country) if customer.phone else None
    if number is None:
        return None
    told = frozenset({"phone", "country"} if region else {"phone"})
    return _search(f"+{number.calling_code} {number.national}", region or number.region, told)


def _where(customer: Customer) -> dict[str, str]:
    where = {
        "address": street(customer.address) if customer.address else None,
        "city": customer.city,
        "state": customer.state,
        "postal_code": customer.postal_code,
        "country": customer.country,
    }
    return {field: value for field, value in where.items() if value}


def _search(query: str, region: str | None, fields: frozenset[str]) -> Request:
    body: dict[str, object] = {
        "textQuery": query,
        "languageCode": "en",
        "pageSize": CANDIDATES,
        "includePureServiceAreaBusinesses": True,
    }
    if region:
        body["regionCode"] = region
    return Request(method="POST", path=SEARCH, json=body, headers=_HEADERS, fields=fields)


def _places(response: Response) -> list[object]:
    """The places of an answer; a miss has no such key. Raises BadAnswer."""
    body = json_object(response)
    if "error" in body:
        raise BadAnswer(f"the answer (status {response.status}) is an error")
    return json_list(response, "places") if "places" in body else []


def _identity(place: object, customer: Customer, question: Request) -> Identity:
    """A text search nearly always finds something: a place was found by phone only if it has that phone."""
    identity = identity_of(place, question.fields)
    if "phone" not in question.fields:
        return identity
    country = text(place, "postalAddress", "regionCode") or customer.country
    theirs = {phone_number(phone, country) for phone in identity.phones}
    ours = phone_number(customer.phone or "", customer.country)
    return identity if ours in theirs else replace(identity, asked_by=frozenset())
