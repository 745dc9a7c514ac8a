"""Where evidence is worth something else than for a person: one table per data type, in bits."""

from __future__ import annotations

from collections.abc import Mapping

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.companies import has_legal_form
from enrich_cli.matching.weights import Evidence

_PERSON = {evidence: evidence.bits for evidence in Evidence}

_BUSINESS = _PERSON | {
    Evidence.PHONE_SAME: 5.5,
    Evidence.PHONE_OTHER: -1.5,
    Evidence.DOMAIN_SAME: 3.5,
    Evidence.DOMAIN_SISTER: 1.5,
    Evidence.DOMAIN_OTHER: -3.0,
    Evidence.STREET_SAME: 4.5,
    Evidence.UNIT_MISSING: 4.2,
    Evidence.STREET_ALIKE: 3.2,
    Evidence.STREET_TYPE_OTHER: 3.5,
    Evidence.STREET_ALONE: 1.5,
    Evidence.STREET_PARTLY: -4.8,
    Evidence.UNIT_OTHER: 2.5,
    Evidence.NUMBER_ALIKE: -2.0,
    Evidence.NUMBER_OTHER_ESTATE_SAME: -5.5,
    Evidence.NUMBER_OTHER: -5.5,
    Evidence.STREET_COUNTERPART: -5.2,
    Evidence.STREET_OTHER: -5.2,
    Evidence.CITY_AND_POSTAL_CODE_SAME: 2.0,
    Evidence.POSTAL_CODE_ALIKE: 1.5,
    Evidence.CITY_SAME: 1.5,
    Evidence.STATE_SAME: 0.8,
    Evidence.CITY_NAMED_OTHERWISE: -0.8,
    Evidence.POSTAL_CODE_OTHER: 0.2,
    Evidence.CITY_OTHER_NEAR: -3.0,
    Evidence.CITY_OTHER: -4.0,
    Evidence.POSTAL_AREA_OTHER: -4.0,
    Evidence.STATE_OTHER: -6.0,
    Evidence.COUNTRY_OTHER: -7.0,
}
"""People move, shops do not. Several may share one phone or website: branches of a chain, tenants of a house."""

_REGISTERED = _BUSINESS | {
    Evidence.STREET_PARTLY: -0.1,
    Evidence.NUMBER_ALIKE: -0.1,
    Evidence.NUMBER_OTHER_ESTATE_SAME: -0.3,
    Evidence.NUMBER_OTHER: -0.3,
    Evidence.STREET_COUNTERPART: -0.1,
    Evidence.STREET_OTHER: -0.1,
    Evidence.CITY_AND_POSTAL_CODE_SAME: 2.2,
    Evidence.POSTAL_CODE_ALIKE: 1.8,
    Evidence.CITY_SAME: 1.8,
    Evidence.STATE_SAME: 1.5,
    Evidence.POSTAL_CODE_OTHER: 1.5,
    Evidence.CITY_NAMED_OTHERWISE: 1.5,
    Evidence.CITY_OTHER_NEAR: 1.4,
    Evidence.CITY_OTHER: -0.7,
    Evidence.POSTAL_AREA_OTHER: -0.7,
    Evidence.STATE_OTHER: -1.5,
    Evidence.COUNTRY_OTHER: -5.0,
}
"""A register knows where mail is served, usually an agent's address, full names with a legal form, no phone and no
website. So another street says nothing, and the state much, since a name is given only once in a state.
"""

_SOCIAL = _PERSON | {
    Evidence.NAME_PART_OTHER: -6.0,
    Evidence.NAME_FIRST_OTHER: -10.0,
    Evidence.NAME_OTHER: -10.0,
    Evidence.BUSINESS_SAME: 6.2,
    Evidence.BUSINESS_SPELLING: 4.2,
    Evidence.BUSINESS_PARTLY: -3.5,
    Evidence.BUSINESS_RELATED: -3.5,
    Evidence.BUSINESS_OUTLET_OTHER: -3.5,
    Evidence.PHONE_SAME: 5.0,
    Evidence.DOMAIN_SAME: 4.0,
    Evidence.DOMAIN_OTHER: -4.0,
    Evidence.STREET_SAME: 4.0,
    Evidence.UNIT_MISSING: 2.2,
    Evidence.STREET_ALIKE: 2.0,
    Evidence.STREET_TYPE_OTHER: 2.0,
    Evidence.STREET_PARTLY: -1.0,
    Evidence.NUMBER_ALIKE: -1.0,
    Evidence.NUMBER_OTHER_ESTATE_SAME: -3.0,
    Evidence.NUMBER_OTHER: -3.0,
    Evidence.STREET_COUNTERPART: -1.0,
    Evidence.STREET_OTHER: -1.0,
    Evidence.CITY_AND_POSTAL_CODE_SAME: 2.0,
    Evidence.POSTAL_CODE_ALIKE: 1.8,
    Evidence.CITY_SAME: 1.8,
    Evidence.CITY_OTHER_NEAR: -1.0,
    Evidence.CITY_OTHER: -1.2,
    Evidence.POSTAL_AREA_OTHER: -1.2,
    Evidence.STATE_OTHER: -2.0,
    Evidence.COUNTRY_OTHER: -2.5,
}
"""A profile shows what its owner likes to show: another name need not be another person if a handle was given."""

_PROPERTY = _PERSON | {
    Evidence.STREET_SAME: 9.0,
    Evidence.UNIT_MISSING: 6.5,
    Evidence.STREET_ALIKE: 4.0,
    Evidence.STREET_TYPE_OTHER: 2.0,
    Evidence.STREET_COUNTERPART: 1.0,
    Evidence.STREET_ALONE: 0.0,
    Evidence.UNIT_OTHER: -3.0,
    Evidence.STREET_PARTLY: -9.0,
    Evidence.NUMBER_ALIKE: -9.0,
    Evidence.NUMBER_OTHER_ESTATE_SAME: -9.0,
    Evidence.NUMBER_OTHER: -9.0,
    Evidence.STREET_OTHER: -9.0,
    Evidence.CITY_AND_POSTAL_CODE_SAME: 1.5,
    Evidence.POSTAL_CODE_SAME: 1.5,
    Evidence.POSTAL_CODE_ALIKE: 1.2,
    Evidence.CITY_SAME: 1.2,
    Evidence.CITY_NAMED_OTHERWISE: -3.5,
    Evidence.POSTAL_CODE_OTHER: -1.0,
    Evidence.CITY_OTHER_NEAR: -8.0,
    Evidence.CITY_OTHER: -8.0,
    Evidence.POSTAL_AREA_OTHER: -8.0,
    Evidence.STATE_OTHER: -9.0,
    Evidence.COUNTRY_OTHER: -9.0,
}
"""A parcel is its address. Owners can only support it, since a resident may be a tenant. And only they can tell whether
a street that looks like the customer's is a misspelling of it.
"""

_TABLES = {
    DataType.PERSON: _PERSON,
    DataType.BUSINESS: _BUSINESS,
    DataType.SOCIAL: _SOCIAL,
    DataType.PROPERTY: _PROPERTY,
}

_MISSED = {
    DataType.PERSON: 0.04,
    DataType.BUSINESS: 0.01,
    DataType.SOCIAL: 0.03,
    DataType.PROPERTY: 0.005,
}
"""The share of seeming mismatches that are right, from the tuning halves of the labelled pairs. For people it is 1 in
100 there and 10 in 100 in the public set Febrl 4: some go by another first name, and so can't be told from their
relatives.
"""

_ASKED_OF_A_REGISTER = frozenset({"company", "state", "country"})


def weights_of(data_type: DataType, identity: Identity) -> Mapping[Evidence, float]:
    """What each piece of evidence about an identity is worth, in bits."""
    if data_type is DataType.BUSINESS and _is_registered(identity):
        return _REGISTERED
    return _TABLES[data_type]


def missed_of(data_type: DataType) -> float:
    """The minimum confidence: how often a seeming mismatch is right."""
    return _MISSED[data_type]


def _is_registered(identity: Identity) -> bool:
    """Is this a register's record, rather than a directory's listing?"""
    if identity.phones or identity.domains or not identity.asked_by <= _ASKED_OF_A_REGISTER:
        return False
    return any(map(has_legal_form, identity.companies))
