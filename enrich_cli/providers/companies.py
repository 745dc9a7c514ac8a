"""Companies that are worth asking about."""

from __future__ import annotations

import re

from enrich_cli.domain.customer import Customer
from enrich_cli.matching.domains import is_free_mail, registrable
from enrich_cli.matching.text import words

_EMAIL = re.compile(r"\S@\S+\.\w")


def company_name(customer: Customer) -> str | None:
    """The customer's company, where it is one: no e-mail address, and no service of free mail such as `gmail.com`."""
    company = customer.company
    if not company or _EMAIL.search(company) or not words(company):
        return None
    domain = None if " " in company else registrable(company)
    return None if domain and is_free_mail(domain) else company
