"""What is not worth asking about: it would cost money, and could only find somebody else."""

from __future__ import annotations

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.matching.domains import names_free_mail, names_platform
from enrich_cli.matching.emails import is_shared
from enrich_cli.matching.postal import is_po_box

ROLE_MAILBOX = "a role mailbox is not a person"
FREE_MAIL = "a free-mail domain is not a company"
PLATFORM = "a page on a platform is not a company's domain"
PO_BOX = "a PO box is not a property"


class Worthwhile(msgspec.Struct, frozen=True):
    """A customer without the fields that are not worth asking by, and why those were left out."""

    customer: Customer
    left_out: tuple[str, ...] = ()


def worthwhile(data_type: DataType, customer: Customer) -> Worthwhile:
    """A role mailbox (`info@`) is not a person, free mail (`gmail.com`) not a company, a PO box not a property.

    Nor does the domain of a company's page (`yelp.com`) belong to the company: whoever is found there works for the
    platform.
    """
    reasons: dict[str, str] = {}
    if data_type is DataType.PROPERTY:
        if customer.address and is_po_box(customer.address):
            reasons["address"] = PO_BOX
    else:
        if data_type is DataType.PERSON and customer.email and is_shared(customer.email):
            reasons["email"] = ROLE_MAILBOX
        if customer.company and names_free_mail(customer.company):
            reasons["company"] = FREE_MAIL
        if customer.domain and names_free_mail(customer.domain):
            reasons["domain"] = FREE_MAIL
        elif customer.domain and data_type is DataType.PERSON and names_platform(customer.domain):
            reasons["domain"] = PLATFORM
    if not reasons:
        return Worthwhile(customer)
    left = {name: text for name, text in customer.values().items() if name not in reasons}
    return Worthwhile(Customer(id=customer.id, **left), tuple(dict.fromkeys(reasons.values())))
