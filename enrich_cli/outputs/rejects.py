"""The rejected rows, for people to correct (`--rejects`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enrich_cli.domain.row import Rejected
from enrich_cli.outputs.csv_rows import csv_line
from enrich_cli.outputs.whole_file import WholeFile


class Rejects:
    """A CSV file of line number, reason and the row's original cells; it appears complete or not at all."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Begin the file with the source's `columns`; raises OutputError if it can't be written."""
        self._file = WholeFile(path)
        try:
            self._file.write(csv_line(("line", "reason", *columns)))
        except BaseException:
            self._file.discard()
            raise

    def write(self, rejected: Rejected) -> None:
        """Add a row; one that can't be read has as many cells as in the source. Raises WritingFailed."""
        self._file.write(csv_line((str(rejected.line), rejected.reason, *rejected.cells)))

    def close(self) -> None:
        """Finish: the file appears only now. Raises WritingFailed."""
        self._file.close()

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""
        self._file.discard()
