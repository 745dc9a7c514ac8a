"""How other programs name a customer's fields.

The spellings are those of the exports of HubSpot, Salesforce, Google Contacts, Outlook, Mailchimp, Pipedrive, Stripe,
Shopify, LinkedIn, Apollo, ZoomInfo, Zoho, Freshsales, Typeform, Eventbrite, Square, QuickBooks and Constant Contact,
and the usual hand-made ones. Left out on purpose: columns about somebody else (Apollo's company phone and address, an
account's id, which many contacts share), unless the table is one of companies, and second values (`E-mail 2 - Value`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import column_types

ID = "customer_id"
"""The field that identifies a customer."""

MAPPABLE = (ID, *FIELDS)
"""Every field that a column can stand for."""

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    ID: (
        "ID", "Customer ID", "Customer Number", "Client ID", "Contact ID", "Lead ID", "Person ID", "Record ID",
        "Record ID - Contact", "User ID", "Member ID", "Subscriber ID", "Apollo Contact ID", "ZoomInfo Contact ID",
        "Square Customer ID", "Klaviyo ID", "External ID", "UUID",
    ),
    "name": (
        "Name", "Full Name", "Contact", "Contact Name", "Contact Full Name", "Contact Person", "Customer Name",
        "Customer Full Name", "Client Name", "Display Name", "Lead Name", "Person - Name", "Attendee Name",
        "Card Name", "Shipping Name", "Billing Name",
    ),
    "first_name": (
        "First Name", "First", "FName", "Forename", "Given Name", "Contact First Name", "Customer First Name",
        "Person - First Name", "Attendee First Name", "Billing First Name",
    ),
    "last_name": (
        "Last Name", "Last", "LName", "Surname", "Family Name", "Contact Last Name", "Customer Last Name",
        "Person - Last Name", "Attendee Last Name", "Billing Last Name",
    ),
    "email": (
        "Email", "Emails", "Mail", "Email Address", "Email Addresses", "Email ID", "Email 1", "Email 1 - Value",
        "Email - Work", "Primary Email", "Main Email", "Work Email", "Business Email", "Personal Email",
        "Private Email", "Home Email", "Contact Email", "Customer Email", "User Email", "Attendee Email",
        "Billing Email", "Person - Email", "Person - Email - Work", "Person - Email - Home",
        "Person - Email - Other",
    ),
    "phone": (
        "Phone", "Phones", "Phone Number", "Phone Numbers", "Phone No", "Telephone", "Telephone Number", "Tel",
        "Phone 1", "Phone 1 - Value", "Phone - Work", "Phone - Mobile", "Phone - Home", "Primary Phone",
        "Primary Number", "Main Phone", "Work Phone", "Work Phone Number", "Business Phone", "Business Phone Number",
        "Office Phone", "Direct Phone", "Direct Phone Number", "Direct Dial", "Work Direct Phone", "Mobile",
        "Mobile Phone", "Mobile Phone Number", "Mobile Number", "Mobile No", "Cell", "Cell Phone",
        "Cell Phone Number", "Home Phone", "Home Phone Number", "Contact Phone", "Contact Number", "Contact No",
        "Customer Phone", "Billing Phone", "Shipping Phone", "Default Address Phone", "Person - Phone",
        "Person - Phone - Work", "Person - Phone - Mobile", "Person - Phone - Home", "Person - Phone - Other",
    ),
    "company": (
        "Company", "Company Name", "Current Company", "Organization", "Organisation", "Organization Name",
        "Organisation Name", "Organization 1 - Name", "Person - Organization", "Account Name", "Business Name",
        "Employer", "Associated Company", "Primary Associated Company", "Associated Company (Primary)",
        "Company / Account", "Company / Organization", "Company Name for Emails", "Billing Company",
        "Default Address Company", "What company do you work for?",
    ),
    "domain": (
        "Domain", "Domain Name", "Website", "Web Site", "Web Page", "Website URL", "Website 1 - Value", "Homepage",
        "Company Domain", "Company Domain Name", "Company Website", "Business Website", "Account Website",
        "Organization - Website",
    ),
    "linkedin_url": (
        "LinkedIn", "LinkedIn URL", "LinkedIn Profile", "LinkedIn Profile URL", "LinkedIn Profile Link",
        "Person LinkedIn URL", "Person - LinkedIn", "Person - LinkedIn Page", "Contact LinkedIn URL",
        "Contact LinkedIn Profile URL", "LinkedIn Contact Profile URL",
    ),
    "twitter": (
        "Twitter", "Twitter Handle", "Twitter Username", "Twitter Screen Name", "Twitter Account", "Twitter Profile",
        "Twitter URL", "X Handle", "X Username", "X (Twitter)",
    ),
}  # fmt: skip

# A header of an address says whose it is and which part: `Billing Street`, `Address 1 - City`, `Default Address Zip`.
_WHOSE = (
    "", "Billing", "Billing Address", "Mailing", "Mailing Address", "Shipping", "Shipping Address", "Home",
    "Home Address", "Work", "Work Address", "Business", "Business Address", "Property", "Contact", "Person", "Address",
    "Address 1", "Card", "Card Address", "Default Address", "Customer", "Customer Address", "Bill", "Ship",
)  # fmt: skip
_WHOSE_BEHIND = ("Home", "Work", "Other")
"""Constant Contact has `City - Home`."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "address": (
        "Address", "Address 1", "Address Line 1", "Line 1", "Street", "Street 1", "Street Address", "Street Address 1",
        "Street Address Line 1",
    ),
    "city": ("City", "Town"),
    "state": (
        "State", "State/Province", "State/Province (text only)", "State/Region", "State/Prov/Region", "State Code",
        "Province", "Province Code",
    ),
    "postal_code": (
        "Postal Code", "Postcode", "Zip", "Zip Code", "Zip/Postal Code", "Postal/Zip", "PIN Code",
    ),
    "country": ("Country", "Country (text only)", "Country/Region", "Country Code", "Country Name"),
}  # fmt: skip

_PIPEDRIVE = {
    "city": "City/town/village/locality",
    "state": "State/county",
    "postal_code": "ZIP/Postal code",
    "country": "Country",
}
"""What Pipedrive calls the parts of `Person - Postal address` and `Organization - Address`."""

# A company's fields are the customer's if the customers are companies.
_COMPANY = ("Company", "Organization", "Organisation", "Account")
_OF_COMPANIES: Mapping[str, tuple[str, ...]] = {
    ID: (
        "Account ID", "Apollo Account ID", "Company ID", "Organization - ID", "Record ID - Company",
        "ZoomInfo Company ID",
    ),
    "phone": (*(f"{whose} {part}" for whose in _COMPANY for part in ("Phone", "Phone Number")), "Company HQ Phone"),
    **{field: tuple(f"{whose} {part}" for whose in _COMPANY for part in parts) for field, parts in _PARTS.items()},
}  # fmt: skip


def normal(header: str) -> str:
    """A header as it is compared: without case, spaces and punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


def without_question(header: str) -> str:
    """A header as it is compared, without the words that ask for it: `homephone` for `What is your home phone?`."""
    return _QUESTION.sub("", normal(header))


def fields_of(columns: Sequence[str]) -> list[str | None]:
    """For each column the customer field that its header names; None for any other column.

    Columns named like enriched ones (`person_email`) are not fields: an output that is read again must not be its own
    evidence.
    """
    names = list(map(normal, columns))
    known = {**_FIELD_OF, **_told_by(frozenset(names))}
    return [
        None if _is_enriched(column) else known.get(name) or known.get(without_question(column))
        for column, name in zip(columns, names, strict=True)
    ]


def whose_address(header: str) -> str | None:
    """Whose address a column holds a part of: `billing` for `Billing City`; None for a column that is not part of an
    address.
    """
    return _WHOSE_ADDRESS.get(normal(header))


def _told_by(names: frozenset[str]) -> Mapping[str, str | None]:
    """What a header stands for if those beside it show whose export it is."""
    told: dict[str, str | None] = {}
    if "connectedon" in names:
        told["url"] = "linkedin_url"  # LinkedIn calls the profile just `URL`
    if "apollocontactid" in names:
        told["twitterurl"] = None  # Apollo means the company's
    if names & _OF_ACCOUNTS and not names & _OF_PEOPLE:
        told["name"] = "company"  # a Salesforce account is called just `Name`
    if "salesowner" in names:
        told |= {"account": "company", "work": "phone"}  # of Freshsales's contacts
    if "financialstatus" in names:
        told |= {"name": None, "id": None}  # of Shopify's orders these are the order's
    if not any(_FIELD_OF.get(name) in _OF_A_PERSON for name in names):
        told |= _FIELD_OF_COMPANIES
    return told


_QUESTION = re.compile("^(?:please)?(?:whatsyour|whatisyour|(?:enter|provide)?your)")
"""How Typeform and Google Forms phrase the question for a field, in the form in which headers are compared."""
_OF_ACCOUNTS = frozenset({"numberofemployees", "annualrevenue", "accountnumber", "people"})
_OF_PEOPLE = frozenset({"email", "firstname", "lastname", "company", "companyname", "accountname"})
_OF_A_PERSON = frozenset({"name", "first_name", "last_name", "email", "linkedin_url"})


def _is_enriched(column: str) -> bool:
    return column.strip().lower() in _ENRICHED


def _all_spellings() -> Iterator[tuple[str, str]]:
    for field in MAPPABLE:
        yield field, field
    for field, spellings in SPELLINGS.items():
        yield from ((spelling, field) for spelling in spellings)
    yield from ((spelling, field) for spelling, field, _ in _address_spellings())


def _address_spellings() -> Iterator[tuple[str, str, str]]:
    """Each spelling with its field and whose address it is."""
    for field, parts in _PARTS.items():
        for part in parts:
            yield from ((f"{whose} {part}", field, whose) for whose in _WHOSE)
            yield from ((f"{part} - {whose}", field, whose) for whose in _WHOSE_BEHIND)
    yield "Address 1 - Region", "state", "Address 1"  # Google's
    yield from ((f"{whose} Code", "postal_code", whose) for whose in ("Billing", "Shipping", "Mailing"))  # Zoho's
    yield "Person - Postal Address", "address", "Person - Postal"
    for field, part in _PIPEDRIVE.items():
        yield f"Person - {part} of Postal Address", field, "Person - Postal"


_ENRICHED = frozenset(f"{data_type}_{name}" for data_type in DataType for name in column_types(data_type))
_FIELD_OF = {normal(spelling): field for spelling, field in _all_spellings()}
_WHOSE_ADDRESS = {
    normal(spelling): normal(whose).removesuffix("address") for spelling, _, whose in _address_spellings()
}
_FIELD_OF_COMPANIES = {
    **{normal(spelling): field for field, spellings in _OF_COMPANIES.items() for spelling in spellings},
    **{normal(f"Organization - {part} of Address"): field for field, part in _PIPEDRIVE.items()},
}
