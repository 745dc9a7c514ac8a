"""How other programs write the names of a customer's fields.

Spellings are those of the exports of HubSpot, Salesforce, Google Contacts, Outlook, Mailchimp, Pipedrive, Stripe,
Shopify, LinkedIn and Apollo, and the usual hand-made ones. Left out on purpose: columns that tell of somebody else
(Apollo's company phone and address, an account's id, which many contacts share), unless the table is one of companies,
and second values (`E-mail 2 - Value`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import column_types

ID = "customer_id"
"""The field that says what a customer is called."""

MAPPABLE = (ID, *FIELDS)
"""Every field that a column can stand for."""

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    ID: (
        "ID", "Customer ID", "Customer Number", "Client ID", "Contact ID", "Lead ID", "Person ID", "Record ID",
        "Record ID - Contact", "User ID", "Member ID", "Subscriber ID", "Apollo Contact ID", "External ID", "UUID",
    ),
    "name": (
        "Name", "Full Name", "Contact", "Contact Name", "Contact Full Name", "Customer Name", "Display Name",
        "Lead Name", "Person - Name", "Card Name", "Shipping Name", "Billing Name",
    ),
    "first_name": (
        "First Name", "First", "FName", "Forename", "Given Name", "Contact First Name", "Customer First Name",
        "Person - First Name", "Billing First Name",
    ),
    "last_name": (
        "Last Name", "Last", "LName", "Surname", "Family Name", "Contact Last Name", "Customer Last Name",
        "Person - Last Name", "Billing Last Name",
    ),
    "email": (
        "Email", "Mail", "Email Address", "Email 1", "Email 1 - Value", "Email - Work", "Primary Email", "Work Email",
        "Business Email", "Personal Email", "Home Email", "Contact Email", "Customer Email", "Billing Email",
        "Emails", "Person - Email", "Person - Email - Work", "Person - Email - Home", "Person - Email - Other",
    ),
    "phone": (
        "Phone", "Phone Number", "Telephone", "Telephone Number", "Tel", "Phone 1", "Phone 1 - Value", "Phone - Work",
        "Primary Phone", "Primary Number", "Work Phone", "Business Phone", "Direct Phone", "Work Direct Phone",
        "Mobile", "Mobile Phone", "Mobile Phone Number", "Mobile Number", "Cell", "Cell Phone", "Home Phone",
        "Contact Phone", "Customer Phone", "Billing Phone", "Default Address Phone", "Person - Phone",
        "Person - Phone - Work", "Person - Phone - Mobile", "Person - Phone - Home", "Person - Phone - Other",
    ),
    "company": (
        "Company", "Company Name", "Current Company", "Organization", "Organisation", "Organization Name",
        "Organisation Name", "Organization 1 - Name", "Person - Organization", "Account Name", "Business Name",
        "Employer", "Associated Company", "Primary Associated Company", "Associated Company (Primary)",
        "Company / Account", "Company Name for Emails", "Billing Company", "Default Address Company",
    ),
    "domain": (
        "Domain", "Domain Name", "Website", "Web Site", "Web Page", "Website URL", "Website 1 - Value", "Homepage",
        "Company Domain", "Company Domain Name", "Company Website", "Business Website", "Account Website",
        "Organization - Website",
    ),
    "address": ("Person - Postal Address",),
    "state": ("Address 1 - Region",),
    "linkedin_url": (
        "LinkedIn", "LinkedIn URL", "LinkedIn Profile", "LinkedIn Profile URL", "LinkedIn Profile Link",
        "Person LinkedIn URL", "Person - LinkedIn", "Person - LinkedIn Page", "Contact LinkedIn URL",
        "Contact LinkedIn Profile URL",
    ),
    "twitter": (
        "Twitter", "Twitter Handle", "Twitter Username", "Twitter Screen Name", "Twitter Account", "Twitter Profile",
        "Twitter URL", "X Handle", "X Username", "X (Twitter)",
    ),
}  # fmt: skip

# An address is written as whose it is and which part: `Billing Street`, `Address 1 - City`, `Default Address Zip`.
_WHOSE = (
    "", "Billing", "Billing Address", "Mailing", "Mailing Address", "Shipping", "Shipping Address", "Home",
    "Home Address", "Work", "Work Address", "Business", "Business Address", "Property", "Contact", "Person", "Address",
    "Address 1", "Card", "Card Address", "Default Address", "Customer", "Customer Address",
)  # fmt: skip
_PARTS: Mapping[str, tuple[str, ...]] = {
    "address": ("Address", "Address 1", "Address Line 1", "Line 1", "Street", "Street 1", "Street Address"),
    "city": ("City", "Town"),
    "state": (
        "State", "State/Province", "State/Province (text only)", "State/Region", "State/Prov/Region", "State Code",
        "Province", "Province Code",
    ),
    "postal_code": ("Postal Code", "Postcode", "Zip", "Zip Code", "Zip/Postal Code", "Postal/Zip"),
    "country": ("Country", "Country (text only)", "Country/Region", "Country Code"),
}  # fmt: skip

_PIPEDRIVE = {
    "city": "City/town/village/locality",
    "state": "State/county",
    "postal_code": "ZIP/Postal code",
    "country": "Country",
}
"""What Pipedrive calls the parts of `Person - Postal address` and `Organization - Address`."""

# What is a company's is the customer's where the customers are companies.
_COMPANY = ("Company", "Organization", "Organisation", "Account")
_OF_COMPANIES: Mapping[str, tuple[str, ...]] = {
    ID: ("Account ID", "Apollo Account ID", "Company ID", "Organization - ID", "Record ID - Company"),
    "phone": tuple(f"{whose} {part}" for whose in _COMPANY for part in ("Phone", "Phone Number")),
    **{field: tuple(f"{whose} {part}" for whose in _COMPANY for part in parts) for field, parts in _PARTS.items()},
}


def normal(header: str) -> str:
    """A header as it is compared: without case, spaces and punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


def fields_of(columns: Sequence[str]) -> list[str | None]:
    """For each column the customer field that its header names; None for any other column.

    Columns named like an enriched one (`person_email`) are none: an output that is read again is not its own evidence.
    """
    names = list(map(normal, columns))
    known = {**_FIELD_OF, **_told_by(frozenset(names))}
    return [None if _is_enriched(column) else known.get(name) for column, name in zip(columns, names, strict=True)]


def _told_by(names: frozenset[str]) -> Mapping[str, str | None]:
    """What a header stands for where those beside it show whose export it is."""
    told: dict[str, str | None] = {}
    if "connectedon" in names:
        told["url"] = "linkedin_url"  # LinkedIn calls the profile just `URL`
    if "apollocontactid" in names:
        told["twitterurl"] = None  # Apollo means the company's
    if names & _OF_ACCOUNTS and not names & _OF_PEOPLE:
        told["name"] = "company"  # a Salesforce account is called just `Name`
    if "financialstatus" in names:
        told |= {"name": None, "id": None}  # of Shopify's orders these are the order's
    if not any(_FIELD_OF.get(name) in _OF_A_PERSON for name in names):
        told |= _FIELD_OF_COMPANIES
    return told


_OF_ACCOUNTS = frozenset({"numberofemployees", "annualrevenue", "accountnumber"})
_OF_PEOPLE = frozenset({"email", "firstname", "lastname", "company", "companyname", "accountname"})
_OF_A_PERSON = frozenset({"name", "first_name", "last_name", "email", "linkedin_url"})


def _is_enriched(column: str) -> bool:
    return column.strip().lower() in _ENRICHED


def _all_spellings() -> Iterator[tuple[str, str]]:
    for field in MAPPABLE:
        yield field, field
    for field, spellings in SPELLINGS.items():
        yield from ((spelling, field) for spelling in spellings)
    for field, parts in _PARTS.items():
        yield from ((f"{whose} {part}", field) for whose in _WHOSE for part in parts)
    for field, part in _PIPEDRIVE.items():
        yield f"Person - {part} of Postal Address", field


_ENRICHED = frozenset(f"{data_type}_{name}" for data_type in DataType for name in column_types(data_type))
_FIELD_OF = {normal(spelling): field for spelling, field in _all_spellings()}
_FIELD_OF_COMPANIES = {
    **{normal(spelling): field for field, spellings in _OF_COMPANIES.items() for spelling in spellings},
    **{normal(f"Organization - {part} of Address"): field for field, part in _PIPEDRIVE.items()},
}
