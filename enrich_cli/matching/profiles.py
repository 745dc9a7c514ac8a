"""Does the name that a social profile shows agree? It may be that of the person or that of the company."""

from __future__ import annotations

from dataclasses import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.weights import Evidence, best


def compare_profiles(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the displayed name with the customer's name and company: the better counts, and both must differ."""
    page = replace(identity, companies=identity.names)
    return best((compare_names(customer, identity), compare_businesses(customer, page)))
