"""What is learned about a person helps to find their business and their profiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich_cli.domain.cleaning import cleaned
from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.person import Person

HINTED = frozenset({DataType.BUSINESS, DataType.SOCIAL})
"""The data types that wait for what is learned about the person."""

EVERY_HINT: Mapping[str, str] = {
    "company": "Acme",
    "company_domain": "acme.com",
    "linkedin_url": "https://www.linkedin.com/in/ada",
    "twitter": "ada",
}
"""A person who gives every possible hint, to find out which lookups hints could make possible."""


def hints_of(person: Person) -> Mapping[str, Any]:
    """The hints in what was learned about a person."""
    return {hint: getattr(person, hint) for hint in EVERY_HINT}


def with_hints(customer: Customer, person: Mapping[str, Any]) -> Customer:
    """The customer with what the person's data adds; the row's own fields win.

    Company and domain are taken together, and only if the row names neither: else they could belong to two employers.
    """
    employer = not (customer.company or customer.domain)
    said = {
        "company": person.get("company") if employer else None,
        "domain": person.get("company_domain") if employer else None,
        "linkedin_url": customer.linkedin_url or person.get("linkedin_url"),
        "twitter": customer.twitter or person.get("twitter"),
    }
    known: dict[str, Any] = {field: text for field, raw in said.items() if raw and (text := cleaned(field, raw))}
    return customer._replace(**known)
