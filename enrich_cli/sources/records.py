"""The records of CSV text, each with the line it starts in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TypeAlias

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.text_stream import Lines

LARGEST_CELL = 10 * 1024 * 1024
"""Characters."""

Record: TypeAlias = tuple[int, list[str], str]
"""First line (from 1), cells, and what is wrong with them; an empty text when nothing is."""


class Records:
    """Splits lines into records, in constant memory; blank lines are skipped."""

    def __init__(self, lines: Lines, name: str, delimiter: str = ",") -> None:
        # The limit is the csv module's own and holds for every reader of the process: it can only be raised.
        csv.field_size_limit(max(csv.field_size_limit(), LARGEST_CELL))
        self._name = name
        self._lines = lines
        self._delimiter = delimiter
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Record]:
        """Raises SourceError, naming the line, where the text can't be read on."""
        reader, kept, drop = self._reader, self._lines.kept, self._lines.drop
        last = 0
        while True:
            first = last + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._broken(first)
            else:
                if len(cells) > 1 or not _blank(kept[: reader.line_num - last]):
                    yield first, cells, ""
            drop(reader.line_num - last)
            last = reader.line_num

    def _broken(self, first: int) -> Record:
        last = self._reader.line_num
        # After an error csv has dropped what it had read of the record, and `--rejects` shows it.
        lines = self._lines.kept[: last - first + 1]
        if sum(map(len, lines)) > LARGEST_CELL:
            raise SourceError(
                f"{self._name}, line {first}: a cell is larger than 10 MB; is a closing quote missing there?"
            )
        cells = next(csv.reader(lines, delimiter=self._delimiter))
        if self._lines.ended:
            raise SourceError(
                f"{self._name}, line {first}, column {len(cells)}: the quote that opens a cell is not closed before "
                "the end of the file; close it, or double quotes that are part of the text"
            )
        where = f"in lines {first} to {last}" if last > first else "in this line"
        return first, cells, f"has text after a closing quote {where}"


def _blank(lines: list[str]) -> bool:
    return all(not line.strip() for line in lines)
