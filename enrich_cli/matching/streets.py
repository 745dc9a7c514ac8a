"""Does the street line agree: house number, street, unit?"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.addresses import Street, street
from enrich_cli.matching.foreign_streets import HEADS
from enrich_cli.matching.street_names import (
    are_only_alike,
    begins,
    differ_beside,
    same_beside,
    same_in_part,
    same_street,
)
from enrich_cli.matching.street_words import ROADS
from enrich_cli.matching.text import REMEMBERED, comparable
from enrich_cli.matching.weights import Evidence, best

_ONE_HOUSE = frozenset({Evidence.STREET_SAME, Evidence.UNIT_MISSING, Evidence.UNIT_OTHER, Evidence.STREET_ALIKE})

_OPPOSITE = (("n", "s"), ("s", "n"), ("e", "w"), ("w", "e"))
_ROADS = frozenset(ROADS.values())
"""Their numbers are hardly ever given twice, so another type is a mistake."""
_SWAPPED = {"ave", "blvd"}
"""Types that are often told for each other."""
_NOT_STREETS = frozenset({"", "est", "plz", "ctr", "mall", "ct"})
"""Types of an estate or a block, whose units may be all the numbers that there are."""
_ONE_TYPE = frozenset(map(frozenset, (("st", "strasse"), ("hwy", "sthwy"), ("hwy", "ushwy"))))
"""One type in two languages, both of which write Str.; and a highway, of which only one side says whose it is."""


def compare_streets(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's street line with those of the places of the identity."""
    if not customer.address:
        return None
    return best(_compare(customer.address, place.address) for place in identity.places if place.address)


def same_house(one: str | None, other: str | None) -> bool:
    """Do two street lines name the same house, whatever they say about units?"""
    return bool(one and other and _compare(one, other) in _ONE_HOUSE)


@lru_cache(maxsize=REMEMBERED)
def _compare(ours: str, theirs: str) -> Evidence | None:
    one, other = street(ours), street(theirs)
    if one.box or other.box:
        if one.box and other.box:
            return Evidence.STREET_SAME if one.box == other.box else Evidence.STREET_OTHER
        return None
    if not one.name or not other.name or not comparable(one.name, other.name):
        return None
    if one == other:
        return Evidence.STREET_SAME if one.number else Evidence.STREET_ALONE
    if not same_street(one, other) or _are_alike_only(one, other):
        return Evidence.STREET_PARTLY if same_in_part(one, other) else Evidence.STREET_OTHER
    if _is_number_of(one, other) or _is_number_of(other, one):
        return Evidence.STREET_SAME
    if not one.number or not other.number:
        return Evidence.STREET_ALONE
    if not _same_number(one, other):
        return _compare_numbers(one, other)
    return _compare_within(one, other)


def _compare_numbers(one: Street, other: Street) -> Evidence:
    """What two different numbers say."""
    if _are_namesakes(one, other):
        return Evidence.STREET_OTHER
    if _is_slip(one.number, other.number) or _are_mixed_up(one, other):
        return Evidence.NUMBER_ALIKE
    return Evidence.NUMBER_OTHER_ESTATE_SAME if same_beside(one, other) else Evidence.NUMBER_OTHER


def _compare_within(one: Street, other: Street) -> Evidence:
    """What the rest of two lines says if they name the same number in the same street."""
    if _are_namesakes(one, other):
        return Evidence.STREET_COUNTERPART if _are_counterparts(one, other) else Evidence.STREET_TYPE_OTHER
    if _differ(one.unit, other.unit):
        return Evidence.UNIT_OTHER
    if differ_beside(one, other):
        return Evidence.STREET_PARTLY
    if are_only_alike(one, other):
        return Evidence.STREET_ALIKE
    return Evidence.STREET_SAME if one.unit == other.unit else Evidence.UNIT_MISSING


def _are_namesakes(one: Street, other: Street) -> bool:
    """Are they two streets with one name, such as a road and an avenue?"""
    return one.name == other.name and (_differ(one.direction, other.direction) or _types_differ(one, other))


def _are_counterparts(one: Street, other: Street) -> bool:
    """Do both surely exist: North and South Main Street, 5th Street and 5th Avenue, Rue and Place Exemple?

    Otherwise a direction or type may as well be wrong on one side.
    """
    if any(there in one.direction and opposite in other.direction for there, opposite in _OPPOSITE):
        return True
    if not _types_differ(one, other):
        return False
    if one.name.isdigit():
        return one.type not in _ROADS and other.type not in _ROADS
    return {one.type, other.type} != _SWAPPED and _tells_type_first(one) and _tells_type_first(other)


def _tells_type_first(line: Street) -> bool:
    return HEADS.get(line.words[0]) == line.type


def _are_alike_only(one: Street, other: Street) -> bool:
    """Are they two streets with different names and types: Sample Street, Simple Avenue?"""
    if one.beside or other.beside or not _types_differ(one, other):
        return False
    if one.name.startswith(other.name) or other.name.startswith(one.name):
        return False
    return not (begins(one, other) or begins(other, one))


def _is_slip(one: str, other: str) -> bool:
    """Are digits swapped, or is one missing? Another digit in its place is a neighbour's."""
    if sorted(one) == sorted(other):
        return True
    return abs(len(one) - len(other)) == 1 and min(len(one), len(other)) > 1 and OSA.distance(one, other) == 1


def _are_mixed_up(one: Street, other: Street) -> bool:
    """Is the number of each the other's unit?"""
    return one.number == other.unit and one.unit == other.number


def _same_number(one: Street, other: Street) -> bool:
    if one.number == other.number or one.number + one.until == other.number + other.until:
        return True
    if _is_lettered(one, other) or _is_lettered(other, one):
        return True
    return _within(one, other) or _within(other, one)


def _is_lettered(one: Street, other: Street) -> bool:
    """Is one's unit a letter, which the other adds to the number: 12A?"""
    return one.unit.isalpha() and not other.unit and one.number + one.unit == other.number


def _within(one: Street, other: Street) -> bool:
    """Is the house number of one within the range of the other, written as 12-16?"""
    ends = (other.number, one.number, other.until)
    if not all(end.isdigit() for end in ends):
        return False
    first, number, last = map(int, ends)
    return first <= number <= last


def _is_number_of(one: Street, other: Street) -> bool:
    """Is one's unit the other's number, as in estates and blocks that have no other: Unit 3, Sample Estate?

    In a street they are two: Flat 3, Sample Street lacks the number of its house.
    """
    return one.type in _NOT_STREETS and not one.number and not other.unit and one.unit == other.number != ""


def _types_differ(one: Street, other: Street) -> bool:
    return _differ(one.type, other.type) and frozenset((one.type, other.type)) not in _ONE_TYPE


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
