"""Is it the customer, or somebody else of the house? What a name says of a person whose house is known to agree.

A household shares its house and mostly its surname, hardly ever a first name. So at the same house another surname is
a changed one rather than another person, and another first name is another person whom the house does not speak for.
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
_ONE_HOUSE = frozenset({Evidence.STREET_SAME, Evidence.UNIT_MISSING})


def compare_residents(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the names of two people, in the light of whether they live in one house."""
    found = compare_names(customer, identity)
    if not customer.full_name:
        return found
    if found in _AT_ONE_HOUSE and _is_one_house(customer, identity):
        return _AT_ONE_HOUSE[found]
    return found


def _is_one_house(customer: Customer, identity: Identity) -> bool:
    if compare_streets(customer, identity) not in _ONE_HOUSE:
        return False
    place = compare_places(customer, identity)
    return place is None or place.bits > 0
