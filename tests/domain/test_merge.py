"""Joining what several providers said."""

from __future__ import annotations

import pytest

from enrich_cli.domain.business import Business, Officer
from enrich_cli.domain.merge import filled, fitting, take
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Employment, Person
from enrich_cli.domain.property import Property

REGISTERED = Business(
    company_number="1",
    jurisdiction="us_de",
    incorporated_on="2014-03-11",
    company_type="LLC",
    registration_status="Active",
    registered_address="1 Main St, Dover",
    officers=(Officer(name="Sam Sample", role="manager"),),
    registry_url="https://opencorporates.com/companies/us_de/1",
)
JOB = Employment(company="Acme")


def test_a_field_is_filled_when_it_says_something() -> None:
    person = Person(full_name="Ada", city="", bio=None, employment=(JOB,))
    assert filled(person) == {"full_name", "employment"}
    assert filled(Person()) == frozenset()


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (Property(owner_occupied=False), {"owner_occupied"}),
        (Business(review_count=0, price_level=0), {"review_count", "price_level"}),
        (Property(permits=()), {"permits"}),
        (Property(permits=None, owners=()), set()),
        (Business(hours={}, reviews=(), officers=()), set()),
    ],
)
def test_no_none_at_all_and_zero_say_something_and_a_list_does_where_the_model_tells_it_from_nothing(
    model: Model, says: set[str]
) -> None:
    assert filled(model) == says


def test_only_the_named_fields_are_taken() -> None:
    first, second = Person(full_name="Ada", city="Paris"), Person(city="Rome", email="ada@x.org", employment=(JOB,))
    merged = take(first, second, ["email", "employment"])
    assert merged == Person(full_name="Ada", city="Paris", email="ada@x.org", employment=(JOB,))


def test_a_verdict_on_another_e_mail_does_not_fit() -> None:
    names = frozenset({"email_status", "seniority"})
    verified = Person(email="ada@x.org", email_status="deliverable", seniority="executive")
    assert fitting(Person(email="ada@y.org"), verified, names) == {"seniority"}
    assert fitting(Person(email="Ada@x.org"), verified, names) == names
    assert fitting(Person(full_name="Ada"), verified, names | {"email"}) == names | {"email"}


def test_nor_does_one_on_an_e_mail_that_does_not_come_along() -> None:
    verified = Person(email="ada@x.org", email_status="deliverable")
    assert fitting(Person(full_name="Ada"), verified, frozenset({"email_status"})) == set()
    told_alone = Person(email_status="deliverable")
    assert fitting(Person(email="ada@x.org"), told_alone, frozenset({"email_status"})) == {"email_status"}


@pytest.mark.parametrize(
    ("model", "other", "fits"),
    [
        (Property(last_sale_date="2022-03-01"), Property(last_sale_date="2004-05-06", last_sale_price=310_000), False),
        (Property(last_sale_date="2022-03-01"), Property(last_sale_date="2022-03-01", last_sale_price=310_000), True),
        (Property(zoning="R1"), Property(last_sale_date="2004-05-06", last_sale_price=310_000), True),
        (Property(last_sale_price=1), Property(last_sale_date="2004-05-06", last_sale_price=310_000), False),
        (Person(city="Paris"), Person(city="Austin", state="TX", country="US", location="Austin, TX"), False),
        (Person(city="paris"), Person(city="Paris", state="TX", country="US", location="Paris, TX"), True),
        (Business(company_number="2", jurisdiction="us_de"), REGISTERED, False),
        (Business(company_number="1", jurisdiction="us_ca"), REGISTERED, False),
        (Business(company_number="1", jurisdiction="us_de"), REGISTERED, True),
        (Business(name="Acme", rating=4.5), REGISTERED, True),
    ],
)
def test_of_another_sale_place_or_company_nothing_is_added(model: Model, other: Model, fits: bool) -> None:
    names = filled(other) - filled(model)
    assert fitting(model, other, names) == (names if fits else set())


def test_what_belongs_to_nothing_that_both_name_is_added() -> None:
    house, other = Property(last_sale_date="2022-03-01"), Property(last_sale_date="2004-05-06", zoning="R1", beds=3)
    assert fitting(house, other, frozenset({"zoning", "beds"})) == {"zoning", "beds"}
