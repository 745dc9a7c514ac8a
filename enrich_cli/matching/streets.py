"""Does the street line agree: house number, street, unit?"""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.addresses import Street, street
from enrich_cli.matching.street_words import DIRECTIONS, TYPES
from enrich_cli.matching.text import comparable
from enrich_cli.matching.weights import Evidence, best

_SAME_STREET_FROM, _SAME_LINE_FROM = 84.0, 90.0
"""Similarities, 0..100, as rapidfuzz gives them, of names and of lines with the types of their streets."""
_SHORT = 3
"""Letters of a word that tells no street apart."""
_ONE_HOUSE = frozenset({Evidence.STREET_SAME, Evidence.UNIT_MISSING, Evidence.UNIT_OTHER})


def compare_streets(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's street line with those of the places of the identity."""
    if not customer.address:
        return None
    ours = street(customer.address)
    return best(_compare(ours, street(place.address)) for place in identity.places if place.address)


def same_house(one: str | None, other: str | None) -> bool:
    """Do two street lines name one house, whatever they say of units?"""
    return bool(one and other) and _compare(street(one or ""), street(other or "")) in _ONE_HOUSE


def _compare(one: Street, other: Street) -> Evidence | None:
    if one.box or other.box:
        if one.box and other.box:
            return Evidence.STREET_SAME if one.box == other.box else Evidence.STREET_OTHER
        return None
    if not one.name or not other.name or not comparable(one.name, other.name):
        return None
    if not _same_name(one, other):
        return Evidence.STREET_PARTLY if _same_in_part(one, other) else Evidence.STREET_OTHER
    if not one.number or not other.number:
        return Evidence.STREET_ALONE
    if not _same_number(one, other):
        return Evidence.NUMBER_ALIKE if _is_slip(one.number, other.number) else Evidence.NUMBER_OTHER
    if _differ(one.direction, other.direction) or (one.name == other.name and _differ(one.type, other.type)):
        return Evidence.STREET_TYPE_OTHER
    if _differ(one.unit, other.unit):
        return Evidence.UNIT_OTHER
    return Evidence.STREET_SAME if one.unit == other.unit else Evidence.UNIT_MISSING


def _same_name(one: Street, other: Street) -> bool:
    if one.name == other.name:
        return True
    if any(name.isdigit() for name in (one.name, other.name)):
        return False
    if one.name in (other.name + other.type, other.name + other.direction):
        return True
    if other.name in (one.name + one.type, one.name + one.direction):
        return True
    if _begins(one, other) or _begins(other, one):
        return True
    shorter = min(len(one.name), len(other.name))
    if shorter >= 4 and (one.name.startswith(other.name) or other.name.startswith(one.name)):
        return one.number == other.number != ""
    if fuzz.ratio(one.name, other.name) >= _SAME_STREET_FROM:
        return True
    return one.number == other.number and _same_words(one, other)


def _begins(one: Street, other: Street) -> bool:
    """Is one all that the other tells before it names an estate? Ware Place is Ware Place, Example Farm."""
    return bool(one.type) and len(one.words) > 1 and one.words == other.words[: len(one.words)]


def _same_words(one: Street, other: Street) -> bool:
    """Are the words the same in another order, or with blanks in other places? So are lines that were swapped."""
    ours, theirs = _own_words(one), _own_words(other)
    if min(len(ours), len(theirs)) > 1:
        return fuzz.token_sort_ratio(" ".join(ours), " ".join(theirs)) >= _SAME_STREET_FROM
    if len(one.words) == len(other.words):
        return False
    return fuzz.ratio("".join(one.words), "".join(other.words)) >= _SAME_LINE_FROM


def _same_in_part(one: Street, other: Street) -> bool:
    """Does the same number stand with a name that both lines hold, whatever else of house or estate they tell?"""
    if one.number != other.number:
        return False
    pairs = ((ours, theirs) for ours in _own_words(one) for theirs in _own_words(other))
    return any(min(map(len, pair)) > _SHORT and fuzz.ratio(*pair) >= _SAME_STREET_FROM for pair in pairs)


def _own_words(line: Street) -> list[str]:
    return [word for word in line.words if word not in TYPES and word not in DIRECTIONS]


def _is_slip(one: str, other: str) -> bool:
    """Are the digits swapped, or is one missing? Another digit in its place is a neighbour's."""
    if sorted(one) == sorted(other):
        return True
    return abs(len(one) - len(other)) == 1 and min(len(one), len(other)) > 1 and OSA.distance(one, other) == 1


def _same_number(one: Street, other: Street) -> bool:
    if one.number == other.number or one.number + one.until == other.number + other.until:
        return True
    return _within(one, other) or _within(other, one)


def _within(one: Street, other: Street) -> bool:
    """Is the house number of one in the range of the other, written as 12-16?"""
    ends = (other.number, one.number, other.until)
    if not all(end.isdigit() for end in ends):
        return False
    first, number, last = map(int, ends)
    return first <= number <= last


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
