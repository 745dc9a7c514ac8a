"""Customers from a CSV file as other programs write it: in any usual encoding and with any delimiter, compressed or
not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Self

from enrich_cli.domain.row import SourceRow
from enrich_cli.sources.delimiters import delimiter_found, delimiter_given, is_said
from enrich_cli.sources.errors import UNREADABLE, SourceError
from enrich_cli.sources.headers import HeaderMap, map_headers
from enrich_cli.sources.records import AT_ONCE, AT_ONCE_AS_THEY_COME, Records
from enrich_cli.sources.rows import Rows, Usable, anyone
from enrich_cli.sources.start import Start, start_of
from enrich_cli.sources.text_stream import Lines, buffered, text_of, unpacked

_BLOCK = 1 << 20
_NOTES = ["Notes:"]
"""LinkedIn puts some lines above the header of its exports, whatever they hold: not worth a warning each time."""


class CsvFile:
    """A `Source`. The header is read at once, the rows lazily; close it after use.

    A file that can be rewound may be read again, once the previous reading is finished.
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
        """Open a path, or use an open stream of bytes, which is left open; `name` is how messages call it.

        `encoding`, `delimiter` and `overrides` (of `--map`) are texts as users give them; `usable` says why a customer
        must be rejected. Raises SourceError if this is not a table of customers.
        """
        self._name = str(file) if isinstance(file, Path) else name
        self._stays_open = not isinstance(file, Path)
        self._is_closed = False
        self._encoding = encoding
        self._overrides = overrides
        self._delimiter = delimiter_given(delimiter) if delimiter else None
        self._guess: str | None = None
        self._stream = buffered(file)
        self._text: io.TextIOWrapper | None = None
        try:
            self._offset = self._stream.tell() if self._stream.seekable() else None
            self._rest: Records | None = self._records()
            start = self._start(self._rest)
            self._map = self._mapped(start)
        except BaseException:
            self._close()
            raise
        _, columns, _ = start.header
        self.left_out = _told(start)
        self.columns = tuple(columns)
        self.has_id = self._map.id_column is not None
        self.mapping: Mapping[str, str] = self._map.named(columns)
        self._rows = Rows(self._map, len(columns), usable)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file, unless another thread is waiting for a row of it; closing it twice does nothing."""
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
        """Warnings about header and mapping, and about the encoding as far as the file was read."""
        known = (*self.left_out, *self._map.warnings)
        if self._guess is None:
            return known
        return (*known, f"it is not UTF-8 and was read as {self._guess}; choose another with --encoding")

    def rows_expected(self) -> int | None:
        """Roughly how many rows there are, by the line ends; None if that can't be known without consuming them.

        The next reading starts from the beginning.
        """
        if self._offset is None:
            return None
        self._let_go_of_text()
        self._stream.seek(self._offset)
        self._rest = None
        try:
            unpacking = unpacked(self._stream, self._name)
            ends = sum(block.count(b"\n") for block in iter(lambda: unpacking.read(_BLOCK), b""))
        except UNREADABLE:
            return None
        return max(ends - 1, 0)

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows after the header; raises SourceError if the file can't be read any further."""
        records = self._rest or self._again()
        self._rest = None
        return self._rows.of(records.batches())

    def _records(self) -> Records:
        self._text = text_of(
            unpacked(self._stream, self._name), self._name, encoding=self._encoding, on_guess=self._guessed
        )
        lines = Lines(self._text, self._name)
        self._delimiter = self._delimiter or delimiter_found(lines, self._overrides)
        can_be_rewound = self._offset is not None  # and is not a pipe, then
        at_once = AT_ONCE if can_be_rewound else AT_ONCE_AS_THEY_COME
        return Records(lines, self._name, self._delimiter, at_once=at_once)

    def _again(self) -> Records:
        if self._offset is None:
            raise SourceError(f"{self._name}: can be read only once; save it to a file first")
        self._let_go_of_text()
        self._stream.seek(self._offset)
        records = self._records()
        self._start(records)
        return records

    def _let_go_of_text(self) -> None:
        """What reads the stream must not close it."""
        if self._text is not None:
            self._text.detach()
            self._text = None

    def _guessed(self, encoding: str) -> None:
        self._guess = encoding

    def _start(self, records: Records) -> Start:
        start = start_of((record for record in records if not is_said(record[1])), self._overrides)
        line, columns, fault = start.header
        if fault:
            raise SourceError(f"{self._name}, line {line}: the header {fault}")
        if not columns:
            raise SourceError(f"{self._name}: is empty; it needs a header line and a line for each customer")
        return start

    def _mapped(self, start: Start) -> HeaderMap:
        line, columns, _ = start.header
        try:
            return map_headers(columns, self._overrides)
        except SourceError as error:
            other = start.looks_like_header
            advice = f". Line {other} looks like the header: delete the lines above it" if other else ""
            raise SourceError(f"{self._name}, line {line}: {error}{advice}") from None


def _told(start: Start) -> tuple[str, ...]:
    """A warning about what is skipped above the header."""
    if not start.titles or start.titles[0][1] == _NOTES:
        return ()
    first, last = start.titles[0][0], start.header[0] - 1
    what = f"line {first} was" if first == last else f"lines {first} to {last} were"
    return (f"{what} taken for a title above the header and skipped",)
