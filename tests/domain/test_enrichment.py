"""What is known of a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Known, content_of
from enrich_cli.domain.models import columns, flat

NOW = datetime(2026, 11, 3, tzinfo=UTC)


def enrichment(
    data: dict[str, Any] | None,
    provenance: dict[str, str] | None = None,
    *,
    data_type: DataType = DataType.PERSON,
    confidence: float | None = None,
) -> Enrichment:
    return Enrichment(
        data_type=data_type,
        status=Known.FOUND,
        cached_at=NOW,
        expires_at=NOW,
        confidence=confidence,
        content=None if data is None else content_of(data, provenance),
    )


def test_a_finding_without_data_says_that_there_is_nothing() -> None:
    assert Finding(data_type=DataType.PERSON).status is Known.NOT_FOUND
    assert Finding(data_type=DataType.PERSON, content=content_of({"city": "Paris"})).status is Known.FOUND


@pytest.mark.parametrize("value", ["…", False, 0, []])
def test_it_has_what_some_provider_said_something_of_though_it_be_no_or_none(value: object) -> None:
    known = enrichment({"city": "Paris", "bio": value}, {"city": "hunter", "bio": "hunter"})
    assert known.has(frozenset({"city", "bio"}))


@pytest.mark.parametrize(
    "data", [{"city": "Paris"}, {"city": "Paris", "bio": None}, {"city": "Paris", "bio": []}, None]
)
def test_it_lacks_what_nobody_said_anything_of(data: dict[str, Any] | None) -> None:
    assert not enrichment(data, {"city": "hunter"}).has(frozenset({"city", "bio"}))


def test_when_nothing_is_wanted_it_has_it() -> None:
    assert enrichment(None).has(frozenset())
    assert enrichment({}).has(frozenset())


def test_its_fields_are_those_that_say_something_each_with_who_said_it() -> None:
    data: dict[str, Any] = {"bio": "…", "city": "Paris", "phone": None, "job_title": "", "employment": []}
    known = enrichment(data, {"city": "hunter", "bio": "clearbit"})
    assert list(known.fields()) == [("city", "Paris", "hunter"), ("bio", "…", "clearbit")]
    assert list(enrichment(None).fields()) == []


def test_a_list_that_a_provider_says_is_empty_is_one_of_them() -> None:
    data = {"properties": [{"address": "12 Oak St", "permits": []}]}
    known = enrichment(data, {"address": "attom", "permits": "attom"}, data_type=DataType.PROPERTY)
    assert list(known.fields()) == [("address", "12 Oak St", "attom"), ("permits", [], "attom")]


def test_all_fields_of_a_profile_are_said_by_whoever_found_it() -> None:
    profiles = {"twitter": {"handle": "ada", "followers": 0, "verified": False, "bio": None}, "linkedin": None}
    known = enrichment({"profiles": profiles}, {"twitter": "twitter"}, data_type=DataType.SOCIAL)
    assert list(known.fields()) == [
        ("twitter_handle", "ada", "twitter"),
        ("twitter_followers", 0, "twitter"),
        ("twitter_verified", False, "twitter"),
    ]


def test_nobody_is_more_sure_than_they_are() -> None:
    assert [enrichment({}, confidence=sure).percent_sure for sure in (0.999, 0.29, None)] == [99, 29, None]


@pytest.mark.parametrize(
    ("data_type", "data"),
    [
        (DataType.PERSON, {"city": "Paris", "employment": [{"company": "Acme"}], "a field of a later version": 1}),
        (DataType.BUSINESS, {"rating": 4.5, "officers": None}),
        (DataType.SOCIAL, {"profiles": {"twitter": {"handle": "ada"}, "linkedin": None}}),
        (DataType.PROPERTY, {"properties": [{"ownership": {"market_value": 250_000}, "permits": []}]}),
    ],
)
def test_the_values_of_the_flat_columns_come_in_their_order(data_type: DataType, data: dict[str, Any]) -> None:
    named = flat(data_type, data)
    values = enrichment(data, data_type=data_type).flat_values()
    assert list(values) == [named.get(name) for name in columns(data_type)]
    assert [value for value in values if value is not None]


@pytest.mark.parametrize("data_type", DataType)
def test_where_nothing_was_found_all_flat_columns_are_none(data_type: DataType) -> None:
    assert set(enrichment(None, data_type=data_type).flat_values()) == {None}
