"""Where a customer that had to be looked up lands: the first of the counts that holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, Result, State, content_of
from enrich_cli.domain.report import Count
from enrich_cli.engine.landing import land

NOW = datetime(2026, 11, 3, tzinfo=UTC)
STORED = Enrichment(
    data_type=DataType.PERSON, status=Known.FOUND, cached_at=NOW, expires_at=NOW, content=content_of({})
)

FOUND = Result(State.FOUND)
FRESH = Result(State.FOUND, STORED, fresh=True)
FRESH_NOTHING = Result(State.NOT_FOUND, fresh=True)
NOT_FOUND = Result(State.NOT_FOUND)
FAILED = Result(State.FAILED)
FAILED_BUT_STORED = Result(State.FAILED, STORED)
REFUSED = Result(State.FAILED, refused=True)
SKIPPED = Result(State.SKIPPED)
SKIPPED_BUT_STORED = Result(State.SKIPPED, STORED)


@pytest.mark.parametrize(
    ("results", "count"),
    [
        ((FOUND,), Count.ENRICHED),
        ((FOUND, NOT_FOUND), Count.ENRICHED),
        ((FOUND, SKIPPED), Count.ENRICHED),
        ((FOUND, FRESH), Count.ENRICHED),
        ((FOUND, FAILED), Count.PARTIAL),
        ((FOUND, REFUSED), Count.PARTIAL),
        ((FRESH, FAILED), Count.PARTIAL),
        ((FAILED, NOT_FOUND), Count.FAILED),
        ((FAILED, SKIPPED), Count.FAILED),
        ((REFUSED,), Count.FAILED),
        ((FAILED_BUT_STORED,), Count.PARTIAL),
        ((FAILED, SKIPPED_BUT_STORED), Count.PARTIAL),
        ((FRESH, NOT_FOUND), Count.CACHED),
        ((FRESH_NOTHING, NOT_FOUND), Count.NOT_FOUND),
        ((NOT_FOUND,), Count.NOT_FOUND),
        ((NOT_FOUND, SKIPPED), Count.NOT_FOUND),
    ],
)
def test_a_customer_that_was_asked_about_lands_in(results: tuple[Result, ...], count: Count) -> None:
    assert land(results, asked=True, looked_up=True, objected=False) is count


@pytest.mark.parametrize("results", [(REFUSED,), (REFUSED, REFUSED), (FRESH, REFUSED), (SKIPPED, REFUSED)])
def test_when_a_cap_let_nothing_be_sent_it_is_over_quota(results: tuple[Result, ...]) -> None:
    assert land(results, asked=False, looked_up=False, objected=False) is Count.OVER_QUOTA


@pytest.mark.parametrize("results", [(FOUND,), (FAILED,), (REFUSED,), ()])
def test_whoever_objects_is_suppressed_whatever_was_found(results: tuple[Result, ...]) -> None:
    assert land(results, asked=True, looked_up=True, objected=True) is Count.SUPPRESSED


@pytest.mark.parametrize(
    ("results", "count"),
    [
        ((FOUND,), Count.CACHED),
        ((FOUND, NOT_FOUND), Count.CACHED),
        ((FOUND, FAILED), Count.PARTIAL),
        ((NOT_FOUND,), Count.NOT_FOUND),
    ],
)
def test_what_it_was_counted_for_before_is_no_new_enrichment(results: tuple[Result, ...], count: Count) -> None:
    assert land(results, asked=True, looked_up=False, objected=False) is count
