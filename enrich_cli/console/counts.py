"""Where the customers of a run landed, ordered from what was found to what could not be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enrich_cli.domain.report import Count

IN_ORDER = (
    Count.ENRICHED,
    Count.PARTIAL,
    Count.CACHED,
    Count.NOT_FOUND,
    Count.FAILED,
    Count.OVER_QUOTA,
    Count.SUPPRESSED,
    Count.REJECTED,
)


def counts_in_words(
    customers: Mapping[Count, int] | Mapping[str, int], order: Iterable[Count] = IN_ORDER
) -> dict[Count, str]:
    """`1,234 not found` for each count that is not zero."""
    return {count: f"{number:,} {count.value.replace('_', ' ')}" for count in order if (number := customers.get(count))}
