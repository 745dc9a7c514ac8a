"""Companies that are worth asking about."""

from __future__ import annotations

from enrich_cli.domain.customer import Customer
from enrich_cli.matching.domains import is_free_mail, registrable
from enrich_cli.matching.text import words


def company_name(customer: Customer) -> str | None:
    """The customer's company, where it is one; an e-mail address and a service of free mail (`gmail.com`) are none."""
    company = customer.company
    if not company or "@" in company or not words(company):
        return None
    domain = None if " " in company else registrable(company)
    return None if domain and is_free_mail(domain) else company
