"""A company's stored customers, as rows for an output."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Known, Result, State
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished
from enrich_cli.store.connection import reading
from enrich_cli.store.customer_search import NOBODY_CALLED_SO, CustomerSearch
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments, SavedEnrichment
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.source import row_of


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """What makes an enrichment fresh outside a run; `freshness.py` decides for a run, which may also require fields, or
    trust what runs near it saved at any age.
    """

    saved_after: datetime
    min_confidence: float
    reads: Mapping[DataType, frozenset[str]]
    """The customer fields on which each data type depends: what was found for other values may be about
    somebody else.
    """


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which stored enrichments to export."""

    types: Sequence[DataType]
    customers: Sequence[str] = ()
    """Ids, e-mails, names or phones; empty means everybody."""
    min_confidence: float | None = None
    """None: any confidence, and "nothing found" as well."""
    fresh: Fresh | None = None
    """None: fresh or not."""


def stored_rows(path: Path, company: str, wanted: Wanted, *, keys: KeySource) -> Iterator[Finished]:
    """Every customer for whom something wanted is stored, in the order in which they were first saved.

    All rows are of one moment, whatever is saved meanwhile, and are read lazily. Raises StoreError for a customer who
    is not stored, and MasterKeyError, at once; SealBroken at the row.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(reading(path))
        cipher = None
        if connection is not None:
            connection.execute("BEGIN")
            cipher = cipher_for_reading(connection, company, keys)
        if connection is None or cipher is None:
            if wanted.customers:
                raise StoreError(NOBODY_CALLED_SO)
            return iter(())
        customers = Customers(connection, company, cipher)
        search = CustomerSearch(connection, company, cipher)
        pages = customers.pages_of(search.named(wanted.customers)) if wanted.customers else customers.pages()
        return _rows(pages, customers, Enrichments(connection, company, cipher), wanted, stack.pop_all())


def _rows(
    pages: Iterator[Mapping[str, Customer]],
    customers: Customers,
    known: Enrichments,
    wanted: Wanted,
    opened: ExitStack,
) -> Iterator[Finished]:
    lines = itertools.count(1)
    with opened:
        for page in pages:
            saved = known.load(list(page))
            for customer_id, customer in page.items():
                rows = [row for data_type in wanted.types if (row := saved.get((customer_id, data_type)))]
                if results := _results(rows, customer, customers, wanted):
                    found = any(result.state is State.FOUND for result in results.values())
                    count = Count.CACHED if found else Count.NOT_FOUND
                    yield Finished(row_of(next(lines), customer), count, results, customer.id.shown)


def _results(
    rows: Iterable[SavedEnrichment], customer: Customer, customers: Customers, wanted: Wanted
) -> dict[DataType, Result]:
    results = {}
    for row in rows:
        shown = row.as_found_last(wanted.fresh.min_confidence) if wanted.fresh else row
        if _is_wanted(shown, customer, customers, wanted):
            results[row.enrichment.data_type] = Result(State(shown.enrichment.status), shown.enrichment)
    return results


def _is_wanted(row: SavedEnrichment, customer: Customer, customers: Customers, wanted: Wanted) -> bool:
    enrichment, fresh = row.enrichment, wanted.fresh
    found = enrichment.status is Known.FOUND
    if wanted.min_confidence is not None and not (found and row.is_sure(wanted.min_confidence)):
        return False
    if fresh is None:
        return True
    return (
        enrichment.cached_at > fresh.saved_after
        and row.is_sure(fresh.min_confidence)
        and row.fingerprint in customers.fingerprints(customer, fresh.reads[enrichment.data_type])
    )
