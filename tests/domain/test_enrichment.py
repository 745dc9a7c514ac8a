"""What is known of a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Known, content_of

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


@pytest.mark.parametrize(
    ("data", "has"),
    [
        ({"city": "Paris", "bio": "…"}, True),
        ({"city": "Paris", "bio": False}, True),
        ({"city": "Paris", "bio": 0}, True),
        ({"city": "Paris"}, False),
        ({"city": "Paris", "bio": None}, False),
        ({"city": "Paris", "bio": ""}, False),
        ({"city": "Paris", "bio": []}, False),
        (None, False),
    ],
)
def test_it_has_what_is_wanted_when_all_of_it_says_something(data: dict[str, Any] | None, has: bool) -> None:
    assert enrichment(data).has(frozenset({"city", "bio"})) is has


def test_when_nothing_is_wanted_it_has_it() -> None:
    assert enrichment(None).has(frozenset())
    assert enrichment({}).has(frozenset())


def test_its_fields_are_those_that_say_something_each_with_who_said_it() -> None:
    data: dict[str, Any] = {"bio": "…", "city": "Paris", "phone": None, "job_title": "", "employment": []}
    known = enrichment(data, {"city": "hunter", "bio": "clearbit"})
    assert list(known.fields()) == [("city", "Paris", "hunter"), ("bio", "…", "clearbit")]
    assert list(enrichment(None).fields()) == []


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
