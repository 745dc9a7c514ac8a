"""What is not worth asking by is left out, for every vendor of a data type."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.providers.catalog import default_chain
from enrich_cli.providers.worth import FREE_MAIL, PLATFORM, PO_BOX, ROLE_MAILBOX, worthwhile

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType


def customer(**fields: str) -> Customer:
    made = customer_from(fields, given_id="1")
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("data_type", "fields", "left_out", "reason"),
    [
        (PERSON, {"email": "info@pumps.example", "name": "Ada Sample"}, {"email"}, ROLE_MAILBOX),
        (PERSON, {"name": "Ada Sample", "domain": "gmail.com"}, {"domain"}, FREE_MAIL),
        (PERSON, {"name": "Ada Sample", "domain": "https://www.instagram.com/pumps"}, {"domain"}, PLATFORM),
        (PERSON, {"name": "Ada Sample", "company": "Pumps", "domain": "yelp.com"}, {"domain"}, PLATFORM),
        (BUSINESS, {"company": "gmail.com", "city": "Springfield"}, {"company"}, FREE_MAIL),
        (SOCIAL, {"company": "Yahoo.com", "domain": "yahoo.com", "twitter": "ada"}, {"company", "domain"}, FREE_MAIL),
        (PROPERTY, {"address": "PO Box 7", "city": "Springfield", "state": "IL"}, {"address"}, PO_BOX),
    ],
)
def test_it_is_left_out_and_the_rest_stays(
    data_type: DataType, fields: dict[str, str], left_out: set[str], reason: str
) -> None:
    worth = worthwhile(data_type, customer(**fields))
    assert worth.customer.values() == {
        name: text for name, text in customer(**fields).values().items() if name not in left_out
    }
    assert (worth.customer.id, worth.left_out) == (customer(**fields).id, (reason,))


@pytest.mark.parametrize(
    ("data_type", "fields"),
    [
        (PERSON, {"email": "ada@gmail.com", "company": "Example Pumps"}),
        (BUSINESS, {"email": "info@pumps.example", "company": "Example Pumps", "domain": "pumps.example"}),
        (SOCIAL, {"address": "PO Box 7", "twitter": "ada"}),
        (PERSON, {"name": "Ada Sample", "company": "Instagram", "domain": "instagram-pumps.example"}),
        (PROPERTY, {"address": "12 Oak St", "company": "gmail.com", "email": "info@pumps.example"}),
        (BUSINESS, {"company": "Mail.com Bakery of Springfield"}),
    ],
)
def test_what_is_worth_asking_by_is_left_as_it_is(data_type: DataType, fields: dict[str, str]) -> None:
    ours = customer(**fields)
    worth = worthwhile(data_type, ours)
    assert worth.customer is ours
    assert worth.left_out == ()


@pytest.mark.parametrize(
    ("data_type", "fields"),
    [
        (PERSON, {"email": "sales@pumps.example"}),
        (PERSON, {"name": "Ada Sample", "domain": "linkedin.com"}),
        (BUSINESS, {"company": "hotmail.com", "city": "Springfield"}),
        (PROPERTY, {"address": "P.O. Box 12", "city": "Springfield", "state": "IL"}),
    ],
)
def test_no_vendor_is_asked_about_what_is_left(data_type: DataType, fields: dict[str, str]) -> None:
    left = worthwhile(data_type, customer(**fields)).customer
    assert not [vendor.name for vendor in default_chain(data_type) if vendor.can_ask(left)]
