"""Rows as CSV: UTF-8, commas, a header line, lists and maps as JSON text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, stands_in_output, text
from enrich_cli.outputs.writer import Sink, ToSink

_FULL_WIDTH_SIGNS = "\uff1d\uff0b\uff0d\uff20"
"""`= + - @` as wide as Chinese and Japanese letters, for which spreadsheets there take them."""
_may_be_formula = re.compile(rf"[\t\r\n]|[\x00-\x20\x7f]*[=+\-@{_FULL_WIDTH_SIGNS}]").match
"""Spreadsheets may drop blanks and control characters before they look at the first sign."""
_AFTER_FORMULA_STARTS, _FIRST_DIGIT, _AFTER_DIGITS = "A0:"
_NUMBER_OR_PHONE = re.compile(
    r" *(?:[+\uff0b\uff0d-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|[+\uff0b][0-9][0-9 ()./-]*)", re.IGNORECASE
)
_must_be_quoted = re.compile(r'[",\r\n]').search


class CsvRows(ToSink):
    """A `Writer` of CSV. Unless `raw`, providers' texts that a spreadsheet would take for a formula are neutralised."""

    def __init__(self, sink: Sink, columns: Columns, *, raw: bool = False) -> None:
        super().__init__(sink)
        self._columns = columns
        self._raw = raw
        sink.write(csv_line(columns.names))

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if stands_in_output(finished):
            # Nearly every value is None or a text that can't be a formula: only the rest is worth a function call.
            # Full-width signs and DEL are so rare that the row is searched for them as a whole.
            learned = [
                value
                if type(value) is str and (value >= _AFTER_FORMULA_STARTS or _FIRST_DIGIT <= value < _AFTER_DIGITS)
                else ("" if value is None else self._text(value))
                for value in self._columns.learned(finished)
            ]
            own = _joined(self._columns.own(finished))
            said = _joined(learned)
            if not self._raw and (
                "\x7f" in said
                or (
                    not said.isascii()
                    and ("\uff1d" in said or "\uff0b" in said or "\uff0d" in said or "\uff20" in said)
                )
            ):
                said = _joined(list(map(harmless, learned)))
            self._sink.write((f"{own},{said}\n" if learned else f"{own}\n").encode())

    def _text(self, value: Any) -> str:
        return harmless(value) if isinstance(value, str) and not self._raw else text(value)


def csv_line(cells: Sequence[str]) -> bytes:
    """Two or more cells as a line of CSV, with its line end, quoted only where necessary."""
    return f"{_joined(cells)}\n".encode()


def _joined(cells: Sequence[str]) -> str:
    """Like the csv module, but faster: that inspects each character, this first searches the whole row at once."""
    together = "".join(cells)
    if "\n" in together or "\r" in together:
        return ",".join([_quoted(cell) if _must_be_quoted(cell) else cell for cell in cells])
    if "," in together or '"' in together:
        return ",".join([_quoted(cell) if "," in cell or '"' in cell else cell for cell in cells])
    return ",".join(cells)


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def harmless(said: str) -> str:
    """The text, marked with `'` if a spreadsheet would take it for a formula; numbers and phones stay as they are."""
    if _may_be_formula(said) and not _NUMBER_OR_PHONE.fullmatch(said):
        return f"'{said}"
    return said
