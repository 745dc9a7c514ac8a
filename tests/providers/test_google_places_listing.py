"""A place as Google lists it, read through Google Places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from enrich_cli.domain.business import Business, Review
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.providers.google_places import GooglePlaces

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

GOOGLE = GooglePlaces()
ACME = {"company": "Acme Dental Care", "city": "Chicago"}
LISTING: dict[str, object] = orjson.loads((Path(__file__).parent / "bodies" / "google_places.json").read_bytes())
NAME_ALONE = {"displayName": {"text": "Acme Dental Care"}}


def business(wire: Wire, place: object) -> Business:
    found: Business = wire.find(GOOGLE, ACME, (200, {"places": [place]})).data
    return found


def test_a_full_listing_fills_all_but_the_registration(wire: Wire) -> None:
    assert business(wire, LISTING) == Business(
        name="Acme Dental Care",
        rating=4.6,
        review_count=213,
        reviews=(Review(author="Sam Sample", rating=5, text="Gentle and on time.", time="2026-08-02T14:03:11Z"),),
        hours={
            "monday": (("09:00", "17:30"),),
            "tuesday": (),
            "wednesday": (),
            "thursday": (),
            "friday": (("18:00", "02:00"),),
            "saturday": (),
            "sunday": (),
        },
        business_status="OPERATIONAL",
        price_level=2,
        phone="+1 312-555-0142",
        website="https://www.acme-dental.example.com/",
        address="120 Example Ave Suite 4, Chicago, IL 60601, USA",
        categories=("Dentist",),
    )


def test_name_phone_domain_and_place_are_evidence(wire: Wire) -> None:
    assert wire.find(GOOGLE, ACME, (200, {"places": [LISTING]})).identity == Identity(
        asked_by=frozenset({"company", "city"}),
        phones=("+1 312-555-0142", "(312) 555-0142"),
        companies=("Acme Dental Care",),
        domains=("acme-dental.example.com",),
        places=(
            Place(
                address="120 Example Ave Suite 4",
                city="Chicago",
                state="Illinois",
                postal_code="60601",
                country="US",
            ),
        ),
    )


@pytest.mark.parametrize("nothing", [None, "", {}, ["?"], [None], -1])
def test_any_block_may_say_nothing(wire: Wire, nothing: object) -> None:
    place = NAME_ALONE | {block: nothing for block in LISTING if block not in ("displayName", "websiteUri")}
    said = business(wire, place)
    assert (said.name, said.rating, said.review_count, said.reviews, said.price_level, dict(said.hours)) == (
        "Acme Dental Care",
        None,
        None,
        (),
        None,
        {},
    )


def test_a_name_alone_is_a_business(wire: Wire) -> None:
    found = wire.find(GOOGLE, ACME, (200, {"places": [NAME_ALONE | {"newField": [1]}]}))
    assert found.data == Business(name="Acme Dental Care")
    assert found.identity == Identity(asked_by=frozenset({"company", "city"}), companies=("Acme Dental Care",))


def test_a_business_without_a_shop_has_no_address(wire: Wire) -> None:
    at_large = {name: value for name, value in LISTING.items() if "Address" not in name}
    found = wire.find(GOOGLE, ACME, (200, {"places": [at_large | {"pureServiceAreaBusiness": True}]}))
    assert (found.data.address, found.data.phone, found.identity.places) == (None, "+1 312-555-0142", ())


def test_an_address_in_one_text_is_a_place_too(wire: Wire) -> None:
    place = NAME_ALONE | {"formattedAddress": "1 High St, Leeds"}
    assert wire.find(GOOGLE, ACME, (200, {"places": [place]})).identity.places == (Place(address="1 High St, Leeds"),)


def test_a_number_without_a_country_code_is_better_than_none(wire: Wire) -> None:
    assert business(wire, NAME_ALONE | {"nationalPhoneNumber": "(312) 555-0142"}).phone == "(312) 555-0142"


@pytest.mark.parametrize(
    ("level", "number"),
    [
        ("PRICE_LEVEL_FREE", 0),
        ("PRICE_LEVEL_INEXPENSIVE", 1),
        ("PRICE_LEVEL_MODERATE", 2),
        ("PRICE_LEVEL_EXPENSIVE", 3),
        ("PRICE_LEVEL_VERY_EXPENSIVE", 4),
        ("PRICE_LEVEL_UNSPECIFIED", None),
        ("PRICE_LEVEL_NEW", None),
    ],
)
def test_price_levels_are_numbers(wire: Wire, level: str, number: int | None) -> None:
    assert business(wire, NAME_ALONE | {"priceLevel": level}).price_level == number


def test_an_unknown_status_is_kept_as_it_is(wire: Wire) -> None:
    assert business(wire, NAME_ALONE | {"businessStatus": "ON_VACATION"}).business_status == "ON_VACATION"


@pytest.mark.parametrize(
    ("kinds", "category"),
    [
        ({"primaryTypeDisplayName": {"text": "Dentist"}, "primaryType": "dentist"}, ("Dentist",)),
        ({"primaryType": "dentist", "types": ["health"]}, ("dentist",)),
        ({"types": ["establishment", "point_of_interest", 7, "health", "dentist"]}, ("health",)),
        ({"types": ["establishment"]}, ()),
    ],
)
def test_the_most_telling_kind_is_the_category(wire: Wire, kinds: dict[str, object], category: tuple[str, ...]) -> None:
    assert business(wire, NAME_ALONE | kinds).categories == category


def test_a_review_may_be_stars_alone_or_in_its_own_language(wire: Wire) -> None:
    reviews = [{"rating": 4}, {"rating": 5, "originalText": {"text": "Très bien"}}, {}, "?"]
    assert business(wire, NAME_ALONE | {"reviews": reviews}).reviews == (
        Review(rating=4),
        Review(rating=5, text="Très bien"),
    )


@pytest.mark.parametrize(("rating", "read"), [("4.5", 4.5), (0, None), (6, None), ("good", None)])
def test_a_rating_is_from_one_to_five(wire: Wire, rating: object, read: float | None) -> None:
    assert business(wire, NAME_ALONE | {"rating": rating}).rating == read
    reviews = [{"rating": rating, "text": {"text": "Fine"}}]
    assert business(wire, NAME_ALONE | {"reviews": reviews}).reviews == (Review(rating=read, text="Fine"),)


@pytest.mark.parametrize(("count", "read"), [("213", 213), (0, 0), (1.5, None), (1e300, None)])
def test_reviews_are_counted_in_whole_numbers(wire: Wire, count: object, read: int | None) -> None:
    assert business(wire, NAME_ALONE | {"userRatingCount": count}).review_count == read


def test_names_of_every_script_stay_what_they_are(wire: Wire) -> None:
    assert business(wire, {"displayName": {"text": "東京歯科"}}).name == "東京歯科"
