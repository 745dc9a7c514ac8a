"""The records of CSV text, each with the line it starts in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO, TypeAlias

from enrich_cli.sources.errors import SourceError

LARGEST_CELL = 10 * 1024 * 1024
"""Characters."""

Record: TypeAlias = tuple[int, list[str], str]
"""First line (from 1), cells, and what is wrong with them; an empty text when nothing is."""


class Records:
    """Splits text into records, in constant memory; blank lines are skipped."""

    def __init__(self, text: TextIO, name: str) -> None:
        # The limit is the csv module's own and holds for every reader of the process: it can only be raised.
        csv.field_size_limit(max(csv.field_size_limit(), LARGEST_CELL))
        self._name = name
        self._lines: list[str] = []
        self._ended = False
        self._reader = csv.reader(self._remembered(text), strict=True)

    def __iter__(self) -> Iterator[Record]:
        """Raises SourceError, naming the line, where the text can't be read on."""
        reader, lines = self._reader, self._lines
        while True:
            first = reader.line_num + 1
            lines.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._broken(first)
                continue
            except UnicodeDecodeError as error:
                raise self._not_utf8(error) from None
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise SourceError(f"{self._name}: can't be read on after line {reader.line_num}: {reason}") from error
            if len(cells) > 1 or not _blank(lines):
                yield first, cells, ""

    def _remembered(self, text: TextIO) -> Iterator[str]:
        """Keeps the lines of the record under way: after an error csv has dropped them, and `--rejects` shows them."""
        for line in text:
            self._lines.append(line)
            yield line
        self._ended = True

    def _broken(self, first: int) -> Record:
        last = self._reader.line_num
        if sum(map(len, self._lines)) > LARGEST_CELL:
            raise SourceError(
                f"{self._name}, line {first}: a cell is larger than 10 MB; is a closing quote missing there?"
            )
        cells = next(csv.reader(iter(self._lines)))
        if self._ended:
            raise SourceError(
                f"{self._name}, line {first}, column {len(cells)}: the quote that opens a cell is not closed before "
                "the end of the file; close it, or double quotes that are part of the text"
            )
        where = f"in lines {first} to {last}" if last > first else "in this line"
        return first, cells, f"has text after a closing quote {where}"

    def _not_utf8(self, error: UnicodeDecodeError) -> SourceError:
        before = error.object[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = self._reader.line_num + 1 + before.count(b"\n")
        return SourceError(
            f"{self._name}, line {line}: is not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as "
            "CSV (UTF-8): there is no --encoding yet"
        )


def _blank(lines: list[str]) -> bool:
    return all(not line.strip() for line in lines)
