"""May it be somebody else of the same name?"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import Judgement, judge
from enrich_cli.matching.weights import COMMON_NAME
from tests.labelled.namesakes import namesakes
from tests.labelled.quality import quality

COMMON, RARE = "John Smith", "Amara Okafor"
BY_NAME_AND_ADDRESS, BY_NOTHING = frozenset({"name", "address"}), frozenset[str]()
SEARCHES = pytest.mark.parametrize("asked_by", [BY_NAME_AND_ADDRESS, BY_NOTHING], ids=["by address", "by nothing"])
HERE = Place(address="12 Main St", city="Springfield", state="IL", postal_code="62701")
ACROSS_TOWN = replace(HERE, address="80 Oak Ave")


def judged(name: str, asked_by: frozenset[str], **told: Any) -> Judgement:
    customer = Customer(
        id=CustomerId("c1"),
        name=name,
        phone="+1 217 555 0100",
        company="Example Pumps",
        address=HERE.address,
        city=HERE.city,
        state=HERE.state,
        postal_code=HERE.postal_code,
    )
    return judge(DataType.PERSON, customer, Identity(asked_by=asked_by, **({"names": (name,)} | told)))


@SEARCHES
def test_somebody_in_another_street_is_believed_by_a_rare_name_and_not_by_a_common_one(
    asked_by: frozenset[str],
) -> None:
    assert judged(RARE, asked_by, places=(ACROSS_TOWN,)).confidence > 0.6
    common = judged(COMMON, asked_by, places=(ACROSS_TOWN,))
    assert common.confidence < 0.3
    assert COMMON_NAME in common.reasons


@pytest.mark.parametrize("told", [{"phones": ("+12175550199",)}, {"companies": ("Globex",)}], ids=["phone", "company"])
def test_another_street_and_one_more_contradiction_outweigh_even_a_rare_name_in_town(told: dict[str, Any]) -> None:
    assert judged(RARE, BY_NAME_AND_ADDRESS, places=(ACROSS_TOWN,), **told).confidence < 0.5


@SEARCHES
@pytest.mark.parametrize(
    "told",
    [
        {"places": (HERE,)},
        {"places": (replace(HERE, address="12 Main St Apt 2"),)},
        {"places": (ACROSS_TOWN,), "phones": ("+12175550100",)},
        {"places": (ACROSS_TOWN,), "companies": ("Example Pumps Inc",)},
    ],
    ids=["house", "house and unit", "phone", "company"],
)
def test_where_something_of_few_people_agrees_a_common_name_tells_as_much_as_a_rare_one(
    asked_by: frozenset[str], told: dict[str, Any]
) -> None:
    assert judged(COMMON, asked_by, **told) == judged(RARE, asked_by, **told)


@pytest.mark.parametrize("key", ["email", "linkedin_url", "twitter", "phone"])
def test_a_record_that_a_key_led_to_is_no_namesake_s(key: str) -> None:
    common, rare = (judged(name, frozenset({key}), places=(ACROSS_TOWN,)) for name in (COMMON, RARE))
    assert common == rare


def test_a_search_by_address_that_tells_no_street_has_found_that_address() -> None:
    town = replace(HERE, address=None)
    assert judged(COMMON, BY_NAME_AND_ADDRESS, places=(town,)).confidence > 0.6
    assert judged(COMMON, BY_NOTHING, places=(town,)).confidence < 0.5


def test_a_common_name_that_disagrees_is_not_held_against_anybody() -> None:
    assert COMMON_NAME not in judged(COMMON, BY_NOTHING, names=("Mary Jones",), places=(ACROSS_TOWN,)).reasons


@pytest.mark.parametrize("theirs", ["Smith, John", "JOHN SMITH", "Jack Smith", "J. Smith", "John Michael Smith"])
def test_however_it_is_written_a_common_name_is_common(theirs: str) -> None:
    assert judged(COMMON, BY_NOTHING, names=(theirs,), places=(ACROSS_TOWN,)).confidence < 0.2


@SEARCHES
def test_a_common_name_that_agrees_is_never_worse_than_none(asked_by: frozenset[str]) -> None:
    nameless = judged(COMMON, asked_by, names=(), places=(ACROSS_TOWN,))
    assert judged(COMMON, asked_by, places=(ACROSS_TOWN,)).confidence >= nameless.confidence


def test_another_name_on_a_record_does_not_make_the_customer_s_a_common_one() -> None:
    one, two = (judged(RARE, BY_NOTHING, names=names, places=(ACROSS_TOWN,)) for names in ((RARE,), (COMMON, RARE)))
    assert one == two


def test_an_initial_is_not_held_against_a_name_twice() -> None:
    told = judged("Robert Okafor", BY_NOTHING, names=("R. Okafor",), places=(ACROSS_TOWN,))
    assert "name agrees (initial)" in told.reasons
    assert COMMON_NAME not in told.reasons


@pytest.mark.slow
def test_few_namesakes_in_town_are_taken_and_most_who_moved_within_it_are_found() -> None:
    pairs = list(namesakes(seed=0, count=2000))
    assert sum(pair.same for pair in pairs) > 500
    found = quality(pairs)
    assert found.precision > 0.75
    assert found.recall > 0.85
    assert found.ece < 0.08
