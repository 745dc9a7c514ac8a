"""Customers from a CSV file: UTF-8, commas, a header line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Self, TypeAlias

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.row import Rejected, Row, SourceRow
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import HeaderMap, map_headers
from enrich_cli.sources.records import Record, Records
from enrich_cli.sources.spellings import ID, MAPPABLE
from enrich_cli.sources.text_stream import buffered, text_of

Usable: TypeAlias = Callable[[Customer], str | None]
"""Why no provider could use this customer; None when one can."""

_OTHER_DELIMITERS = ";\t|"


def anyone(_customer: Customer) -> None:
    """Any customer will do."""


class CsvFile:
    """A `Source`. The header is read at once, the rows as they are asked for; close it after use.

    A file that can be rewound may be read again, once the reading before is done with.
    """

    def __init__(self, file: Path | BinaryIO, *, overrides: Sequence[str] = (), usable: Usable = anyone) -> None:
        """Open a path, or take an open stream of bytes (standard input), which is left open.

        `overrides` are the texts of `--map`; `usable` says why to reject a customer.
        Raises SourceError when this is no table of customers.
        """
        self._name = str(file) if isinstance(file, Path) else "standard input"
        self._stays_open = not isinstance(file, Path)
        self._usable = usable
        self._stream = buffered(file)
        self._text: io.TextIOWrapper | None = None
        try:
            self._start = self._stream.tell() if self._stream.seekable() else None
            self._rest: Iterator[Record] | None = self._records()
            line, columns = self._header(self._rest)
            self._map = self._mapped(line, columns, overrides)
        except BaseException:
            self.close()
            raise
        self.columns = tuple(columns)
        self.warnings = self._map.warnings
        self.has_id = self._map.id_column is not None
        places = dict(self._map.fields)
        if self._map.id_column is not None:
            places[ID] = self._map.id_column
        self.mapping = {field: columns[places[field]] for field in MAPPABLE if field in places}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; a second time does nothing."""
        if self._text is not None:
            self._text.detach()
            self._text = None
        if not self._stays_open:
            self._stream.close()
        elif not self._stream.closed:
            self._stream.detach()

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows after the header; raises SourceError where the file can't be read on."""
        records = self._rest or self._again()
        self._rest = None
        width = len(self.columns)
        for line, cells, fault in records:
            if fault:
                yield Rejected(line, cells, fault, readable=False)
            elif len(cells) != width:
                yield Rejected(line, cells, _ragged(len(cells), width), readable=False)
            else:
                yield self._row(line, cells)

    def _row(self, line: int, cells: list[str]) -> SourceRow:
        given_id = None if self._map.id_column is None else cells[self._map.id_column]
        customer = customer_from({field: cells[place] for field, place in self._map.fields.items()}, given_id)
        if customer is None:
            return Rejected(line, cells, f"has nothing to look up by: {', '.join(self._map.fields)} empty")
        if reason := self._usable(customer):
            return Rejected(line, cells, reason)
        return Row(line, cells, customer)

    def _records(self) -> Iterator[Record]:
        self._text = text_of(self._stream, self._name)
        return iter(Records(self._text, self._name))

    def _again(self) -> Iterator[Record]:
        if self._start is None:
            raise SourceError(f"{self._name}: can be read only once; save it to a file first")
        if self._text is not None:
            self._text.detach()
        self._stream.seek(self._start)
        records = self._records()
        self._header(records)
        return records

    def _header(self, records: Iterator[Record]) -> tuple[int, list[str]]:
        line, columns, fault = next(records, (1, [], ""))
        if fault:
            raise SourceError(f"{self._name}, line {line}: the header {fault}")
        if not columns:
            raise SourceError(f"{self._name}: is empty; a header line and a line for each customer are needed")
        return line, columns

    def _mapped(self, line: int, columns: Sequence[str], overrides: Sequence[str]) -> HeaderMap:
        other = next((delimiter for delimiter in _OTHER_DELIMITERS if delimiter in columns[0]), None)
        if len(columns) == 1 and other:
            raise SourceError(
                f"{self._name}, line {line}: the columns seem to be separated by {other!r}; save the file with commas: "
                "there is no --delimiter yet"
            )
        try:
            return map_headers(columns, overrides)
        except SourceError as error:
            raise SourceError(f"{self._name}, line {line}: {error}") from None


def _ragged(cells: int, width: int) -> str:
    return f"has {cells} cell{'' if cells == 1 else 's'}, the header has {width}"
