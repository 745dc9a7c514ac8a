"""Where a customer that had to be looked up lands: the first of the counts that holds."""

from __future__ import annotations

from collections.abc import Iterator
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

RESULTS = {
    "fresh": Result(State.FOUND, STORED, fresh=True),
    "blank": Result(State.NOT_FOUND, fresh=True),
    "found": Result(State.FOUND),
    "miss": Result(State.NOT_FOUND),
    "kept": Result(State.NOT_FOUND, STORED),
    "failed": Result(State.FAILED),
    "stale": Result(State.FAILED, STORED),
    "refused": Result(State.FAILED, refused=True),
    "skipped": Result(State.SKIPPED),
    "left": Result(State.SKIPPED, STORED),
}
"""How a data type may end.

Fresh in the store: found (`fresh`), or that there is nothing (`blank`). In this run: `found`; a `miss`, which may leave
found data in place (`kept`); `failed`, `stale` where something is stored; `refused` by a cap. Not looked up: `skipped`,
`left` where something is stored.
"""
COUNTS = {"C": Count.CACHED, "E": Count.ENRICHED, "F": Count.FAILED, "N": Count.NOT_FOUND, "P": Count.PARTIAL}
TABLE = """
         fresh  blank  found  miss   kept   failed stale  refused skipped left
fresh    C      C      E      N      N      P      P      P       C       C
blank    C      C      E      N      N      F      P      F       C       C
found    E      E      E      E      E      P      P      P       E       E
miss     N      N      E      N      N      F      P      F       N       N
kept     N      N      E      N      N      P      P      P       N       N
failed   P      F      P      F      P      F      P      F       F       P
stale    P      P      P      P      P      P      P      P       P       P
refused  P      F      P      F      P      F      P      F       F       P
skipped  C      C      E      N      N      F      P      F       N       N
left     C      C      E      N      N      P      P      P       N       N
"""
"""Of two data types, where each of them ends so; on the diagonal, both or the only one."""


def cells() -> Iterator[tuple[str, str, Count]]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    assert head == [line[0] for line in lines] == list(RESULTS)
    for one, *counts in lines:
        for other, count in zip(head, counts, strict=True):
            yield one, other, COUNTS[count]


@pytest.mark.parametrize(("one", "other", "count"), list(cells()))
def test_a_customer_that_was_asked_about_lands_in(one: str, other: str, count: Count) -> None:
    results = {one: RESULTS[one], other: RESULTS[other]}
    assert land(results.values(), asked=True, looked_up=True) is count


@pytest.mark.parametrize("other", RESULTS)
def test_when_a_cap_let_nothing_be_sent_it_is_over_quota(other: str) -> None:
    results = [RESULTS[other], RESULTS["refused"]]
    assert land(results, asked=False, looked_up=False) is Count.OVER_QUOTA


@pytest.mark.parametrize(
    ("ends", "count"),
    [
        ("found", Count.CACHED),
        ("found miss", Count.CACHED),
        ("found failed", Count.PARTIAL),
        ("miss", Count.NOT_FOUND),
    ],
)
def test_what_it_was_counted_for_before_is_no_new_enrichment(ends: str, count: Count) -> None:
    results = [RESULTS[end] for end in ends.split()]
    assert land(results, asked=True, looked_up=False) is count
