"""What is not worth asking about: it would cost, and could only bring somebody else."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.matching.domains import names_free_mail, names_platform
from enrich_cli.matching.emails import is_shared
from enrich_cli.matching.postal import is_po_box
from enrich_cli.matching.text import REMEMBERED

ROLE_MAILBOX = "a role mailbox is no person"
FREE_MAIL = "a free-mail domain is no company"
PLATFORM = "a page on a platform is no domain of a company"
PO_BOX = "a PO box is no property"


class Worthwhile(msgspec.Struct, frozen=True):
    """A customer without what is not worth asking by, and why that was left out."""

    customer: Customer
    left_out: tuple[str, ...] = ()


@lru_cache(maxsize=REMEMBERED)
def worthwhile(data_type: DataType, customer: Customer) -> Worthwhile:
    """A role mailbox (`info@`) is no person, free mail (`gmail.com`) no company, a PO box no property.

    Nor is a company's domain that of its page (`yelp.com`): who is found there works for the platform.
    """
    fields: set[str] = set()
    reasons = []
    if data_type is DataType.PERSON and customer.email and is_shared(customer.email):
        fields.add("email")
        reasons.append(ROLE_MAILBOX)
    if data_type is DataType.PROPERTY and customer.address and is_po_box(customer.address):
        fields.add("address")
        reasons.append(PO_BOX)
    free = [field for field in ("company", "domain") if names_free_mail(getattr(customer, field) or "")]
    if free and data_type is not DataType.PROPERTY:
        fields.update(free)
        reasons.append(FREE_MAIL)
    if data_type is DataType.PERSON and "domain" not in fields and names_platform(customer.domain or ""):
        fields.add("domain")
        reasons.append(PLATFORM)
    if not fields:
        return Worthwhile(customer)
    left = {name: text for name, text in customer.values().items() if name not in fields}
    return Worthwhile(Customer(id=customer.id, **left), tuple(reasons))
