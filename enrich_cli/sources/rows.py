"""Records as rows: the customers in them, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from inspect import GEN_RUNNING, getgeneratorstate
from itertools import chain, repeat
from typing import TypeAlias

from enrich_cli.domain.cleaning import given_ids
from enrich_cli.domain.customer import Customer, customers_from
from enrich_cli.domain.row import Rejected, Row, SourceRow
from enrich_cli.sources.headers import HeaderMap
from enrich_cli.sources.records import Batch

Usable: TypeAlias = Callable[[Customer], str | None]
"""Why no provider could use this customer; None if one can."""

_new_row = partial(tuple.__new__, Row)


def anyone(_customer: Customer) -> None:
    """Accepts every customer."""


class Rows:
    """Turns records into rows, according to their header."""

    def __init__(self, header: HeaderMap, width: int, usable: Usable) -> None:
        """`width`: how many cells a row has. `usable` says why a customer must be rejected."""
        self._header = header
        self._width = width
        self._usable = usable
        self._empty = f"has nothing to look up by: {', '.join(header.fields)} empty"
        self._latest: Generator[Iterable[SourceRow], None, None] | None = None

    @property
    def are_being_read(self) -> bool:
        """Is another thread waiting for a row? Closing the origin would then wait with it, perhaps forever."""
        return self._latest is not None and getgeneratorstate(self._latest) == GEN_RUNNING

    def of(self, batches: Iterator[Batch]) -> Iterator[SourceRow]:
        """The rows of batches of records, in order. Raises what reading them raises."""
        self._latest = (self._mapped(batch) for batch in batches)
        return chain.from_iterable(self._latest)

    def _mapped(self, batch: Batch) -> Iterable[SourceRow]:
        lines, rows, faults = batch
        if not any(faults) and set(map(len, rows)) == {self._width}:
            customers = self._customers(rows)
            if all(customers) and not any(map(self._usable, filter(None, customers))):
                return map(_new_row, zip(lines, rows, customers, repeat(None, len(rows)), strict=True))
        return self._sorted_out(batch)

    def _sorted_out(self, batch: Batch) -> Iterator[SourceRow]:
        """The same if some have to be rejected."""
        readable = [cells for _, cells, fault in batch.records() if not fault and len(cells) == self._width]
        customers = iter(self._customers(readable))
        for line, cells, fault in batch.records():
            if fault or len(cells) != self._width:
                yield Rejected(line, cells, fault or _ragged(len(cells), self._width), readable=False)
            elif (customer := next(customers)) is None:
                yield Rejected(line, cells, self._empty, customer_id=self._given_id(cells))
            elif reason := self._usable(customer):
                yield Rejected(line, cells, reason, customer_id=self._given_id(cells))
            else:
                yield Row(line, cells, customer)

    def _given_id(self, cells: Sequence[str]) -> str:
        place = self._header.id_column
        return given_ids([cells[place]])[0] if place is not None else ""

    def _customers(self, rows: Sequence[Sequence[str]]) -> list[Customer | None]:
        if not rows:
            return []
        columns = tuple(zip(*rows, strict=True))
        place = self._header.id_column
        ids = columns[place] if place is not None else ("",) * len(rows)
        return customers_from({field: columns[place] for field, place in self._header.fields.items()}, ids)


def _ragged(cells: int, width: int) -> str:
    return f"has {cells} cell{'' if cells == 1 else 's'}, the header has {width}"
