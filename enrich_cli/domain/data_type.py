"""What can be learned about a customer."""

from enum import StrEnum


class DataType(StrEnum):
    """One kind of enrichment; each has a chain of providers of its own."""

    PERSON = "person"
    BUSINESS = "business"
    SOCIAL = "social"
    PROPERTY = "property"

    # In C, as every text has it; an enumeration asks its name in Python, at each look into a mapping.
    __hash__ = str.__hash__
