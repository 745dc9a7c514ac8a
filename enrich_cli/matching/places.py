"""Does the place agree? This is weak evidence: people move, and share their town with many."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.regions import country_code, region_code
from enrich_cli.matching.slips import are_two_sides
from enrich_cli.matching.street_words import DIRECTIONS, SPELT_OUT
from enrich_cli.matching.streets import same_house
from enrich_cli.matching.text import REMEMBERED, comparable, folded, words
from enrich_cli.matching.vocabulary import CITIES, word_set, word_table
from enrich_cli.matching.weights import Evidence, best

_ZIP = re.compile(r"(\d{5})-?\d{4}")
_REGION = 2
"""How many first characters of a postal code stand for a region in most countries."""
_SAME_CITY_FROM = 83.0
"""Similarity, 0..100, as given by rapidfuzz."""
_PARTS = re.compile(r"[,(/)]")
_DISTRICT = re.compile(r"\d+\w*")
"""Of a city: Paris 5e, Dublin 4."""
_NEARBY = word_set("a am an d der im i in bei o ob v vor sur en les upon under on next")
"""What precedes the river, wood or region that distinguishes towns of one name, and is often left out."""
_KINDS = word_table("""
    city
    township twp
""")
"""Of towns: two of them may have one name in one county."""
_NOT_OF_ITS_NAME = word_set("city of township twp arrondissement")
_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}


def compare_places(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare city, state, postal code and country with every place of the identity."""
    return best(_compare(customer, place) for place in identity.places)


def _compare(customer: Customer, place: Place) -> Evidence | None:
    """The strongest disagreement counts, else the closest agreement. Another postal code counts only within one city.

    Different countries use the same postal codes, so an equal one says nothing if both city and state disagree.
    """
    country = _same_by_code(country_code, customer.country, place.country)
    if country is False:
        return Evidence.COUNTRY_OTHER
    city = _same_town(customer, place)
    same_code = _same_postal_code(customer.postal_code, place.postal_code)
    if same_code and city:
        return Evidence.CITY_AND_POSTAL_CODE_SAME
    state = _same_by_code(region_code, customer.state, place.state)
    if same_code and not (city is False and state is False):
        return Evidence.POSTAL_CODE_SAME
    if state is False:
        return Evidence.STATE_OTHER
    if city is False:
        codes_differ = customer.postal_code and place.postal_code
        if not codes_differ and same_house(customer.address, place.address):
            return Evidence.CITY_NAMED_OTHERWISE
        return Evidence.CITY_OTHER_NEAR if state else Evidence.CITY_OTHER
    if city:
        return _of_one_city(customer.postal_code, place.postal_code)
    if state:
        return Evidence.STATE_SAME
    if _far_apart(customer.postal_code, place.postal_code):
        return Evidence.POSTAL_AREA_OTHER
    return Evidence.COUNTRY_SAME if country else None


def _same_by_code(code_of: Callable[[str], str | None], one: str | None, other: str | None) -> bool | None:
    """Is it one country or state, by its words or its code? None if either is missing or unknown."""
    if not one or not other:
        return None
    if words(one) == words(other):
        return True
    ours, theirs = code_of(one), code_of(other)
    return ours == theirs if ours and theirs else None


def _same_town(customer: Customer, place: Place) -> bool | None:
    if not customer.city or not place.city:
        return None
    same = _same_city(customer.city, place.city)
    return False if same and _are_two_of_one_name(customer, place) else same


def _are_two_of_one_name(customer: Customer, place: Place) -> bool:
    """Does only one side say what its town lies at, and are the postal codes far apart? Hastings-on-Hudson is not
    any Hastings. What follows a comma is only a state or a district.
    """
    one, other = customer.city or "", place.city or ""
    if one == other or "," in one + other or not _far_apart(customer.postal_code, place.postal_code):
        return False
    return _is_short_for(one, other) or _is_short_for(other, one)


@lru_cache(maxsize=REMEMBERED)
def _same_city(one: str, other: str) -> bool | None:
    ours, theirs = _city(one), _city(other)
    if not ours or not theirs or not comparable(ours, theirs):
        return None
    if ours == theirs:
        return one == other or not _are_two_kinds(one, other)
    if are_two_sides(ours, theirs) or _is_a_side_of(ours, theirs) or _is_a_side_of(theirs, ours):
        return False
    if _is_short_for(one, other) or _is_short_for(other, one):
        return True
    if ours.split(" ")[0] == theirs.split(" ")[0] and _lie_at_one(one, other):
        return True
    if fuzz.ratio(ours, theirs) >= _SAME_CITY_FROM or ours.replace(" ", "") == theirs.replace(" ", ""):
        return True
    return fuzz.ratio(folded(one), folded(other)) >= _SAME_CITY_FROM


def _same_postal_code(one: str | None, other: str | None) -> bool:
    return bool(one and other and _postal_code(one) == _postal_code(other))


def _of_one_city(one: str | None, other: str | None) -> Evidence:
    """What the postal codes add: swapped digits are a slip; one other digit is either that or the next district."""
    if not one or not other:
        return Evidence.CITY_SAME
    ours, theirs = _postal_code(one), _postal_code(other)
    if sorted(ours) == sorted(theirs):
        return Evidence.POSTAL_CODE_ALIKE
    return Evidence.CITY_SAME if OSA.distance(ours, theirs) == 1 else Evidence.POSTAL_CODE_OTHER


def _far_apart(one: str | None, other: str | None) -> bool:
    """Do the codes begin differently, and not by a slip? Their digits go from the region down to the street."""
    if not one or not other:
        return False
    ours, theirs = _postal_code(one), _postal_code(other)
    return ours[:_REGION] != theirs[:_REGION] and sorted(ours) != sorted(theirs) and OSA.distance(ours, theirs) > 1


def _city(text: str) -> str:
    plain = [_spelt_out(word) for word in words(text) if word not in _NOT_OF_ITS_NAME]
    if len(plain) > 1 and _DISTRICT.fullmatch(plain[-1]):
        plain.pop()
    return CITIES.get("".join(plain)) or " ".join(plain)


def _spelt_out(word: str) -> str:
    direction = DIRECTIONS.get(word, word)
    return SPELT_OUT.get(word) or _SIDES.get(direction, direction)


def _is_a_side_of(one: str, other: str) -> bool:
    """Is one town named with a direction, and the other without? East Hartford is a town beside Hartford."""
    side, _, rest = one.partition(" ")
    return bool(rest) and side in _SIDES.values() and not other.startswith(side)


def _is_short_for(one: str, other: str) -> bool:
    """Does the other name the same town, and also its district or what it lies at: Halle (Saale), Sample-upon-Avon?"""
    parts = _PARTS.split(other)
    if len(parts) > 1:
        return _city(one) in [_city(part) for part in parts if part.strip()]
    city, longer = _city(one), _city(other)
    return longer.startswith(f"{city} ") and longer[len(city) :].split()[0] in _NEARBY


def _lie_at_one(one: str, other: str) -> bool:
    """Do both name a town and what it lies at, one in short: Halle/Westf., Halle in Westfalen?"""
    ours, theirs = ([word for word in words(text) if word not in _NEARBY] for text in (one, other))
    if not _PARTS.search(one + other) and _NEARBY.isdisjoint(words(one) + words(other)):
        return False
    if len(ours) != len(theirs) or len(ours) < 2 or ours[0] != theirs[0]:
        return False
    return all(word.startswith(short) or short.startswith(word) for word, short in zip(ours, theirs, strict=True))


def _are_two_kinds(one: str, other: str) -> bool:
    """Is one the city, and the other the township of that name?"""
    ours, theirs = ({_KINDS[word] for word in words(text) if word in _KINDS} for text in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _postal_code(text: str) -> str:
    """Without blanks and case; a US code without its last four digits."""
    code = text.replace(" ", "").upper()
    us = _ZIP.fullmatch(code)
    return us[1] if us else code
