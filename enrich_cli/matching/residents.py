"""Is it the customer, or somebody else of the house or of the family? What a name says in the light of the place.

A household shares its house and mostly its surname, hardly ever a first name. So at the same house another surname is
a changed one rather than another person, and another first name is another person whom the house does not speak for.
A part of a name is borne by many: in another place a first name tells nobody, and there or in another street a surname
is a relative's rather. Nor does anybody change surname and street at once without a trace of it.
"""

from __future__ import annotations

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.places import compare_places
from enrich_cli.matching.streets import compare_streets
from enrich_cli.matching.weights import Evidence

_AT_ONE_HOUSE = {
    Evidence.NAME_SURNAME_OTHER: Evidence.NAME_CHANGED,
    Evidence.NAME_FIRST_OTHER: Evidence.NAME_HOUSEMATE,
    Evidence.NAME_OTHER: Evidence.NAME_HOUSEMATE,
}
_IN_ANOTHER_STREET = {
    Evidence.NAME_SURNAME_OTHER: Evidence.NAME_SURNAME_AND_STREET_OTHER,
    Evidence.NAME_SURNAME_ALONE: Evidence.NAME_SURNAME_ELSEWHERE,
}
_ELSEWHERE = {
    Evidence.NAME_PART: Evidence.NAME_PART_ELSEWHERE,
    Evidence.NAME_SURNAME_ALONE: Evidence.NAME_SURNAME_ELSEWHERE,
}
_TOLD_BY_PLACE = _AT_ONE_HOUSE.keys() | _IN_ANOTHER_STREET.keys() | _ELSEWHERE.keys()
_ONE_HOUSE = frozenset({Evidence.STREET_SAME, Evidence.UNIT_MISSING, Evidence.STREET_ALIKE})


def compare_residents(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the names of two people, in the light of whether they live in one house or far from one another."""
    found = compare_names(customer, identity)
    if found not in _TOLD_BY_PLACE:
        return found
    street = compare_streets(customer, identity)
    if found in _AT_ONE_HOUSE and street in _ONE_HOUSE and customer.full_name and not _is_elsewhere(customer, identity):
        return _AT_ONE_HOUSE[found]
    if found in _IN_ANOTHER_STREET and street is Evidence.STREET_OTHER:
        return _IN_ANOTHER_STREET[found]
    if found in _ELSEWHERE and _is_elsewhere(customer, identity):
        return _ELSEWHERE[found]
    return found


def _is_elsewhere(customer: Customer, identity: Identity) -> bool:
    place = compare_places(customer, identity)
    return place is not None and place.bits < 0
