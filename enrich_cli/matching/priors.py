"""What a lookup is worth before anything is compared, in bits, depending on the fields that the record was found by."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from enrich_cli.domain.data_type import DataType


class How(Enum):
    """The way a record is found."""

    KEY = "key"
    """By a unique value. That it agrees is included in the prior; that the record lists others beside it is normal."""
    SEARCH = "search"
    """By values that many share, choosing among the hits: they agree on the search fields anyway."""
    DIRECTORY = "directory"
    """By a free text search that nearly always finds something: each field counts as if it had not been asked by."""


class Prior(Enum):
    """The first prior of a data type that fits is used."""

    EMAIL = 2.0, "found by e-mail", How.KEY, "email"
    LINKEDIN = 2.0, "found by LinkedIn profile", How.KEY, "linkedin_url"
    TWITTER = 1.5, "found by Twitter handle", How.KEY, "twitter"
    PHONE = 0.8, "found by phone", How.KEY, "phone"
    NAME_AND_DOMAIN = -0.5, "searched by name and domain", How.SEARCH, "name", "domain"
    NAME_AND_COMPANY = -0.5, "searched by name and company", How.SEARCH, "name", "company"
    NAME_AND_ADDRESS = -1.9, "searched by name and address", How.SEARCH, "name", "address"
    SHARED_MAILBOX = -1.0, "found by a shared mailbox", How.KEY, "email"
    NAME = -3.0, "searched by name alone", How.SEARCH, "name"
    OTHERWISE = -5.2, "found by nothing that is one person's", How.SEARCH
    DOMAIN_PAGE = 0.0, "found by the website's own link", How.KEY, "domain"
    BUSINESS = -5.4, "found in a directory of businesses", How.DIRECTORY
    PAGE = -5.5, "found among pages", How.DIRECTORY
    PARCEL = -6.0, "found in a register of parcels", How.DIRECTORY

    def __init__(self, bits: float, reason: str, how: How, *fields: str) -> None:
        self.bits = bits
        self.reason = reason
        self.how = how
        self.fields = frozenset(fields)


_PRIORS = {
    DataType.PERSON: (
        Prior.EMAIL,
        Prior.LINKEDIN,
        Prior.TWITTER,
        Prior.PHONE,
        Prior.NAME_AND_DOMAIN,
        Prior.NAME_AND_COMPANY,
        Prior.NAME_AND_ADDRESS,
        Prior.SHARED_MAILBOX,
        Prior.NAME,
        Prior.OTHERWISE,
    ),
    DataType.BUSINESS: (Prior.BUSINESS,),
    DataType.SOCIAL: (Prior.LINKEDIN, Prior.TWITTER, Prior.DOMAIN_PAGE, Prior.PAGE),
    DataType.PROPERTY: (Prior.PARCEL,),
}


@lru_cache(maxsize=256)
def prior_of(data_type: DataType, asked_by: frozenset[str], *, shared_mailbox: bool) -> Prior:
    """The prior of a lookup; `shared_mailbox`: the customer's e-mail is an office's, and so identifies nobody."""
    asked = asked_by | {"name"} if {"first_name", "last_name"} <= asked_by else asked_by
    return next(
        prior for prior in _PRIORS[data_type] if prior.fields <= asked and not (prior is Prior.EMAIL and shared_mailbox)
    )
