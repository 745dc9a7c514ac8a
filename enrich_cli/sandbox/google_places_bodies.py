"""The place objects of Google Places, according to its sheet. Members without a value are left out, never null."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from enrich_cli.sandbox.companies import Business, Place, business_behind
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.states import state_called
from enrich_cli.sandbox.words import FAMILY_NAMES, GIVEN_NAMES

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_PRAISE = (
    "Friendly and on time.",
    "Would come again.",
    "Fair prices.",
    "A bit of a wait, but worth it.",
    "Great work.",
)
_OPTIONAL = (
    *("nationalPhoneNumber", "internationalPhoneNumber", "websiteUri", "priceLevel", "regularOpeningHours"),
    *("reviews", "primaryTypeDisplayName"),
)
_PRICES = ("INEXPENSIVE", "MODERATE", "EXPENSIVE", "VERY_EXPENSIVE", "UNSPECIFIED")
_PREFIX = "ChIJ"

Span = tuple[int, int, int, int, int]
"""Day of opening, hour and minute of opening and of closing; a closing not later than the opening is on
the next day.
"""


def place_id(business: Business) -> str:
    """An opaque id, from which `business_of` recovers what it stands for."""
    place = business.place
    where = (place.street, place.city, place.state, place.postal_code, place.country)
    parts = (business.whole_name, business.phone, business.domain, where)
    return _PREFIX + base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def business_of(seed: int, identifier: str) -> Business | None:
    """The business that an id stands for; None for an id that was never given out."""
    encoded = identifier.removeprefix(_PREFIX)
    try:
        name, phone, domain, where = orjson.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
        street, city, state, postal_code, country = where
    except (TypeError, ValueError):
        return None
    place = Place(street=street, city=city, state=state, postal_code=postal_code, country=country)
    return replace(business_behind(seed, name, place), phone=phone, domain=domain)


def place_found(seed: int, business: Business) -> dict[str, Any]:
    """A place with every field that the vendor has for it."""
    identifier, full = place_id(business), "hit" in business.marks
    draw = Draw(seed, "google_places", "place", identifier)
    out_and_about = is_service_area(seed, business)
    place: dict[str, Any] = {
        "id": identifier,
        "name": f"places/{identifier}",
        "displayName": {"text": business.name if full else _spelled(business, draw), "languageCode": "en"},
        "types": [business.trade.type, "point_of_interest", "establishment"],
        "primaryType": business.trade.type,
        "primaryTypeDisplayName": {"text": business.trade.label, "languageCode": "en-US"},
        "businessStatus": "OPERATIONAL" if full or draw.chance(0.95) else "CLOSED_TEMPORARILY",
        "pureServiceAreaBusiness": out_and_about,
        "googleMapsUri": f"https://maps.example.com/?cid={draw.number(1, 60_000)}",
        "websiteUri": f"https://www.{business.domain}/",
        "priceLevel": f"PRICE_LEVEL_{draw.pick(_PRICES)}",
        **_address(business.place, without_street=out_and_about),
        **_phones(business.phone),
        **_opinions(draw, identifier, rated=full or draw.chance(0.9)),
        "regularOpeningHours": _hours(draw, around_the_clock=not full and draw.chance(0.05)),
    }
    if not full:
        for name in _OPTIONAL:
            if draw.chance(0.07):
                place.pop(name, None)
    return place


def _spelled(business: Business, draw: Draw) -> str:
    """The name as this directory happens to write it."""
    share = draw.share()
    if share < 0.05 and business.place.city:
        return f"{business.name} - {business.place.city}"
    return business.name.replace("&", "and") if share < 0.3 else business.name


def is_service_area(seed: int, business: Business) -> bool:
    """Has the business no shop to go to?"""
    asked = Draw(seed, "google_places", "service area", business.key)
    return business.trade.type == "plumber" and not business.marks and asked.chance(0.5)


def _address(place: Place, *, without_street: bool) -> dict[str, Any]:
    state = state_called(place.state) if place.country == "US" else None
    postal = {
        "regionCode": place.country,
        "languageCode": "en-US" if place.country == "US" else "en",
        "postalCode": place.postal_code,
        "administrativeArea": state.name if state else place.state,
        "locality": place.city,
    }
    known: dict[str, Any] = {name: value for name, value in postal.items() if value}
    if without_street:
        return {"postalAddress": known}
    country = "USA" if place.country == "US" else place.country
    region = f"{place.state} {place.postal_code}".strip()
    line = ", ".join(part for part in (place.street, place.city, region, country) if part)
    return {"formattedAddress": line, "postalAddress": {**known, "addressLines": [place.street]}}


def _phones(phone: str) -> dict[str, str]:
    if phone.startswith("+1") and len(phone) == 12:
        area, exchange, line = phone[2:5], phone[5:8], phone[8:]
        return {
            "nationalPhoneNumber": f"({area}) {exchange}-{line}",
            "internationalPhoneNumber": f"+1 {area}-{exchange}-{line}",
        }
    return {"internationalPhoneNumber": f"{phone[:3]} {phone[3:]}"} if phone else {}


def _opinions(draw: Draw, identifier: str, *, rated: bool) -> dict[str, Any]:
    if not rated:
        return {}
    count = draw.number(1, 400)
    reviews = [_review(draw, f"places/{identifier}/reviews/r{number}") for number in range(min(count, 5))]
    return {"rating": draw.number(28, 50) / 10, "userRatingCount": count, "reviews": reviews}


def _review(draw: Draw, name: str) -> dict[str, Any]:
    author = f"{draw.pick(GIVEN_NAMES)} {draw.pick(FAMILY_NAMES)}"
    review: dict[str, Any] = {
        "name": name,
        "rating": draw.number(1, 5),
        "publishTime": f"{draw.day(2026, months=10)}T14:03:11Z",
        "relativePublishTimeDescription": "some months ago",
        "authorAttribution": {"displayName": author, "uri": "https://maps.example.com/contrib/1"},
        "googleMapsUri": "https://maps.example.com/review/1",
    }
    if draw.chance(0.8):
        text = {"text": draw.pick(_PRAISE), "languageCode": "en"}
        review |= {"text": text, "originalText": text}
    return review


def _hours(draw: Draw, *, around_the_clock: bool) -> dict[str, Any]:
    if around_the_clock:
        days = [f"{day}: Open 24 hours" for day in (*_DAYS[1:], _DAYS[0])]
        return {"openNow": True, "periods": [{"open": _moment(0, 0, 0)}], "weekdayDescriptions": days}
    opens, closes = draw.pick((7, 8, 9, 10)), draw.pick((16, 17, 18))
    spans: list[Span]
    match draw.number(0, 3):
        case 0:
            spans = [(day, opens, 0, closes, 30) for day in range(1, 6)]
        case 1:
            spans = [(day, opens, 30, closes, 0) for day in range(7)]
        case 2:
            spans = [span for day in range(2, 7) for span in ((day, opens, 0, 12, 0), (day, 13, 30, closes, 0))]
        case _:
            spans = [(day, 18, 0, 2, 0) for day in range(4, 7)]
    described = [f"{day}: {_described(spans, day)}" for day in (*_DAYS[1:], _DAYS[0])]
    return {"openNow": True, "periods": [_period(span) for span in spans], "weekdayDescriptions": described}


def _period(span: Span) -> dict[str, Mapping[str, int]]:
    day, opens, minute, closes, closing_minute = span
    last = (day + 1) % 7 if closes < opens else day
    return {"open": _moment(day, opens, minute), "close": _moment(last, closes, closing_minute)}


def _moment(day: int, hour: int, minute: int) -> dict[str, int]:
    return {"day": day, "hour": hour, "minute": minute}


def _described(spans: list[Span], day: str) -> str:
    texts = [
        f"{_clock(opens, minute)} – {_clock(closes, last)}"
        for number, opens, minute, closes, last in spans
        if _DAYS[number] == day
    ]
    return ", ".join(texts) or "Closed"


def _clock(hour: int, minute: int) -> str:
    return f"{(hour - 1) % 12 + 1}:{minute:02}\u202f{'AM' if hour < 12 else 'PM'}"
