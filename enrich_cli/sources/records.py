"""The records of CSV text, each with the line it starts in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.text_stream import Lines

if TYPE_CHECKING:
    from _csv import Reader

LARGEST_CELL = 10 * 1024 * 1024
"""In characters."""

Record: TypeAlias = tuple[int, list[str], str]
"""First line (from 1), cells, and what is wrong with them, or an empty text."""


AT_ONCE = 200
"""How many records are passed on together where all of them are there: a batch has an overhead of its own, and too
many leave the processor's cache.
"""
AT_ONCE_AS_THEY_COME = 100
"""The same where they may come slowly, and wait until a batch is full."""


class Batch(NamedTuple):
    """Some records, split into their parts."""

    lines: Sequence[int]
    rows: Sequence[list[str]]
    faults: Sequence[str] = ()
    """What is wrong with each; empty if nothing is wrong with any."""

    def records(self) -> Iterator[Record]:
        return zip(self.lines, self.rows, self.faults or [""] * len(self.rows), strict=True)


def in_batches(records: Iterable[Record]) -> Iterator[Batch]:
    """Batches of records. If reading them raises SourceError, those before it come first."""
    rest = iter(records)
    while True:
        batch: list[Record] = []
        try:
            for record in islice(rest, AT_ONCE_AS_THEY_COME):
                batch.append(record)  # noqa: PERF402 an error must not take those before it away
        except SourceError:
            yield _taken_apart(batch)
            raise
        yield _taken_apart(batch)
        if len(batch) < AT_ONCE_AS_THEY_COME:
            return


def _taken_apart(records: Sequence[Record]) -> Batch:
    return Batch(*zip(*records, strict=True)) if records else Batch((), ())


class Records:
    """Splits lines into records, in constant memory; blank lines are skipped."""

    def __init__(self, lines: Lines, name: str, delimiter: str = ",", *, at_once: int = AT_ONCE_AS_THEY_COME) -> None:
        # The limit belongs to the csv module and affects every reader in the process: it can only be raised.
        csv.field_size_limit(max(csv.field_size_limit(), LARGEST_CELL))
        self._name = name
        self._lines = lines
        self._delimiter = delimiter
        self._at_once = at_once
        self._begin()

    def _begin(self) -> None:
        """Split from the first line that is not yet part of a record."""
        self._reader = self._split_into_cells(self._lines)
        self._split = 0
        """Lines of this reader that are already part of records."""

    def _split_into_cells(self, lines: Iterable[str]) -> Reader:
        return csv.reader(lines, delimiter=self._delimiter, strict=True)

    def __iter__(self) -> Iterator[Record]:
        """Raises SourceError, naming the line, if the text can't be read any further."""
        lines = self._lines
        while True:
            first = lines.dropped + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                record = self._broken(first)
                is_blank = False
            else:
                record = first, cells, ""
                is_blank = len(cells) < 2 and _blank(lines.kept[: self._reader.line_num - self._split])
            self._drop_split()
            if not is_blank:
                yield record

    def batches(self) -> Iterator[Batch]:
        """The records in batches; twice as fast if none of them takes more than a line."""
        while lines := self._lines.ahead(self._at_once):
            try:
                rows = list(self._split_into_cells(lines))
                is_plain = len(rows) == len(lines) and not _any_may_be_blank(rows)
            except csv.Error:
                is_plain = False
            if is_plain:
                first = self._lines.dropped + 1
                self._lines.drop(len(lines))
                yield Batch(range(first, first + len(rows)), rows)
            else:
                self._begin()
                yield from in_batches(islice(self, self._at_once))
        # Nothing is left but an error that there may have been.
        self._begin()
        yield from in_batches(self)

    def _drop_split(self) -> None:
        self._lines.drop(self._reader.line_num - self._split)
        self._split = self._reader.line_num

    def _broken(self, first: int) -> Record:
        # After an error csv has lost what it had read of the record, and `--rejects` has to show it.
        lines = self._lines.kept[: self._reader.line_num - self._split]
        last = first + len(lines) - 1
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


def _any_may_be_blank(rows: list[list[str]]) -> bool:
    return min(map(len, rows), default=2) < 2 and any(len(cells) < 2 and not "".join(cells).strip() for cells in rows)


def _blank(lines: list[str]) -> bool:
    return all(not line.strip() for line in lines)
