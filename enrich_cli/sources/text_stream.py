"""Bytes of a source as lines of text, packed or not, in whatever encoding; or a clear refusal."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from enrich_cli.sources.encodings import AsUtf8, encoding_given, encoding_shown
from enrich_cli.sources.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 64 * 1024
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"PK\x03\x04", "is a ZIP archive or an Excel workbook; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "is an Excel workbook; save the sheet as CSV"),
    (b"SQLite format 3\x00", "is a SQLite database: give it as sqlite:///FILE, with --table or --query"),
    (b"PAR1", "is a Parquet file; save the table as CSV"),
    (b"%PDF-", "is a PDF document; save the table as CSV"),
)
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"


def buffered(file: Path | BinaryIO) -> io.BufferedReader:
    """Open a file, or buffer a stream of bytes; raises SourceError when the file can't be opened."""
    if not isinstance(file, Path):
        return io.BufferedReader(_AsItComes(file), _BLOCK)
    try:
        return io.BufferedReader(io.FileIO(file), _BLOCK)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"{file}: {reason}; give the path of a CSV file, or - for standard input") from error


class _AsItComes(io.RawIOBase):
    """A stream of bytes that gives what has arrived, and does not wait until it can give all that was asked for."""

    def __init__(self, file: BinaryIO) -> None:
        # The type of standard input's bytes does not tell of `readinto1`, which every buffered file has.
        self._file = cast("io.BufferedIOBase", file)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return self._file.readinto1(buffer)


def unpacked(stream: io.BufferedReader, name: str) -> io.BufferedReader | gzip.GzipFile:
    """The stream, or what is packed in it. Raises SourceError when it can't be read."""
    with _read_clearly(name):
        return gzip.GzipFile(fileobj=stream) if stream.peek(2).startswith(_GZIP) else stream


def text_of(
    stream: io.BufferedReader | gzip.GzipFile,
    name: str,
    *,
    encoding: str | None = None,
    on_guess: Callable[[str], None] = lambda _encoding: None,
) -> io.TextIOWrapper:
    """Text from where the stream stands, line ends kept; raises SourceError when what begins there is no text.

    `encoding` is the user's word for it; where that is wanting and the bytes are not UTF-8, `on_guess` is told what
    they are taken for, once such bytes come.
    """
    with _read_clearly(name):
        start = stream.peek(_BLOCK)[:_BLOCK]
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise SourceError(f"{name}: {what}")
    if known := encoding_given(encoding, start) if encoding else encoding_shown(start):
        return io.TextIOWrapper(stream, encoding=known, newline="")
    if _is_binary(start):
        raise SourceError(f"{name}: is binary, not a CSV file; save the table as CSV")
    # Its type asks for all that can be done with a buffer; to read text, it takes no more than there is.
    utf8 = cast("io.BufferedReader", AsUtf8(stream, on_guess))
    return io.TextIOWrapper(utf8, encoding="utf-8", newline="")


class Lines:
    """The lines of a text. Those that are kept come again, first, when it is iterated again; who is done drops them."""

    def __init__(self, text: Iterator[str], name: str) -> None:
        self._text = text
        self._name = name
        self._broken: SourceError | None = None
        self.dropped = 0
        self.kept: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        """Raises SourceError, naming the line, where the text can't be read on."""
        self.ended = False
        yield from list(self.kept)
        if not self._broken:
            keep = self.kept.append
            try:
                for line in self._text:
                    keep(line)
                    yield line
            except UnicodeDecodeError as error:
                self._broken = self._not_text(error)
            except (OSError, EOFError, zlib.error) as error:
                self._broken = SourceError(f"{self._name}: {_reason(error)} after line {self._read}")
        if self._broken:
            raise self._broken
        self.ended = True

    def drop(self, number: int) -> None:
        """Let go of the first lines that are kept."""
        self.dropped += number
        if number == len(self.kept):
            self.kept.clear()
        else:
            del self.kept[:number]

    @property
    def _read(self) -> int:
        return self.dropped + len(self.kept)

    def _not_text(self, error: UnicodeDecodeError) -> SourceError:
        before = error.object[: error.start].decode(error.encoding, errors="replace")
        line = self._read + 1 + before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        # Python's name for every encoding of one byte a character.
        encoding = "text of its encoding" if error.encoding == "charmap" else error.encoding.upper()
        return SourceError(
            f"{self._name}, line {line}: is not {encoding} (byte 0x{error.object[error.start]:02x}), though "
            "all before it is; name the encoding with --encoding, such as windows-1252"
        )


@contextmanager
def _read_clearly(name: str) -> Iterator[None]:
    """Raises SourceError in place of what goes wrong when bytes are read."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{name}: {_reason(error)}") from None


def _reason(error: OSError | EOFError | zlib.error) -> str:
    if isinstance(error, EOFError):
        return "the gzip file is truncated"
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "the gzip file is damaged"
    return f"can't be read: {error.strerror or type(error).__name__}"


def _is_binary(start: bytes) -> bool:
    """A header line holds no control bytes; rows may, as long as they are few."""
    header = start.lstrip(b"\r\n").partition(b"\n")[0]
    return len(header) > len(_without_controls(header)) or 10 * len(_without_controls(start)) < 9 * len(start)


def _without_controls(text: bytes) -> bytes:
    return text.translate(None, delete=_CONTROL_BYTES)
