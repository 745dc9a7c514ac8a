"""What can be learned about a customer."""

from enum import StrEnum


class DataType(StrEnum):
    """One kind of enrichment, with its own chain of providers."""

    PERSON = "person"
    BUSINESS = "business"
    SOCIAL = "social"
    PROPERTY = "property"

    # Implemented in C: an enumeration's own hash calls Python at each look-up in a mapping.
    __hash__ = str.__hash__
