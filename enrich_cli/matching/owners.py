"""Is the customer an owner of the property? Only a yes is evidence: a resident may be a tenant."""

from __future__ import annotations

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.weights import Evidence, best

_OWNER = {
    Evidence.NAME_SAME: Evidence.OWNER_SAME,
    Evidence.NAME_LONGER: Evidence.OWNER_SAME,
    Evidence.NAME_NICKNAME: Evidence.OWNER_SAME,
    Evidence.NAME_SPELLING: Evidence.OWNER_SAME,
    Evidence.NAME_INITIAL: Evidence.OWNER_ALIKE,
    Evidence.BUSINESS_SAME: Evidence.OWNER_SAME,
    Evidence.BUSINESS_SHORTER: Evidence.OWNER_ALIKE,
    Evidence.BUSINESS_SPELLING: Evidence.OWNER_ALIKE,
}


def compare_owners(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's name and company with the owners, whose words come in any order (LAST FIRST M)."""
    found = (compare_names(customer, identity), compare_businesses(customer, identity))
    return best(_OWNER.get(evidence) for evidence in found if evidence)
