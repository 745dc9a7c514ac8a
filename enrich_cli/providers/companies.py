"""Which companies are worth asking about."""

from __future__ import annotations

import re

from enrich_cli.domain.customer import Customer
from enrich_cli.matching.domains import names_free_mail
from enrich_cli.matching.text import words

_EMAIL = re.compile(r"\S@\S+\.\w")


def company_name(customer: Customer) -> str | None:
    """The customer's company, if it is one: not an e-mail address, and not a free mail service such as `gmail.com`."""
    company = customer.company
    if not company or _EMAIL.search(company) or not words(company):
        return None
    return None if names_free_mail(company) else company
