"""Where a customer lands who had to be looked up and has not objected."""

from __future__ import annotations

from collections.abc import Collection

from enrich_cli.domain.enrichment import Known, Result, State
from enrich_cli.domain.report import Count


def land(results: Collection[Result], *, asked: bool, looked_up: bool) -> Count:
    """The first count that holds. `asked`: something was sent for the customer in this run, or answered from disk.

    `looked_up`: of that, some answer is more than what the customer was counted for before; else all was in the store.
    """
    known = any(result.enrichment is not None and result.enrichment.status is Known.FOUND for result in results)
    found = any(result.state is State.FOUND for result in results)
    if any(result.refused for result in results) and not asked:
        return Count.OVER_QUOTA
    if any(result.state is State.FAILED for result in results):
        return Count.PARTIAL if known or found else Count.FAILED
    if any(result.state is State.FOUND and not result.fresh for result in results):
        return Count.ENRICHED if looked_up else Count.CACHED
    in_vain = any(result.state is State.NOT_FOUND and not result.fresh for result in results)
    return Count.NOT_FOUND if in_vain or not any(result.fresh for result in results) else Count.CACHED
