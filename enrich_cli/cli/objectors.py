"""`forget --from FILE`: a list of people who object."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from enrich_cli.domain.row import Rejected
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.spellings import ID, fields_of
from enrich_cli.store.forgetting import Objector

_SEVERAL = re.compile(r"@.*[,;|\t]|[,;|\t].*@")
"""A line with more than an e-mail: taken as a whole it would match nobody, and nobody would be forgotten."""


def objectors(file: Path) -> list[Objector]:
    """The people in a table, as for `enrich`, or else in a list with one id, e-mail, name or phone per line.

    `-` is standard input.

    Raises SourceError if the file, or a row of it, can't be read.
    """
    typed = sys.stdin.buffer.read() if str(file) == "-" else None
    name = "standard input" if typed is not None else str(file)
    try:
        table = CsvFile(file if typed is None else io.BytesIO(typed))
    except SourceError:
        lines = _lines(name, file, typed)
        if lines is None:
            raise
        return lines
    with table:
        if table.left_out:
            # It may be a person, as in a list without a header.
            raise SourceError(f"{name}: {table.left_out[0]}; delete it, or the header; nothing was forgotten")
        return list(_rows(name, table))


def _rows(name: str, table: CsvFile) -> Iterator[Objector]:
    for row in table:
        where = f"{name}, line {row.line}"
        if not isinstance(row, Rejected):
            yield Objector(row.customer, where)
        elif row.customer_id:
            yield Objector(row.customer_id, where)
        else:
            raise SourceError(f"{where}: {row.reason}; nothing was forgotten")


def _lines(name: str, file: Path, typed: bytes | None) -> list[Objector] | None:
    """The people listed one per line; None if the file is not text."""
    try:
        data = file.read_bytes() if typed is None else typed
        lines = enumerate(data.decode("utf-8-sig").splitlines(), 1)
    except (OSError, UnicodeDecodeError):
        return None
    listed = [Objector(text.strip(), f"{name}, line {line}") for line, text in lines if text.strip()]
    for objector in listed:
        if _SEVERAL.search(str(objector.who)):
            raise SourceError(
                f"{objector.listed}: holds more than an e-mail address; give one id, e-mail, name or phone per line, "
                "or a table with a header; nothing was forgotten"
            )
    if listed and fields_of([str(listed[0].who)]) == [ID]:
        return listed[1:]
    return listed
