"""What holds of every judgement, whatever the values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge
from enrich_cli.matching.priors import Prior
from enrich_cli.matching.weights import CERTAIN, COMMON_NAME, UNCERTAIN, Evidence

PERSON = DataType.PERSON

_always = settings(deadline=None, database=None, max_examples=200)


class Side(Enum):
    """What an identity says of a field."""

    SILENT = "silent"
    AGREES = "agrees"
    DISAGREES = "disagrees"


OURS = {
    "name": "Ada Sample",
    "email": "ada.sample@gmail.com",
    "phone": "(415) 555-0132",
    "company": "Example Pumps",
    "domain": "example.com",
    "city": "Springfield",
    "state": "IL",
    "country": "US",
    "linkedin_url": "https://www.linkedin.com/in/ada-sample",
    "twitter": "adasample",
}
AGREEING = {
    "name": "Sample, Ada",
    "email": "AdaSample+news@gmail.com",
    "phone": "+1 415 555 0132",
    "company": "Example Pumps Ltd.",
    "domain": "www.example.com",
    "city": "springfield",
    "state": "Illinois",
    "country": "United States",
    "linkedin_url": "in/ada-sample",
    "twitter": "@AdaSample",
}
DISAGREEING = {
    "name": "Bob Jones",
    "email": "bob.jones@yahoo.com",
    "phone": "+1 212 555 0199",
    "company": "Globex",
    "domain": "globex.org",
    "city": "Portland",
    "state": "Maine",
    "country": "France",
    "linkedin_url": "in/bob-jones",
    "twitter": "bobjones",
}

sides = st.fixed_dictionaries({field: st.sampled_from(Side) for field in OURS})
keys = st.sampled_from([prior.fields for prior in Prior])
certainties = st.none() | st.floats(0, 1)
texts = st.text(max_size=30)


def said(about: Mapping[str, Side], key: frozenset[str], certainty: float | None) -> Identity:
    values = {
        field: AGREEING[field] if side is Side.AGREES else DISAGREEING[field]
        for field, side in about.items()
        if side is not Side.SILENT
    }
    return identity_of(values, key, certainty)


def identity_of(values: Mapping[str, str], key: frozenset[str], certainty: float | None) -> Identity:
    def told(field: str) -> tuple[str, ...]:
        return (values[field],) if field in values else ()

    return Identity(
        asked_by=key,
        names=told("name"),
        emails=told("email"),
        phones=told("phone"),
        companies=told("company"),
        domains=told("domain"),
        linkedin=told("linkedin_url"),
        twitter=told("twitter"),
        places=(Place(**{part: values.get(part) for part in ("city", "state", "postal_code", "country")}),),
        certainty=certainty,
    )


def customer_of(values: Mapping[str, str]) -> Customer:
    customer = customer_from({"address": "12 Main Street", **values})
    assert customer
    return customer


@_always
@given(sides, st.sampled_from(sorted(OURS)), keys, certainties)
def test_a_field_that_agrees_never_lowers_and_one_that_disagrees_never_raises_the_confidence(
    about: dict[str, Side], field: str, key: frozenset[str], certainty: float | None
) -> None:
    customer = customer_of(OURS)
    disagrees, silent, agrees = (
        judge(PERSON, customer, said({**about, field: side}, key, certainty)).confidence
        for side in (Side.DISAGREES, Side.SILENT, Side.AGREES)
    )
    assert disagrees <= silent <= agrees


@_always
@given(sides, st.sampled_from(sorted(OURS)), keys)
def test_the_same_holds_for_what_is_added_to_the_customer(
    about: dict[str, Side], field: str, key: frozenset[str]
) -> None:
    without = customer_from({other: value for other, value in OURS.items() if other != field})
    assert without
    added = customer_of(OURS)
    for side in (Side.DISAGREES, Side.AGREES):
        identity = said({**about, field: side}, key, None)
        change = judge(PERSON, added, identity).confidence - judge(PERSON, without, identity).confidence
        assert change >= 0 if side is Side.AGREES else change <= 0


@_always
@given(sides, keys, certainties)
def test_a_second_value_that_fits_worse_changes_nothing(
    about: dict[str, Side], key: frozenset[str], certainty: float | None
) -> None:
    one = said({**about, "name": Side.AGREES}, key, certainty)
    two = replace(one, names=(DISAGREEING["name"], *one.names))
    assert judge(PERSON, customer_of(OURS), one) == judge(PERSON, customer_of(OURS), two)


@_always
@given(
    st.dictionaries(st.sampled_from(sorted(OURS)), texts),
    st.dictionaries(st.sampled_from(sorted(OURS)), texts),
    keys,
    certainties,
)
def test_any_text_gets_a_confidence_between_0_and_1_and_reasons_that_hold_none_of_it(
    ours: dict[str, str], theirs: dict[str, str], key: frozenset[str], certainty: float | None
) -> None:
    judgement = judge(PERSON, customer_of(ours), identity_of(theirs, key, certainty))
    constant = {*(item.reason for item in (*Prior, *Evidence)), CERTAIN, COMMON_NAME, UNCERTAIN}
    assert 0 < judgement.confidence < 1
    assert set(judgement.reasons) <= constant


@_always
@given(sides, keys, certainties)
def test_no_word_of_anybody_s_values_gets_into_the_reasons(
    about: dict[str, Side], key: frozenset[str], certainty: float | None
) -> None:
    told = " ".join(judge(PERSON, customer_of(OURS), said(about, key, certainty)).reasons).lower().split()
    values = " ".join((*OURS.values(), *AGREEING.values(), *DISAGREEING.values())).lower().split()
    assert not set(told) & set(values)


words = st.text("abcdefghij", min_size=3, max_size=8)


@_always
@given(words, words, keys)
def test_it_does_not_matter_which_part_of_a_name_comes_first(first: str, last: str, key: frozenset[str]) -> None:
    customer = customer_of({"name": f"{first} {last}"})
    swapped = customer_of({"name": f"{last} {first}"})
    identity = Identity(asked_by=key, names=(f"{first} {last}",))
    assert judge(PERSON, customer, identity) == judge(PERSON, swapped, identity)


@_always
@given(st.tuples(words, words).map(" ".join), st.tuples(words, words).map(" ".join))
def test_it_does_not_matter_which_side_bears_which_name(one: str, other: str) -> None:
    there = judge(PERSON, customer_of({"name": one}), Identity(names=(other,)))
    back = judge(PERSON, customer_of({"name": other}), Identity(names=(one,)))
    assert there == back
