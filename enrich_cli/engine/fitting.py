"""What one provider says may be added to what another has said only as far as both speak of the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity, Model
from enrich_cli.domain.person import Person
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.weights import Evidence

_BELONGS_TO: Mapping[str, str] = MappingProxyType(
    {
        "email_status": "email",
        "state": "city",
        "country": "city",
        "location": "city",
        "last_sale_price": "last_sale_date",
        "last_sale_date": "last_sale_price",
    }
)
"""Fields that tell of what another one names: added to another of these, they would say what nobody said."""
_OF_EMPLOYER = frozenset({"company", "company_domain", "job_title", "seniority"})


def fitting(model: Model, other: Model, names: frozenset[str]) -> frozenset[str]:
    """The names, less those that `other` may not add: its verdict on another e-mail is none on the model's."""
    fits = frozenset([name for name in names if name not in _BELONGS_TO or _agree(model, other, _BELONGS_TO[name])])
    return fits if fits.isdisjoint(_OF_EMPLOYER) or not _are_two_employers(model, other) else fits - _OF_EMPLOYER


def _agree(model: Model, other: Model, name: str) -> bool:
    """Do they say the same of a field, or one of them nothing?"""
    one, two = getattr(model, name), getattr(other, name)
    return not one or not two or str(one).lower() == str(two).lower()


def _are_two_employers(model: Model, other: Model) -> bool:
    if not isinstance(model, Person) or not isinstance(other, Person):
        return False
    if not model.company or not other.company:
        return not _agree(model, other, "company_domain")
    named = Identity(companies=(other.company,), domains=(other.company_domain,) if other.company_domain else ())
    return compare_companies(Customer(CustomerId(""), company=model.company), named) is Evidence.COMPANY_OTHER
