"""A customer's address, in the form by which a property in the United States can be found."""

from __future__ import annotations

import re

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Place
from enrich_cli.matching.postal import is_po_box
from enrich_cli.matching.regions import PROVINCES, country_code, state_code
from enrich_cli.providers.addresses import without_town
from enrich_cli.providers.errors import NotAccepted

_ZIP = re.compile(r"(\d{5})(-?\d{4})?")


class UsAddress(msgspec.Struct, frozen=True, kw_only=True):
    """A street, with its unit, in a town or a ZIP area."""

    street: str
    city: str | None
    state: str | None
    """The two-letter code."""
    zip_code: str | None
    """Five digits."""

    def fields(self) -> frozenset[str]:
        """The names of the customer's fields that it consists of."""
        parts = {"address": self.street, "city": self.city, "state": self.state, "postal_code": self.zip_code}
        return frozenset(field for field, part in parts.items() if part)

    def agrees_with(self, place: Place) -> bool:
        """Is a place in the same state and ZIP area, as far as both sides say?"""
        pairs = ((self.state, _state(place.state)), (self.zip_code, _zip_code(place.postal_code)))
        return all(ours == theirs for ours, theirs in pairs if ours and theirs)


def us_address(customer: Customer) -> UsAddress | None:
    """The customer's address; None if a part is missing, if it is abroad, or if it is a PO box, which is not a
    property.

    Without a country it is taken for a US address, unless its state is not one of the US.
    """
    street = customer.address
    if not street or is_po_box(street) or (customer.country and country_code(customer.country) != "US"):
        return None
    state = _state(customer.state)
    if customer.state and not customer.country and not state:
        return None
    zip_code = _zip_code(customer.postal_code)
    if not zip_code and not (customer.city and state):
        return None
    return UsAddress(street=without_town(street, customer.city), city=customer.city, state=state, zip_code=zip_code)


def located(customer: Customer) -> UsAddress:
    """The address by which to ask about a customer; raises NotAccepted if there is none."""
    address = us_address(customer)
    if address is None:
        raise NotAccepted("not the address of a property in the US")
    return address


def _zip_code(text: str | None) -> str | None:
    written = _ZIP.fullmatch(text or "")
    return written[1] if written else None


def _state(text: str | None) -> str | None:
    code = state_code(text or "")
    return None if code in PROVINCES else code
