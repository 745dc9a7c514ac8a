"""`forget --from FILE`: a list of people who object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enrich_cli.domain.row import Rejected
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.spellings import ID, fields_of
from enrich_cli.store.forgetting import Asked


def objectors(file: Path) -> list[Asked]:
    """A table like a SOURCE of `enrich`, or else a line for each: an id, an e-mail or a name.

    Raises SourceError when the file can't be read, or a row of it.
    """
    try:
        table = CsvFile(file)
    except SourceError:
        lines = _lines(file)
        if lines is None:
            raise
        return lines
    with table:
        return list(_rows(file, table))


def _rows(file: Path, table: CsvFile) -> Iterator[Asked]:
    id_column = table.columns.index(table.mapping[ID]) if table.has_id else None
    for row in table:
        where = f"{file}, line {row.line}"
        if not isinstance(row, Rejected):
            yield Asked(row.customer, where)
        elif row.readable and id_column is not None and (given_id := row.cells[id_column].strip()):
            yield Asked(given_id, where)
        else:
            raise SourceError(f"{where}: {row.reason}; nothing was forgotten")


def _lines(file: Path) -> list[Asked] | None:
    """None when it is no text."""
    try:
        lines = enumerate(file.read_text("utf-8-sig").splitlines(), 1)
    except (OSError, UnicodeDecodeError):
        return None
    asked = [Asked(text.strip(), f"{file}, line {line}") for line, text in lines if text.strip()]
    if asked and fields_of([str(asked[0].who)]) == [ID]:
        return asked[1:]
    return asked
