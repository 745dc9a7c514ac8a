"""What is compared to judge an answer, by data type, and which customer fields that reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses, compare_officers
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.domains import compare_domains
from enrich_cli.matching.emails import compare_emails
from enrich_cli.matching.handles import compare_linkedin, compare_twitter
from enrich_cli.matching.owners import compare_owners
from enrich_cli.matching.phones import compare_phones
from enrich_cli.matching.places import compare_places
from enrich_cli.matching.profiles import compare_profiles
from enrich_cli.matching.residents import compare_residents
from enrich_cli.matching.streets import compare_streets
from enrich_cli.matching.weights import Evidence, best

_NAME = frozenset({"name", "first_name", "last_name"})
_PLACE = frozenset({"address", "city", "state", "postal_code", "country"})
_EMPLOYER = frozenset({"company", "domain", "email"})
_HANDLES = frozenset({"linkedin_url", "twitter"})

READS: Mapping[DataType, frozenset[str]] = MappingProxyType(
    {
        DataType.PERSON: _NAME | _EMPLOYER | _HANDLES | _PLACE | {"phone"},
        DataType.BUSINESS: _NAME | _EMPLOYER | _PLACE | {"phone"},
        DataType.SOCIAL: _NAME | _EMPLOYER | _HANDLES | _PLACE | {"phone"},
        DataType.PROPERTY: _NAME | _PLACE | {"company"},
    }
)
"""The customer fields that a judgement rests on, by data type: if one changes, so may the judgement."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one independent piece of evidence is found."""

    fields: frozenset[str]
    """The fields of a `Prior` that it compares: what was found by one of these agrees on it anyway."""
    compare: Callable[[Customer, Identity], Evidence | None]


def _compare_employers(customer: Customer, identity: Identity) -> Evidence | None:
    """Company and domain name the same employer, so they are one piece of evidence."""
    return best((compare_companies(customer, identity), compare_domains(customer, identity)))


_STREETS = Comparison(frozenset(), compare_streets)
_PLACES = Comparison(frozenset({"address"}), compare_places)
_EMAILS = Comparison(frozenset({"email"}), compare_emails)
_LINKEDIN = Comparison(frozenset({"linkedin_url"}), compare_linkedin)
_TWITTER = Comparison(frozenset({"twitter"}), compare_twitter)
_PHONES = Comparison(frozenset({"phone"}), compare_phones)
_DOMAINS = Comparison(frozenset({"domain"}), compare_domains)

COMPARISONS: Mapping[DataType, tuple[Comparison, ...]] = MappingProxyType(
    {
        DataType.PERSON: (
            Comparison(frozenset({"name"}), compare_residents),
            _EMAILS,
            _LINKEDIN,
            _TWITTER,
            _PHONES,
            Comparison(frozenset({"company", "domain"}), _compare_employers),
            _STREETS,
            _PLACES,
        ),
        DataType.BUSINESS: (
            Comparison(frozenset({"company"}), compare_businesses),
            Comparison(frozenset({"name"}), compare_officers),
            _PHONES,
            _DOMAINS,
            _STREETS,
            _PLACES,
        ),
        DataType.SOCIAL: (
            Comparison(frozenset({"name", "company"}), compare_profiles),
            Comparison(frozenset({"company"}), compare_companies),
            _EMAILS,
            _LINKEDIN,
            _TWITTER,
            _PHONES,
            _DOMAINS,
            _STREETS,
            _PLACES,
        ),
        DataType.PROPERTY: (
            _STREETS,
            _PLACES,
            Comparison(frozenset({"name", "company"}), compare_owners),
        ),
    }
)
