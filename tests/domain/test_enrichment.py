"""What is known of a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Known, content_of

NOW = datetime(2026, 11, 3, tzinfo=UTC)


def enrichment(data: dict[str, Any] | None) -> Enrichment:
    content = None if data is None else content_of(data)
    return Enrichment(data_type=DataType.PERSON, status=Known.FOUND, cached_at=NOW, expires_at=NOW, content=content)


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
