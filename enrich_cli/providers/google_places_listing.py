"""A place as Google lists it. Members and whole blocks without a value are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from enrich_cli.domain.business import Business, Review
from enrich_cli.domain.merge import filled
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.providers.google_places_hours import hours_of
from enrich_cli.providers.reading import count, items, known, known_places, member, number, text
from enrich_cli.providers.web_addresses import host

_PRICE_LEVELS: Mapping[str | None, int] = MappingProxyType(
    {
        "PRICE_LEVEL_FREE": 0,
        "PRICE_LEVEL_INEXPENSIVE": 1,
        "PRICE_LEVEL_MODERATE": 2,
        "PRICE_LEVEL_EXPENSIVE": 3,
        "PRICE_LEVEL_VERY_EXPENSIVE": 4,
    }
)
_NO_CATEGORIES = frozenset({"point_of_interest", "establishment"})


class Listing(NamedTuple):
    """A place in an answer, and what it says about its business."""

    place: object
    business: Business


def listings_of(places: Iterable[object]) -> list[Listing]:
    """The places in the answer that say something about their business."""
    listings = (Listing(place, _business(place)) for place in places)
    return [listing for listing in listings if filled(listing.business)]


def _business(place: object) -> Business:
    """The vendor knows nothing of its registration."""
    return Business(
        name=text(place, "displayName", "text"),
        rating=_stars(place),
        review_count=count(place, "userRatingCount"),
        reviews=tuple(_reviews(place)),
        hours=hours_of(place),
        business_status=text(place, "businessStatus"),
        price_level=_PRICE_LEVELS.get(text(place, "priceLevel")),
        phone=text(place, "internationalPhoneNumber") or text(place, "nationalPhoneNumber"),
        website=text(place, "websiteUri"),
        address=text(place, "formattedAddress"),
        categories=known(_category(place)),
    )


def identity_of(place: object, asked_by: frozenset[str]) -> Identity:
    """The evidence of a place that was found by these customer fields."""
    return Identity(
        asked_by=asked_by,
        phones=known(text(place, "internationalPhoneNumber"), text(place, "nationalPhoneNumber")),
        companies=known(text(place, "displayName", "text")),
        domains=known(host(text(place, "websiteUri"))),
        places=_places(place),
    )


def without_predecessors(listings: Sequence[Listing]) -> list[Listing]:
    """The listings without those whose business has moved to another of them."""
    ids = {text(listing.place, "id") for listing in listings} - {None}
    return [listing for listing in listings if text(listing.place, "movedPlaceId") not in ids]


def _category(place: object) -> str | None:
    types = (kind for kind in items(place, "types") if isinstance(kind, str) and kind not in _NO_CATEGORIES)
    return text(place, "primaryTypeDisplayName", "text") or text(place, "primaryType") or next(types, None)


def _stars(rated: object) -> float | None:
    """A rating, which is from 1 to 5."""
    rating = number(rated, "rating")
    return rating if rating is not None and 1 <= rating <= 5 else None


def _reviews(place: object) -> Iterator[Review]:
    for entry in items(place, "reviews"):
        review = Review(
            author=text(entry, "authorAttribution", "displayName"),
            rating=_stars(entry),
            text=text(entry, "text", "text") or text(entry, "originalText", "text"),
            time=text(entry, "publishTime"),
        )
        if review != Review():
            yield review


def _places(place: object) -> tuple[Place, ...]:
    address = member(place, "postalAddress")
    lines = (line for line in items(address, "addressLines") if isinstance(line, str))
    found = Place(
        address=", ".join(known(*lines)) or None,
        city=text(address, "locality"),
        state=text(address, "administrativeArea"),
        postal_code=text(address, "postalCode"),
        country=text(address, "regionCode"),
    )
    return known_places(found) or known_places(Place(address=text(place, "formattedAddress")))
