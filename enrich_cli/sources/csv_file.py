"""Customers from a CSV file, as other programs write it: any usual encoding and delimiter, packed or not."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Self

from enrich_cli.domain.row import SourceRow
from enrich_cli.sources.delimiters import delimiter_found, delimiter_given, is_said
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import HeaderMap, map_headers
from enrich_cli.sources.records import Record, Records
from enrich_cli.sources.rows import Rows, Usable, anyone
from enrich_cli.sources.text_stream import Lines, buffered, text_of, unpacked

_BLOCK = 1 << 20
_NOTHING: Record = (1, [], "")
_NOTES = ["Notes:"]
"""LinkedIn puts some above the header of its exports."""


class CsvFile:
    """A `Source`. The header is read at once, the rows as they are asked for; close it after use.

    A file that can be rewound may be read again, once the reading before is done with.
    """

    def __init__(
        self,
        file: Path | BinaryIO,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        overrides: Sequence[str] = (),
        usable: Usable = anyone,
        name: str = "standard input",
    ) -> None:
        """Open a path, or take an open stream of bytes, which is left open; `name` is what messages call it.

        `encoding`, `delimiter` and `overrides` (of `--map`) are texts as users give them; `usable` says why to reject a
        customer. Raises SourceError when this is no table of customers.
        """
        self._name = str(file) if isinstance(file, Path) else name
        self._stays_open = not isinstance(file, Path)
        self._is_closed = False
        self._encoding = encoding
        self._delimiter = delimiter_given(delimiter) if delimiter else None
        self._guess: str | None = None
        self._stream = buffered(file)
        self._text: io.TextIOWrapper | None = None
        try:
            self._start = self._stream.tell() if self._stream.seekable() else None
            self._rest: Records | None = self._records()
            line, columns = self._header(self._rest)
            self._map = self._mapped(line, columns, overrides)
        except BaseException:
            self._close()
            raise
        self.columns = tuple(columns)
        self.has_id = self._map.id_column is not None
        self.mapping: Mapping[str, str] = self._map.named(columns)
        self._rows = Rows(self._map, len(columns), usable)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, unless another thread waits for a row of it; a second time does nothing."""
        if not self._rows.are_being_read:
            self._close()

    def _close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        self._let_go_of_text()
        if self._stays_open:
            self._stream.detach()
        else:
            self._stream.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should know about the mapping, and about the encoding as far as the file was read."""
        if self._guess is None:
            return self._map.warnings
        return (*self._map.warnings, f"it is not UTF-8 and was read as {self._guess}; say otherwise with --encoding")

    def rows_expected(self) -> int | None:
        """About how many rows there are, by the line ends; None when that can't be told without using them up.

        The next reading begins at the start.
        """
        if self._start is None:
            return None
        self._let_go_of_text()
        self._stream.seek(self._start)
        self._rest = None
        try:
            unpacking = unpacked(self._stream, self._name)
            ends = sum(block.count(b"\n") for block in iter(lambda: unpacking.read(_BLOCK), b""))
        except (OSError, EOFError):
            return None
        return max(ends - 1, 0)

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows after the header; raises SourceError where the file can't be read on."""
        records = self._rest or self._again()
        self._rest = None
        return self._rows.of(records.batches())

    def _records(self) -> Records:
        self._text = text_of(
            unpacked(self._stream, self._name), self._name, encoding=self._encoding, on_guess=self._guessed
        )
        lines = Lines(self._text, self._name)
        self._delimiter = self._delimiter or delimiter_found(lines)
        return Records(lines, self._name, self._delimiter)

    def _again(self) -> Records:
        if self._start is None:
            raise SourceError(f"{self._name}: can be read only once; save it to a file first")
        self._let_go_of_text()
        self._stream.seek(self._start)
        records = self._records()
        self._header(records)
        return records

    def _let_go_of_text(self) -> None:
        """What reads the stream must not close it."""
        if self._text is not None:
            self._text.detach()
            self._text = None

    def _guessed(self, encoding: str) -> None:
        self._guess = encoding

    def _header(self, all_records: Records) -> tuple[int, list[str]]:
        records = iter(all_records)
        line, columns, fault = next(records, _NOTHING)
        if is_said(columns):
            line, columns, fault = next(records, _NOTHING)
        elif columns == _NOTES:
            line, columns, fault = next((record for record in records if len(record[1]) > 1), _NOTHING)
        if fault:
            raise SourceError(f"{self._name}, line {line}: the header {fault}")
        if not columns:
            raise SourceError(f"{self._name}: is empty; a header line and a line for each customer are needed")
        return line, columns

    def _mapped(self, line: int, columns: Sequence[str], overrides: Sequence[str]) -> HeaderMap:
        try:
            return map_headers(columns, overrides)
        except SourceError as error:
            raise SourceError(f"{self._name}, line {line}: {error}") from None
