"""What separates the cells of a line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import known_columns
from enrich_cli.sources.records import Record
from enrich_cli.sources.start import start_of

DELIMITERS = ",;\t|"
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_SAYS_SO = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""The line that Excel reads, and writes, above the header."""


def delimiter_given(text: str) -> str:
    """A delimiter as a user writes it; raises SourceError if it can't be one."""
    delimiter = _NAMES.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise SourceError(f"--delimiter {text!r}: give one character, or comma, semicolon, tab or pipe")
    return delimiter


def delimiter_found(lines: Iterable[str], overrides: Sequence[str]) -> str:
    """The delimiter with which the header holds the most known fields, else the most columns; of equals, the first.

    `lines` starts anew each time it is iterated; `overrides` are the texts of `--map`. Raises what reading the
    first line raises.
    """
    first = next((line for line in lines if line.strip()), "")
    if said := _SAYS_SO.fullmatch(first):
        return said[1]
    return max(DELIMITERS, key=lambda delimiter: _worth(_header(lines, delimiter, overrides), overrides))


def is_said(cells: list[str]) -> bool:
    """Is this the line that names the delimiter, rather than a header?"""
    match cells:
        case [line]:
            return _SAYS_SO.fullmatch(line) is not None
        case [start, rest]:  # cut in two, where the delimiter is what it says
            return start.lower() == "sep=" and not rest.strip()
        case _:
            return False


def _header(lines: Iterable[str], delimiter: str, overrides: Sequence[str]) -> list[str]:
    rows = csv.reader(lines, delimiter=delimiter)
    records: Iterator[Record] = ((1, cells, "") for cells in _unbroken(rows) if any(map(str.strip, cells)))
    try:
        return start_of(records, overrides).header[1]
    except csv.Error:  # a cell is too large
        return []


def _unbroken(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows before reading breaks off. With a wrong delimiter no row looks like a header, so more are read."""
    with suppress(SourceError):
        yield from rows


def _worth(header: list[str], overrides: Sequence[str]) -> tuple[int, int]:
    return known_columns(header, overrides), len(header)
