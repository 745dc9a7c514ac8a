"""Is it the customer, or somebody else in the house or family? What a name says in the light of the place.

A household shares its house and usually its surname, but hardly ever a first name. So in the same house another surname
has probably changed, while another first name is another person, for whom the house is no evidence. Each part of a name
is shared by many: elsewhere a first name identifies nobody, and elsewhere or in another street a surname is more likely
a relative's. Nor does anybody change surname and street at the same time without a trace.
"""

from __future__ import annotations

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.emails import mailbox
from enrich_cli.matching.mailbox_names import bears_name
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
_ANOTHER_STREET = frozenset({Evidence.STREET_OTHER, Evidence.STREET_COUNTERPART})
_ONE_HOUSE = frozenset({Evidence.STREET_SAME, Evidence.UNIT_MISSING, Evidence.STREET_ALIKE})


def compare_residents(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the names of two people, considering whether they live in one house or far apart."""
    found = compare_names(customer, identity)
    if found not in _TOLD_BY_PLACE:
        return found
    if found is Evidence.NAME_SURNAME_OTHER and _has_other_name(customer, identity):
        return Evidence.NAME_OF_MAILBOX
    street = compare_streets(customer, identity)
    if found in _AT_ONE_HOUSE and street in _ONE_HOUSE and customer.full_name and not _is_elsewhere(customer, identity):
        return _AT_ONE_HOUSE[found]
    if found in _IN_ANOTHER_STREET and street in _ANOTHER_STREET:
        return _IN_ANOTHER_STREET[found]
    if found in _ELSEWHERE and _is_elsewhere(customer, identity):
        return _ELSEWHERE[found]
    return found


def _has_other_name(customer: Customer, identity: Identity) -> bool:
    """Does a mailbox of one bear the name that the other gives, as after a marriage?

    Not the customer's own mailbox, told back by who was asked for it: that it bears the customer's name is no news.
    """
    own = customer.email or ""
    if own and bears_name(own, identity.names):
        return True
    others = [theirs for theirs in identity.emails if mailbox(theirs) != mailbox(own)]
    return any(bears_name(theirs, (customer.full_name or "",)) for theirs in others)


def _is_elsewhere(customer: Customer, identity: Identity) -> bool:
    place = compare_places(customer, identity)
    return place is not None and place.bits < 0
