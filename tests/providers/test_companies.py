"""Companies that are worth asking about."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.providers.companies import company_name


def name_of(company: str | None) -> str | None:
    return company_name(Customer(id=CustomerId("1"), company=company))


@pytest.mark.parametrize(
    "company", ["Acme Dental Care", "Booking.com", "Live. Love", "3M", "東京電力", "M@dison", "@home"]
)
def test_a_name_is_a_company(company: str) -> None:
    assert name_of(company) == company


@pytest.mark.parametrize("company", ["gmail.com", "Yahoo.co.uk", "www.gmail.com", "https://web.de/"])
def test_a_service_of_free_mail_is_no_company(company: str) -> None:
    assert name_of(company) is None


@pytest.mark.parametrize("company", [None, "-", "&", "ada@example.com", "Ada <ada@example.com>"])
def test_nothing_signs_and_an_email_are_no_company(company: str | None) -> None:
    assert name_of(company) is None
