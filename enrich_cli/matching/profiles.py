"""Does the name on a social profile agree? It may be the person's or the company's."""

from __future__ import annotations

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.text import words
from enrich_cli.matching.vocabulary import SAYS_ABOUT
from enrich_cli.matching.weights import Evidence, best

_A_PERSON = frozenset({"linkedin_url"})
"""Fields by which only a person's profile can be found."""


def compare_profiles(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the displayed name with the customer's name and company: the better counts, and a disagreement takes
    both.

    A name that agrees except for saying that it is a fan's or a parody is somebody else's. On LinkedIn only people are
    looked up: there a colleague's name disagrees, whatever the company.
    """
    name = compare_names(customer, identity)
    if identity.asked_by == _A_PERSON:
        return name
    page = replace(identity, companies=identity.names)
    found = best((name, compare_businesses(customer, page)))
    if found and found.bits > 0 and all(_is_about(shown, customer) for shown in identity.names):
        return Evidence.PROFILE_ABOUT
    return found


def _is_about(shown: str, customer: Customer) -> bool:
    """Does the name say that it is about somebody, with words that are not in the customer's own?"""
    says = SAYS_ABOUT.intersection(words(shown))
    return bool(says) and not says <= {
        *words(customer.company or ""),
        *words(customer.full_name or customer.first_name or customer.last_name or ""),
    }
