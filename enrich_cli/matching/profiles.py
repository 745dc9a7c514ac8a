"""Does the name that a social profile shows agree? It may be that of the person or that of the company."""

from __future__ import annotations

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.weights import Evidence, best

_A_PERSON = frozenset({"linkedin_url"})
"""What a profile was found by that can only be a person's."""


def compare_profiles(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the displayed name with the customer's name and company: the better counts, and both must differ.

    On LinkedIn only people are looked up: there the name of a colleague differs, whatever the company.
    """
    name = compare_names(customer, identity)
    if identity.asked_by == _A_PERSON:
        return name
    page = replace(identity, companies=identity.names)
    return best((name, compare_businesses(customer, page)))
