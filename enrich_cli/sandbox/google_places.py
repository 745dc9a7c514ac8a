"""Google Places (New), as its sheet describes it: text search with several candidates, and details by place id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.companies import Business, business_behind, invented_street
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.google_places_bodies import business_of, is_service_area, place_found
from enrich_cli.sandbox.google_places_question import BadQuestion, Question, read_question
from enrich_cli.sandbox.states import STATES, fictional_phone
from enrich_cli.sandbox.vendor import HTML, NOTHING, About, Call, Refusals, Refused, Reply, Route, Vendor, as_json
from enrich_cli.sandbox.words import STREETS

_FREE = frozenset({"id", "name", "attributions", "movedPlaceId"})
_PRO = frozenset(
    (
        *("displayName", "formattedAddress", "postalAddress", "addressComponents", "types", "primaryType", "location"),
        *("primaryTypeDisplayName", "businessStatus", "googleMapsUri", "pureServiceAreaBusiness"),
    )
)
_ENTERPRISE = frozenset(
    (
        *("nationalPhoneNumber", "internationalPhoneNumber", "websiteUri", "rating", "userRatingCount", "priceLevel"),
        "regularOpeningHours",
    )
)
_ATMOSPHERE = frozenset({"reviews"})
_TIERS = (_FREE, _PRO, _ENTERPRISE, _ATMOSPHERE)
_SEARCH_UNITS = (NOTHING, Fraction(32, 40), Fraction(35, 40), Fraction(1))
"""What a search costs by the highest tier in its mask, as a share of the most expensive search."""
_DETAILS_UNITS = (NOTHING, Fraction(17, 40), Fraction(20, 40), Fraction(25, 40))
_STATUSES = {
    400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
_NO_SUCH_PAGE = Reply(404, b"<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)</title></html>", HTML)


class GooglePlaces(Vendor):
    """Charges every answered search by its mask, found or not. A bad key is a 400."""

    name = "google_places"
    price = Money.parse("0.040")
    knows = 0.80
    refusals: ClassVar[Refusals] = {
        "no key": (403, ""),
        "401": (400, "API_KEY_INVALID"),
        "402": (403, "BILLING_DISABLED"),
        "403": (403, "SERVICE_DISABLED"),
        "429": (429, "RATE_LIMIT_EXCEEDED SearchTextRequestPerMinutePerProject"),
        "credit": (429, "RATE_LIMIT_EXCEEDED SearchTextRequestPerDayPerProject"),
        "500": (500, ""),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {("POST", "/v1/places:searchText"): self._search, ("GET", "/v1/places/{}"): self._details}

    def key_of(self, call: Call) -> str:
        return call.headers.get("X-Goog-Api-Key") or call.query.get("key", "")

    def refusal(self, kind: str, call: Call) -> Reply:
        return _NO_SUCH_PAGE if kind == "404path" else super().refusal(kind, call)

    def error(self, status: int, words: str) -> Reply:
        """`words`: the reason, and the limit that was reached; or nothing."""
        reason, _, limit = words.partition(" ")
        return _error(status, "The request was not served.", _details_of(reason, limit) if reason else [])

    def _search(self, call: Call) -> Reply:
        mask = _mask(call, prefix="places.")
        try:
            question = read_question(call.body)
        except BadQuestion as bad:
            raise Refused(_error(400, str(bad))) from None
        places = [_masked(place_found(self.seed, business), mask) for business in self._candidates(question)]
        self.account.book(question.text, bool(places), _SEARCH_UNITS[_tier(mask)])
        return as_json(200, {"places": places[: question.size]} if places else {})

    def _details(self, call: Call) -> Reply:
        mask, identifier = _mask(call, prefix=""), call.parts[-1]
        if (business := business_of(self.seed, identifier)) is None:
            raise Refused(_error(404, "The Place ID is no longer valid."))
        self.account.book(identifier, found=True, units=_DETAILS_UNITS[_tier(mask)])
        return as_json(200, _masked(place_found(self.seed, business), mask))

    def _candidates(self, question: Question) -> list[Business]:
        """What a search finds, likeliest first; now and then that is a namesake elsewhere."""
        business = business_behind(self.seed, question.company, question.place, question.phone)
        draw, marks = Draw(self.seed, self.name, question.text), business.marks
        about = self.about(draw, marks)
        if about is About.NOTHING:
            # A text search nearly always finds something.
            return [self._stranger(business, draw)] if not marks and draw.chance(0.5) else []
        if about is About.ANOTHER:
            return [self._stranger(business, draw)]
        if is_service_area(self.seed, business) and not question.wants_service_areas:
            return []
        found = [business]
        if draw.chance(0.25):
            found.append(self._branch(business, draw))
        if draw.chance(0.12) and "hit" not in marks:
            found.insert(draw.number(0, 1), self._namesake(business, draw))
        return found

    def _stranger(self, business: Business, draw: Draw) -> Business:
        """Another business in the same town."""
        place = replace(business.place, street=invented_street(draw))
        return business_behind(self.seed, f"{draw.pick(STREETS).split()[0]} {business.trade.label}", place)

    def _branch(self, business: Business, draw: Draw) -> Business:
        """Another shop of the same business in the same town, with its own phone."""
        place = replace(business.place, street=invented_street(draw))
        phone = f"{business.phone[:-2]}{draw.number(0, 99):02}" if business.phone else ""
        return replace(business, place=place, phone=phone)

    def _namesake(self, business: Business, draw: Draw) -> Business:
        """A business of the same name in another state."""
        state = draw.pick([state for state in STATES if state.code != business.place.state])
        place = replace(business.place, city=state.city, state=state.code, postal_code=state.postal_code, country="US")
        phone = fictional_phone(state.area_code, draw.number(0, 99))
        return replace(business, place=place, phone=phone, domain=f"{state.code.lower()}-{business.domain}")


def _mask(call: Call, prefix: str) -> set[str]:
    """The fields of a place that the mask names. Raises Refused for a missing or wrong mask."""
    header = call.headers.get("X-Goog-FieldMask") or call.query.get("fields", "")
    if not header:
        raise Refused(_error(400, "FieldMask is a required parameter."))
    known = frozenset[str]().union(*_TIERS)
    fields = set()
    for path in header.split(","):
        field = path.removeprefix(prefix).split(".")[0] if path.startswith(prefix) else ""
        if path == "nextPageToken" and prefix:
            continue
        if field not in known:
            raise Refused(_error(400, "Error expanding 'fields' parameter: a path has no matching field."))
        fields.add(field)
    return fields


def _masked(place: dict[str, Any], mask: set[str]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name in mask}


def _tier(mask: Iterable[str]) -> int:
    """The highest tier of a mask, which alone determines the price."""
    return max((tier for tier, fields in enumerate(_TIERS) for name in mask if name in fields), default=0)


def _error(status: int, message: str, details: Iterable[dict[str, Any]] = ()) -> Reply:
    error = {"code": status, "message": message, "status": _STATUSES.get(status, "INTERNAL"), "details": list(details)}
    return as_json(status, {"error": error})


def _details_of(reason: str, limit: str) -> list[dict[str, Any]]:
    metadata = {"service": "places.googleapis.com"} | ({"quota_limit": limit} if limit else {})
    kind = "type.googleapis.com/google.rpc"
    info = {"@type": f"{kind}.ErrorInfo", "reason": reason, "domain": "googleapis.com", "metadata": metadata}
    retry = {"@type": f"{kind}.RetryInfo", "retryDelay": "2s"}
    return [info, retry] if "PerMinute" in limit else [info]
