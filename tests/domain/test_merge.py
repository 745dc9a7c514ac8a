"""Joining what several providers said."""

from __future__ import annotations

import pytest

from enrich_cli.domain.business import Business
from enrich_cli.domain.merge import filled, take
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Employment, Person
from enrich_cli.domain.property import Property

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
