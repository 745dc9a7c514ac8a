"""A source's bytes as lines of text, compressed or not, in any encoding; or a clear refusal."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from enrich_cli.sources.encodings import AsUtf8, encoding_given, encoding_shown
from enrich_cli.sources.errors import UNREADABLE, SourceError

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
_NO_MORE = iter(())
"""In place of a text that has ended: a terminal would be asked again."""
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"


def buffered(file: Path | BinaryIO) -> io.BufferedReader:
    """Open a file, or buffer a stream of bytes; raises SourceError if the file can't be opened."""
    if not isinstance(file, Path):
        return io.BufferedReader(_AsItComes(file), _BLOCK)
    try:
        return io.BufferedReader(io.FileIO(file), _BLOCK)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"{file}: {reason}; give the path of a CSV file, or - for standard input") from error


class _AsItComes(io.RawIOBase):
    """A stream of bytes that returns what has arrived, and does not wait for everything that was asked for."""

    def __init__(self, file: BinaryIO) -> None:
        # The declared type of standard input's buffer lacks `readinto1`, which every buffered file has.
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
    """The stream, decompressed if necessary. Raises SourceError if it can't be read."""
    with _read_clearly(name):
        return gzip.GzipFile(fileobj=stream) if stream.peek(2).startswith(_GZIP) else stream


def text_of(
    stream: io.BufferedReader | gzip.GzipFile,
    name: str,
    *,
    encoding: str | None = None,
    on_guess: Callable[[str], None] = lambda _encoding: None,
) -> io.TextIOWrapper:
    """The text from the stream's position, with its line ends; raises SourceError if it does not begin with text.

    `encoding` is the user's choice. Without one, if the bytes are not UTF-8, `on_guess` is called with the encoding
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
    # The declared type wants a whole buffer interface; reading text uses no more than this class has.
    utf8 = cast("io.BufferedReader", AsUtf8(stream, on_guess))
    return io.TextIOWrapper(utf8, encoding="utf-8", newline="")


class Lines:
    """The lines of a text. Iterated again, it begins with the lines that it keeps; `drop` those that are done."""

    def __init__(self, text: Iterator[str], name: str) -> None:
        self._text = text
        self._name = name
        self._broken: SourceError | None = None
        self.dropped = 0
        self.kept: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        """Raises SourceError, naming the line, if the text can't be read any further."""
        self.ended = False
        yield from list(self.kept)
        keep = self.kept.append
        with self._breaking_off():
            for line in self._text:
                keep(line)
                yield line
        self._text = _NO_MORE
        if self._broken:
            raise self._broken
        self.ended = True

    def ahead(self, number: int) -> Sequence[str]:
        """The kept lines, this many if there are as many more; fewer, too, if the text can't be read any further."""
        with self._breaking_off():
            # What came before an error stays in the list.
            self.kept.extend(islice(self._text, max(0, number - len(self.kept))))
        if len(self.kept) < number:
            self._text = _NO_MORE
        return self.kept

    @contextmanager
    def _breaking_off(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            self._broken = self._not_text(error)
        except UNREADABLE as error:
            self._broken = SourceError(f"{self._name}: {_reason(error)} after line {self._read}")

    def drop(self, number: int) -> None:
        """Forget the first of the kept lines."""
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
        # Python's name for every encoding with one byte per character.
        encoding = "text of its encoding" if error.encoding == "charmap" else error.encoding.upper()
        return SourceError(
            f"{self._name}, line {line}: is not {encoding} (byte 0x{error.object[error.start]:02x}), although "
            "everything before it is; name the encoding with --encoding, such as windows-1252"
        )


@contextmanager
def _read_clearly(name: str) -> Iterator[None]:
    """Raises SourceError instead of the errors of reading bytes."""
    try:
        yield
    except UNREADABLE as error:
        raise SourceError(f"{name}: {_reason(error)}") from None


def _reason(error: OSError | EOFError | zlib.error) -> str:
    if isinstance(error, EOFError):
        return "the gzip file is truncated"
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "the gzip file is damaged"
    return f"can't be read: {error.strerror or type(error).__name__}"


def _is_binary(start: bytes) -> bool:
    """A header line holds no control bytes; rows may, if they are few."""
    header = start.lstrip(b"\r\n").partition(b"\n")[0]
    return len(header) > len(_without_controls(header)) or 10 * len(_without_controls(start)) < 9 * len(start)


def _without_controls(text: bytes) -> bytes:
    return text.translate(None, delete=_CONTROL_BYTES)
