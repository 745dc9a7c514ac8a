"""The format of an output: chosen by the file's name, or for `export` by an option."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from enrich_cli.domain.suggestion import closest
from enrich_cli.domain.times import LOCAL, Times
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.standard_output import StandardOutput
from enrich_cli.outputs.whole_file import WholeFile
from enrich_cli.outputs.writer import Sink, Writer


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How rows are written, where a format leaves a choice."""

    raw: bool = False
    """Leave provider text that a spreadsheet may take for a formula."""
    synthetic: bool = False
    """The data is the sandbox's, and an HTML page says so."""
    times: Times = LOCAL
    """How an HTML page shows when something was saved."""


def _csv(sink: Sink, columns: Columns, manner: Manner) -> Writer:
    from enrich_cli.outputs.csv_rows import CsvRows

    return CsvRows(sink, columns, raw=manner.raw)


def _ndjson(sink: Sink, columns: Columns, _manner: Manner) -> Writer:
    from enrich_cli.outputs.ndjson import Ndjson

    return Ndjson(sink, columns)


def _json(sink: Sink, columns: Columns, _manner: Manner) -> Writer:
    from enrich_cli.outputs.json_array import JsonArray

    return JsonArray(sink, columns)


def _parquet(sink: Sink, columns: Columns, _manner: Manner) -> Writer:
    try:
        from enrich_cli.outputs.parquet import Parquet
    except ImportError:
        raise OutputError("Parquet needs pyarrow, which is not installed: pip install 'enrich-cli[parquet]'") from None
    return Parquet(sink, columns)


def _xlsx(sink: Sink, columns: Columns, manner: Manner) -> Writer:
    from enrich_cli.outputs.xlsx import Xlsx

    return Xlsx(sink, columns, raw=manner.raw)


def _html(sink: Sink, columns: Columns, manner: Manner) -> Writer:
    from enrich_cli.outputs.html import Html

    return Html(sink, columns, synthetic=manner.synthetic, times=manner.times)


FORMATS: Mapping[str, Callable[[Sink, Columns, Manner], Writer]] = {
    "csv": _csv,
    "ndjson": _ndjson,
    "json": _json,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "html": _html,
}
"""Format by file ending; a format's libraries are loaded with it."""
BINARY = frozenset({"parquet", "xlsx"})
"""The formats that can't be shown in a terminal."""
FOR_RUNS = tuple(name for name in FORMATS if name != "html")


def format_of(output: str, known: Collection[str] = FOR_RUNS) -> str:
    """The format of a file name's ending; raises OutputError for one that is not known."""
    ending = Path(output).suffix.lower().removeprefix(".")
    if ending not in known:
        *others, last = (f"*.{name}" for name in known)
        meant = closest(ending, known)
        hint = f"; did you mean *.{meant}?" if meant else ""
        raise OutputError(f"{output}: can't tell the format; name a file {', '.join(others)} or {last}{hint}")
    return ending


def writer_for(
    output: str, columns: Columns, *, stdout: BinaryIO, manner: Manner | None = None, format_name: str | None = None
) -> Writer:
    """The writer for a path, by its ending unless a format is given; `-` is standard output, by default NDJSON.

    Raises OutputError for an unknown ending, for a path that can't be written, and if a format's library is missing.
    """
    name = format_name or ("ndjson" if output == "-" else format_of(output))
    sink: Sink = StandardOutput(stdout) if output == "-" else WholeFile(Path(output))
    try:
        return FORMATS[name](sink, columns, manner or Manner())
    except BaseException:
        sink.discard()
        raise


def refuse_unfit(output: str, columns: Columns) -> None:
    """Raises OutputError if the format can't hold these columns, or if its library is missing; writes nothing."""
    writer_for("-", columns, stdout=io.BytesIO(), format_name=format_of(output)).discard()
