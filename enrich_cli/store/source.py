"""The customers already in the store, as a source for `refresh`."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.customer import FIELDS, Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.months import stamp
from enrich_cli.domain.row import Row
from enrich_cli.store.connection import reading
from enrich_cli.store.customer_search import NOBODY_CALLED_SO, CustomerSearch
from enrich_cli.store.customers import Customers
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading
from enrich_cli.store.many import among
from enrich_cli.store.recovery import dead_runs
from enrich_cli.store.runs import resumed_runs

_SAVED_BEFORE = """
(EXISTS (
    SELECT 1 FROM customer_enrichment_data e WHERE e.company_id = c.company_id AND e.customer_id = c.customer_id
    AND e.cached_at <= ? AND e.data_type IN (SELECT value FROM json_each(?))
) OR EXISTS (
    SELECT 1 FROM run_customers r WHERE r.company_id = c.company_id AND r.customer_id = c.customer_id
    AND r.run_id IN (SELECT value FROM json_each(?))
))
"""
"""On a customer `c`: something of these data types was saved before that, or one of these runs looked it up."""
_NOT_SAVED_SINCE = """
SELECT DISTINCT customer_id, data_type FROM provider_lookups l
WHERE company_id = ? AND outcome = 'failed' AND NOT EXISTS (
    SELECT 1 FROM customer_enrichment_data e WHERE e.company_id = l.company_id AND e.customer_id = l.customer_id
    AND e.data_type = l.data_type AND e.cached_at >= l.at
) AND data_type IN
"""
"""Stored ids with those data types for which a lookup failed and nothing was saved since."""
_NOT_SAVED_SINCE_IT_FAILED = """
SELECT r.customer_id, failed.value FROM run_customers r JOIN runs ON runs.run_id = r.run_id
JOIN json_each(r.failed_types) failed
WHERE r.company_id = ? AND r.customer_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
    SELECT 1 FROM customer_enrichment_data e WHERE e.company_id = r.company_id AND e.customer_id = r.customer_id
    AND e.data_type = failed.value AND e.cached_at >= runs.started_at
) AND failed.value IN
"""
"""The same for customers by how they landed: a cap or a closed vendor may have prevented any lookup."""
_LOOKED_UP = """
SELECT customer_id FROM run_customers
WHERE company_id = ? AND run_id IN (SELECT value FROM json_each(?)) AND customer_id IN
"""
"""Whom some runs looked up."""

STORED_COLUMNS = ("customer_id", *FIELDS)
"""What a row of a stored customer holds."""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which stored customers to read; all of them if nothing is set."""

    customers: Sequence[str] = ()
    """Ids, e-mails, names or phones."""
    saved_before: datetime | None = None
    """Only customers with an enrichment saved before this."""
    data_types: Sequence[DataType] = tuple(DataType)
    """The types that are looked up: old or failed data of other types would stay so, and select its customer every
    time.
    """
    failed: bool = False
    """Only customers with a data type that failed, or was refused by a cap, and was not saved since; only that type is
    looked up again.
    """
    resume: str | None = None
    """A run to continue, or `last`. Whom it looked up is still selected, although what it saved is neither old nor
    failed: the output shall hold them, too.
    """


def row_of(line: int, customer: Customer) -> Row:
    """A stored customer as a row: under `STORED_COLUMNS`, the id as people see it and the fields as last saved."""
    (shown, _), *fields = customer
    return Row(line, [shown, *[text or "" for text in fields]], customer)


class StoredCustomers:
    """A `Source` whose rows are the stored fields of the customers, in the order in which they were first saved."""

    columns = STORED_COLUMNS
    has_id = True
    warnings: tuple[str, ...] = ()

    def __init__(
        self, path: Path, company: str, keys: KeySource, selection: Selection, *, migrate: bool = True
    ) -> None:
        """`migrate`: as for `open_for_reading`.

        Raises StoreError if there is no such customer or no such run to resume, MasterKeyError if the key does not fit.
        """
        self.mapping: Mapping[str, str] = {}
        self._path = path
        self._company = company
        self._keys = keys
        self._selection = selection
        self._migrate = migrate
        self._types = [data_type.value for data_type in selection.data_types]
        self._named = self._find_named()
        self._resumed = self._find_resumed()

    def rows_expected(self) -> int | None:
        """Unknown: nobody counts them beforehand."""
        return None

    def close(self) -> None:
        """Nothing to close: the store is open only while its rows are read."""

    def __iter__(self) -> Iterator[Row]:
        with reading(self._path, migrate=self._migrate) as connection:
            if connection is None or (cipher := cipher_for_reading(connection, self._company, self._keys)) is None:
                return
            customers = Customers(connection, self._company, cipher)
            lines = itertools.count(1)
            if not self._selection.failed:
                for page in self._pages(customers):
                    yield from map(row_of, lines, page.values())
                return
            failed = self._failed(connection)
            for page in self._pages(customers):
                renewed = self._to_renew(page, failed, connection)
                for customer_id, customer in page.items():
                    if customer_id in renewed:
                        yield row_of(next(lines), customer)._replace(renewed=renewed[customer_id])

    def _pages(self, customers: Customers) -> Iterator[dict[str, Customer]]:
        condition, values = self._condition()
        if not self._named:
            return customers.pages(condition, values)
        return customers.pages_of([one for one in self._named if customers.is_one_of(one, condition, values)])

    def _failed(self, connection: sqlite3.Connection) -> dict[str, frozenset[DataType]]:
        """The failures in the ledger. It is not ordered by customer, so it is read once as a whole."""
        return _by_customer(among(connection, _NOT_SAVED_SINCE, (self._company,), self._types))

    def _to_renew(
        self, page: Iterable[str], failed: Mapping[str, frozenset[DataType]], connection: sqlite3.Connection
    ) -> dict[str, frozenset[DataType]]:
        """Those of these customers who have a data type that failed, each with all such types; and those whom a
        resumed run looked up, for whom none may be left.
        """
        ids = list(page)
        rows = among(connection, _NOT_SAVED_SINCE_IT_FAILED, (self._company, json.dumps(ids)), self._types)
        landed = _by_customer(rows)
        done = {one for (one,) in among(connection, _LOOKED_UP, (self._company, self._resumed), ids)}
        every = {one: landed.get(one, frozenset()) | failed.get(one, frozenset()) for one in ids}
        return {one: types for one, types in every.items() if types or one in done}

    def _condition(self) -> tuple[str, tuple[str, ...]]:
        """SQL on a row of `customers` named `c`, with its values."""
        if self._selection.saved_before is None:
            return "1", ()
        return _SAVED_BEFORE, (stamp(self._selection.saved_before), json.dumps(self._types), self._resumed)

    def _find_resumed(self) -> str:
        """The runs that this one resumes, as a JSON list."""
        if self._selection.resume is None:
            return "[]"
        with reading(self._path, migrate=self._migrate) as connection:
            if connection is None:
                return "[]"
            dead = dead_runs(connection, self._path, self._company)
            return json.dumps(sorted(resumed_runs(connection, self._company, self._selection.resume, dead)))

    def _find_named(self) -> list[str]:
        if not self._selection.customers:
            return []
        with reading(self._path, migrate=self._migrate) as connection:
            if connection is None:
                raise StoreError("--customer: no customer is stored yet")
            cipher = cipher_for_reading(connection, self._company, self._keys)
            if cipher is None:
                raise StoreError(NOBODY_CALLED_SO)
            return CustomerSearch(connection, self._company, cipher).named(self._selection.customers)


def _by_customer(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[DataType]]:
    found: dict[str, frozenset[DataType]] = {}
    for customer_id, data_type in rows:
        found[customer_id] = found.get(customer_id, frozenset()) | {DataType(data_type)}
    return found
