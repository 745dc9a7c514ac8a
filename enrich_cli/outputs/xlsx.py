"""Rows as an Excel workbook: with real numbers, dates and links; the customer's own columns stay the text they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, is_link, stands_in_output, text
from enrich_cli.outputs.csv_rows import harmless
from enrich_cli.outputs.errors import OutputError, writing
from enrich_cli.outputs.writer import Sink

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_CHARACTERS = 32_767
"""The longest text in a cell. Excel counts UTF-16 units, of which an emoji has two."""
_MOST_LINKS = 65_530
"""The most links per sheet."""
_LONGEST_LINK = 2_079
_LARGEST_INTEGER = 2**53
_FIRST_YEAR = 1900
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHERE = "temporary files for the workbook"
_COPIED_BYTES = 2**20


class Xlsx:
    """A `Writer` of XLSX. Rows that a sheet can't hold continue on the next."""

    def __init__(self, sink: Sink, columns: Columns, *, raw: bool = False, most_rows: int = _MOST_ROWS) -> None:
        """`raw`: provider text that looks like a formula is left as it is. `most_rows`: per sheet.

        Raises OutputError for more columns than a sheet can hold.
        """
        if len(columns.names) > _MOST_COLUMNS:
            raise OutputError(f"{len(columns.names)} columns do not fit a sheet, which holds {_MOST_COLUMNS}; use .csv")
        self._sink = sink
        self._columns = columns
        self._raw = raw
        self._most_rows = most_rows
        self._sheets = self._row = self._links = self._cut = 0
        with writing(_WHERE), ExitStack() as files:
            # Only its owner may read the temporary files.
            folder = files.enter_context(TemporaryDirectory(prefix="enrich-cli-"))
            self._whole = files.enter_context(TemporaryFile(dir=folder))
            self._book = Workbook(
                self._whole, {"constant_memory": True, "tmpdir": folder, "remove_timezone": True, "use_zip64": True}
            )
            self._heading = self._book.add_format({"bold": True, "bottom": 1})
            self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
            self._sheet = self._next_sheet()
            self._files = files.pop_all()

    @property
    def losses(self) -> Sequence[str]:
        """What the workbook could not hold, in words."""
        if not self._cut:
            return ()
        what = "1 cell was" if self._cut == 1 else f"{self._cut:,} cells were"
        return (f"{what} cut to the {_MOST_CHARACTERS:,} characters that Excel holds; use another format",)

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if not stands_in_output(finished):
            return
        with writing(_WHERE):
            if self._row == self._most_rows:
                self._end_sheet()
                self._sheet = self._next_sheet()
            own = self._columns.own(finished)
            for place, cell in enumerate(own):
                self._write_text(place, cell)
            for place, value in enumerate(self._columns.learned(finished), len(own)):
                self._write_value(place, value)
            self._row += 1

    def close(self) -> None:
        """Assemble the workbook; raises WritingFailed."""
        try:
            with writing(_WHERE):
                self._end_sheet()
                self._book.close()
                self._whole.seek(0)
                while some := self._whole.read(_COPIED_BYTES):
                    self._sink.write(some)
            self._sink.close()
        finally:
            self.discard()

    def discard(self) -> None:
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._files.close()
        self._sink.discard()

    def _next_sheet(self) -> Worksheet:
        self._sheets += 1
        name = "Customers" if self._sheets == 1 else f"Customers {self._sheets}"
        sheet: Worksheet = self._book.add_worksheet(name, _Sheet)
        sheet.freeze_panes(1, 0)
        # Excel must not warn about a postal code being text.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_MOST_ROWS}"})
        for place, column in enumerate(self._columns.names):
            sheet.set_column(place, place, min(max(len(column) + 4, 12), 40))
            sheet.write_string(0, place, column[:_MOST_CHARACTERS], self._heading)
        self._row, self._links = 1, 0
        return sheet

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._columns.names) - 1)

    def _write_value(self, place: int, value: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self._row, place, value)
        elif isinstance(value, int | float) and abs(value) <= _LARGEST_INTEGER:
            self._sheet.write_number(self._row, place, value)
        elif isinstance(value, datetime):
            self._sheet.write_datetime(self._row, place, value.astimezone(UTC), self._time)
        elif isinstance(value, str) and (day := _day(value)):
            self._sheet.write_datetime(self._row, place, day, self._day)
        elif is_link(value) and self._fits_a_link(value):
            self._links += 1
            self._sheet.write_url(self._row, place, value, string=value)
        else:
            said = text(value)
            self._write_text(place, said if self._raw else harmless(said))

    def _write_text(self, place: int, cell: str) -> None:
        if _length(cell) > _MOST_CHARACTERS:
            self._cut += 1
            cell = f"{_cut(cell, _MOST_CHARACTERS - 1)}…"
        if cell:
            self._sheet.write_string(self._row, place, cell)

    def _fits_a_link(self, address: str) -> bool:
        # A link can't escape control characters: with one, Excel would not open the workbook.
        return self._links < _MOST_LINKS and address.isprintable() and _length(address) <= _LONGEST_LINK


class _Sheet(Worksheet):  # type: ignore[misc]
    """Takes no text for markup, which would be written as it is: `<r>…</r>` may be anything's name.

    Its rows are collected in a file without a name, so that a kill leaves none of them behind.
    """

    row_data_fh: IO[str]

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data)
        self.row_data_fh.close()
        self.row_data_fh = self.fh = TemporaryFile("w+", encoding="utf-8", dir=self.tmpdir)  # noqa: SIM115 it is closed with the book

    def _opt_close(self) -> None:
        """Keep it open: it could not be opened again."""

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, Any]]) -> None:
        self._xml_inline_string(string, False, attributes)


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _cut(text: str, length: int) -> str:
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def _day(value: str) -> date | None:
    """The day in a text, if Excel has it: its calendar begins in 1900."""
    if not _DATE.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
