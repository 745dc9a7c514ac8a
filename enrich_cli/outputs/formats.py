"""Which format an output gets: the name of the file says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.csv_rows import CsvRows
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.ndjson import Ndjson
from enrich_cli.outputs.standard_output import StandardOutput
from enrich_cli.outputs.whole_file import WholeFile
from enrich_cli.outputs.writer import Sink, Writer

_FORMATS: Mapping[str, Callable[[Sink, Columns], Writer]] = {".csv": CsvRows, ".ndjson": Ndjson}


def writer_for(output: str, columns: Columns, *, stdout: BinaryIO) -> Writer:
    """The writer for what `-o` says: a path by its suffix, or `-` for NDJSON on standard output.

    Raises OutputError for another suffix, and for a path that can't be written.
    """
    if output == "-":
        return Ndjson(StandardOutput(stdout), columns)
    path = Path(output)
    if path.suffix.lower() not in _FORMATS:
        raise OutputError(
            f"{output}: can't tell the format; name a file {' or '.join(f'*{suffix}' for suffix in _FORMATS)}, "
            "or - for NDJSON on standard output"
        )
    sink = WholeFile(path)
    try:
        return _FORMATS[path.suffix.lower()](sink, columns)
    except BaseException:
        sink.discard()
        raise
