"""Rows as CSV: UTF-8, commas, a header line, lists and maps as JSON text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, stands_in_output, text
from enrich_cli.outputs.writer import Sink, ToSink

_FORMULA_STARTS = frozenset("=+-@\t\r\n")
_NUMBER_OR_PHONE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|\+[0-9][0-9 ()./-]*", re.IGNORECASE)


class CsvRows(ToSink):
    """A `Writer` of CSV. What a provider said is kept from being taken for a formula, unless it is wanted `raw`."""

    def __init__(self, sink: Sink, columns: Columns, *, raw: bool = False) -> None:
        super().__init__(sink)
        self._columns = columns
        self._line = CsvLine()
        self._raw = raw
        sink.write(self._line.of(columns.names))

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if stands_in_output(finished):
            learned = map(text, self._columns.learned(finished))
            cells = learned if self._raw else map(harmless, learned)
            self._sink.write(self._line.of([*self._columns.own(finished), *cells]))


class CsvLine:
    """Cells as one line of CSV, quoted where they must be."""

    def __init__(self) -> None:
        # The csv module quotes a lone CR only when it is part of the line end, so CRLF is asked for and LF written.
        self._format = csv.writer(self, lineterminator="\r\n").writerow

    def of(self, cells: Sequence[object]) -> bytes:
        """The line, with its end."""
        line: str = self._format(cells)
        return f"{line[:-2]}\n".encode()

    def write(self, line: str) -> str:
        """What the csv module calls; it hands the result on."""
        return line


def harmless(said: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text with `'`; numbers and phones stay."""
    if said[:1] in _FORMULA_STARTS and not _NUMBER_OR_PHONE.fullmatch(said):
        return f"'{said}"
    return said
