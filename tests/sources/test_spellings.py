"""Headers as other programs write them."""

from __future__ import annotations

import pytest

from enrich_cli.sources.spellings import SPELLINGS, fields_of, normal

EXPORTS: dict[str, dict[str, str | None]] = {
    "HubSpot": {
        "Record ID": "customer_id", "First Name": "first_name", "Last Name": "last_name", "Email": "email",
        "Phone Number": "phone", "Company Name": "company", "Associated Company (Primary)": "company",
        "Website URL": "domain", "Street Address": "address",
        "City": "city", "State/Region": "state", "Postal Code": "postal_code", "Country/Region": "country",
    },
    "Salesforce": {
        "Id": "customer_id", "FirstName": "first_name", "Account Name": "company", "AccountId": None,
        "Billing Street": "address", "BillingCity": "city", "Mailing State/Province": "state",
        "Mailing Zip/Postal Code": "postal_code", "MobilePhone": "phone",
        "Mailing State/Province (text only)": "state", "Mailing Country (text only)": "country",
    },
    "Salesforce accounts": {
        "Account Owner": None, "Account Name": "company", "Billing City": "city", "Phone": "phone",
        "Website": "domain", "Account ID": "customer_id",
    },
    "Google Contacts": {
        "Given Name": "first_name", "Family Name": "last_name", "E-mail 1 - Value": "email", "E-mail 2 - Value": None,
        "E-mail 1 - Label": None, "Phone 1 - Value": "phone", "Organization Name": "company",
        "Website 1 - Value": "domain", "Address 1 - Street": "address", "Address 1 - Region": "state",
    },
    "Outlook": {
        "E-mail Address": "email", "E-mail 2 Address": None, "Business Phone": "phone", "Business Street": "address",
        "Business Country/Region": "country", "Web Page": "domain", "Company": "company",
    },
    "Mailchimp": {"Email Address": "email", "FNAME": "first_name", "LNAME": "last_name", "MEMBER_RATING": None},
    "Mailchimp addresses": {
        "Address - Street Address": "address", "Address - City": "city", "Address - State/Prov/Region": "state",
        "Address - Postal/Zip": "postal_code", "Address - Address Line 2": None,
    },
    "Pipedrive": {
        "Person - Name": "name", "Person - Email - Work": "email", "Person - Phone - Mobile": "phone",
        "Person - Organization": "company", "Organization - Name": "company", "Organization - Address": None,
        "Person - LinkedIn": "linkedin_url", "Person - City": "city", "Person - ID": "customer_id",
        "Organization - ID": None, "Person - Postal address": "address",
        "Person - City/town/village/locality of Postal address": "city",
        "Person - State/county of Postal address": "state", "Person - ZIP/Postal code of Postal address": "postal_code",
        "Person - Country of Postal address": "country", "Organization - Country of Address": None,
    },
    "Pipedrive organizations": {
        "Organization - ID": "customer_id", "Organization - Name": "company", "Organization - Address": "address",
        "Organization - Website": "domain", "Organization - People": None,
        "Organization - City/town/village/locality of Address": "city",
        "Organization - State/county of Address": "state",
        "Organization - ZIP/Postal code of Address": "postal_code", "Organization - Country of Address": "country",
    },
    "Stripe": {
        "id": "customer_id", "Name": "name", "Card Address Line1": "address", "Card Address Zip": "postal_code",
        "Address Line1": "address", "Address City": "city", "Address Postal Code": "postal_code",
    },
    "Stripe payments": {
        "Customer ID": "customer_id", "Customer Name": "name", "Customer Email": "email",
        "Customer Address Line1": "address", "Customer Address City": "city", "Customer Address Zip": "postal_code",
    },
    "Shopify": {
        "Customer ID": "customer_id", "Default Address Address1": "address", "Default Address Province Code": "state",
        "Default Address Zip": "postal_code", "Accepts Email Marketing": None,
    },
    "Shopify orders": {
        "Name": None, "Id": None, "Email": "email", "Financial Status": None, "Lineitem name": None,
        "Billing Name": "name", "Billing Street": "address", "Billing Company": "company",
    },
    "LinkedIn": {"URL": "linkedin_url", "Connected On": None, "Email Address": "email", "Company": "company"},
    "LinkedIn contacts": {"FirstName": "first_name", "Emails": "email", "FullName": "name", "Companies": None},
    "Apollo": {
        "Person Linkedin Url": "linkedin_url", "Company Linkedin Url": None, "Company Name for Emails": "company",
        "Work Direct Phone": "phone", "Corporate Phone": None, "Company Address": None,
        "Apollo Contact Id": "customer_id", "Apollo Account Id": None,
    },
    "Apollo accounts": {
        "Company Name": "company", "Company Phone": "phone", "Company Street": "address", "Company City": "city",
        "Company Linkedin Url": None, "Apollo Account Id": "customer_id",
    },
    "Pipedrive organizations' list": {"Name": "company", "Address": "address", "People": None, "ID": "customer_id"},
    "ZoomInfo": {
        "ZoomInfo Contact ID": "customer_id", "First Name": "first_name", "Direct Phone Number": "phone",
        "Email Address": "email", "LinkedIn Contact Profile URL": "linkedin_url", "Person Zip Code": "postal_code",
        "ZoomInfo Company ID": None, "Company Name": "company", "Company HQ Phone": None,
        "Company Street Address": None, "LinkedIn Company Profile URL": None,
    },
    "ZoomInfo companies": {
        "ZoomInfo Company ID": "customer_id", "Company Name": "company", "Company HQ Phone": "phone",
        "Company Street Address": "address",
    },
    "Zoho accounts": {
        "Record Id": "customer_id", "Account Name": "company", "Account Number": None, "Billing Street": "address",
        "Billing Code": "postal_code", "SIC Code": None,
    },
    "Freshsales": {
        "id": "customer_id", "First name": "first_name", "Emails": "email", "Work": "phone", "Zipcode": "postal_code",
        "Sales owner": None, "Account": "company",
    },
    "Typeform": {
        "#": None, "What's your first name?": "first_name", "What is your *email address*?": "email",
        "What company do you work for?": "company", "What is your job title?": None, "Submitted At": None,
    },
    "Eventbrite": {
        "Order #": None, "Attendee First Name": "first_name", "Attendee Email": "email", "Buyer Email": None,
        "Cell Phone": "phone", "Home Address 1": "address", "Home Zip": "postal_code",
    },
    "Square": {
        "Reference ID": None, "Square Customer ID": "customer_id", "Email Address": "email",
        "Street Address 1": "address", "Street Address 2": None,
    },
    "QuickBooks": {
        "Customer full name": "name", "Phone numbers": "phone", "Main Email": "email", "Bill address": "address",
    },
    "Constant Contact": {
        "Email address": "email", "Street address line 1 - Home": "address", "City - Home": "city",
        "State/Province - Home": "state", "Zip/Postal code - Home": "postal_code", "Phone - mobile": "phone",
    },
}  # fmt: skip


@pytest.mark.parametrize("program", EXPORTS)
def test_the_headers_of_an_export_are_recognised(program: str) -> None:
    columns = EXPORTS[program]
    assert dict(zip(columns, fields_of(list(columns)), strict=True)) == columns


@pytest.mark.parametrize("header", ["E-MAIL", "e mail", " Email: ", "E\u2011Mail", "\uff25mail"])
def test_case_spaces_and_punctuation_do_not_matter(header: str) -> None:
    assert fields_of([header]) == ["email"]


@pytest.mark.parametrize("header", ["person_email", "Person_Email ", "enrichment_status", "business_phone", "social_x"])
def test_an_enriched_column_is_no_customer_field(header: str) -> None:
    assert fields_of([header]) == [None]


def test_a_column_that_only_sounds_like_an_enriched_one_is_recognised() -> None:
    assert fields_of(["Person - Email", "Business Phone", "person_id"]) == ["email", "phone", "customer_id"]
    assert fields_of(["business_email", "person_name", "property_zip"]) == ["email", "name", "postal_code"]


def test_url_is_a_linkedin_profile_in_linkedins_own_export_only() -> None:
    assert fields_of(["URL", "Email"]) == [None, "email"]


def test_a_name_among_figures_of_an_account_is_a_companys_unless_another_column_is() -> None:
    assert fields_of(["Name", "AnnualRevenue"]) == ["company", None]
    assert fields_of(["Name", "Company", "AnnualRevenue"]) == ["name", "company", None]


@pytest.mark.parametrize("header", ["Your email", "Please enter your e-mail address", "What\u2019s your email?"])
def test_a_question_of_a_form_is_recognised_by_what_it_asks_for(header: str) -> None:
    assert fields_of([header]) == ["email"]


def test_account_and_work_are_those_of_freshsales_in_its_own_export_only() -> None:
    assert fields_of(["Account", "Work", "Email"]) == [None, None, "email"]


def test_no_spelling_stands_for_two_fields() -> None:
    owners: dict[str, set[str]] = {}
    for field, spellings in SPELLINGS.items():
        for spelling in spellings:
            owners.setdefault(normal(spelling), set()).add(field)
    assert [spelling for spelling, fields in owners.items() if len(fields) > 1] == []
