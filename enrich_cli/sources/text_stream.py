"""Bytes of a source as text, or a clear refusal: what is read so far is UTF-8, with or without a byte order mark."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO, cast

from enrich_cli.sources.errors import SourceError

_SNIFFED = 64 * 1024
_SIGNATURES = (
    (b"\x1f\x8b", "is a gzip file; unpack it first"),
    (b"PK\x03\x04", "is a ZIP archive or an Excel workbook; save the sheet as CSV (UTF-8)"),
    (b"\xff\xfe", "is UTF-16 text; save it as CSV (UTF-8)"),
    (b"\xfe\xff", "is UTF-16 text; save it as CSV (UTF-8)"),
    (b"SQLite format 3\x00", "is a SQLite database; export the table as CSV (UTF-8)"),
)
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"


def buffered(file: Path | BinaryIO) -> io.BufferedReader:
    """Open a file, or buffer a stream of bytes; raises SourceError when the file can't be opened."""
    if not isinstance(file, Path):
        # The type of standard input's bytes does not tell of `readinto`, which every binary file has.
        return io.BufferedReader(cast("io.RawIOBase", file), _SNIFFED)
    try:
        return io.BufferedReader(io.FileIO(file), _SNIFFED)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"{file}: {reason}; give the path of a CSV file, or - for standard input") from error


def text_of(stream: io.BufferedReader, name: str) -> io.TextIOWrapper:
    """Text from where the stream stands, line ends kept; raises SourceError when what begins there is no text."""
    try:
        start = stream.peek(_SNIFFED)[:_SNIFFED]
    except OSError as error:
        raise SourceError(f"{name}: can't be read: {error.strerror or type(error).__name__}") from error
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise SourceError(f"{name}: {what}")
    controls = len(start) - len(start.translate(None, delete=_CONTROL_BYTES))
    if b"\x00" in start or controls > len(start) // 2:
        raise SourceError(f"{name}: is binary, not a CSV file; save the table as CSV (UTF-8)")
    return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
