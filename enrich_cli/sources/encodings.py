"""The encoding of bytes: given by a byte order mark, or shown by the bytes themselves."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable

from enrich_cli.sources.errors import UNREADABLE, SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
_MAC = "mac_roman"
_LEGACY = [_WESTERN, "cp1250", "cp1251", "cp1253", "cp932", "gb18030", "cp949", "big5", _MAC]
_LETTERS_OF_MACS = bytes(set(range(0x80, 0xA0)) - set("€…‘’“”–—™".encode(_WESTERN)))
"""On a Mac these are most of the letters beyond ASCII; in Windows-1252 they are seldom letters."""
_LETTERS_OF_WINDOWS = bytes(range(0xE0, 0x100))
"""The small letters of Windows-1252, which are rare on a Mac."""
_NOT_OF_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Python lists these among the text encodings."""
_NEED_A_MARK = frozenset({"utf-16", "utf-32"})
_EVIDENCE = 10
"""Fewer bytes beyond ASCII than this show only that the text is not UTF-8."""
_SAMPLE = 8192
_LOOK_AHEAD = 16
_BLOCK = 64 * 1024


def encoding_given(name: str, start: bytes) -> str:
    """The encoding that a user names.

    Raises SourceError if there is no such text encoding, or if the bytes don't show their byte order.
    """
    known = _known(name)
    if known is None:
        raise SourceError(
            f"--encoding {name}: there is no such encoding; give for example utf-8, utf-16 or windows-1252"
        )
    if not known.startswith("utf"):
        return known
    shown = encoding_shown(start)
    if start and shown is None and known in _NEED_A_MARK:
        raise SourceError(f"--encoding {known}: there is no byte order mark; give {known}-le or {known}-be")
    return shown or known


def _known(name: str) -> str | None:
    """Python's name for the encoding; None if there is no such encoding of text files."""
    try:
        "".encode(name)
        known = codecs.lookup(name).name
    except (LookupError, ValueError):  # the latter where the name is none at all
        return None
    return None if known.replace("_", "-") in _NOT_OF_FILES else known


def encoding_shown(start: bytes) -> str | None:
    """The encoding that the first bytes leave no doubt of: because of their mark, or because every other
    byte is NUL.
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    # The header shows it by its NULs even if the rows hold few, such as Chinese ones.
    return _utf16_by_nuls(start.partition(b"\n")[0]) or _utf16_by_nuls(start)


def _utf16_by_nuls(text: bytes) -> str | None:
    left, right = text[0::2].count(0), text[1::2].count(0)
    if left + right > len(text) // 4 and min(left, right) < max(left, right) // 8:
        return "utf-16-le" if right > left else "utf-16-be"
    return None


def name_shown(encoding: str) -> str:
    """The usual name of an encoding, as for `--encoding`; Python has its own names for those of Windows."""
    return encoding.replace("cp125", "windows-125")


class AsUtf8(io.BufferedIOBase):
    """Bytes of an encoding that nobody named, recoded as UTF-8, which they mostly are already.

    As long as everything is ASCII there is nothing to decide. The first other bytes decide: they are UTF-8, or what
    their letters show, in most cases Windows-1252. `on_guess` is then called with the name.
    """

    def __init__(self, source: io.BufferedIOBase, on_guess: Callable[[str], None]) -> None:
        self._source = source
        self._on_guess = on_guess
        self._broken: Exception | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        """None: only ASCII so far."""

    def readable(self) -> bool:
        return True

    def read1(self, _size: int = -1, /) -> bytes:
        """The bytes that come next, whatever the number asked for; nothing at the end.

        Raises UnicodeDecodeError, and what reading the source raises, after everything before it has been read.
        """
        if self._broken:
            raise self._broken
        block = self._source.read1(_BLOCK)
        if self._decoder is None:
            if block.isascii():
                return block
            block += self._a_little_more()
            self._decoder = codecs.getincrementaldecoder(self._decided(block))()
        text = self._decoded(self._decoder, block)
        while block and not text and not self._broken:
            block = self._source.read1(_BLOCK)
            text = self._decoded(self._decoder, block)
        if self._broken and not text:
            raise self._broken
        return text.encode()

    def _decoded(self, decoder: codecs.IncrementalDecoder, block: bytes) -> str:
        try:
            return decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            sound, rest = error.object[: error.start], error.object[error.start :]
            self._broken = UnicodeDecodeError(error.encoding, rest, 0, error.end - error.start, error.reason)
            return sound.decode(error.encoding)

    def _a_little_more(self) -> bytes:
        """What follows, byte by byte: if the source breaks off, what came before is still read before the error."""
        more = b""
        try:
            while len(more) < _LOOK_AHEAD and (byte := self._source.read1(1)):
                more += byte
        except UNREADABLE as error:
            self._broken = error
        return more

    def _decided(self, block: bytes) -> str:
        if _is_utf8(block):
            return "utf-8"
        encoding = _legacy_encoding(block)
        self._on_guess(name_shown(encoding))
        return encoding


def _is_utf8(block: bytes) -> bool:
    """Is the first character beyond ASCII valid UTF-8? What follows may be broken, or cut off by the block."""
    try:
        block.decode()
    except UnicodeDecodeError as error:
        return not block[: error.start].isascii()
    return True


def _is_of_a_mac(block: bytes) -> bool:
    """Old Mac programs end lines with a carriage return alone; some others do too, in Windows-1252."""
    if b"\n" in block or b"\r" not in block:
        return False
    return _number_of(_LETTERS_OF_MACS, block) > _number_of(_LETTERS_OF_WINDOWS, block)


def _number_of(some: bytes, block: bytes) -> int:
    return len(block) - len(block.translate(None, some))


def _legacy_encoding(block: bytes) -> str:
    """Windows-1252, unless the letters make no sense in it and do in another encoding."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 most sources are UTF-8

    if _is_of_a_mac(block):
        return _MAC
    telling = b"\n".join(line for line in block.splitlines() if not line.isascii())[:_SAMPLE]
    if sum(byte > 127 for byte in telling) < _EVIDENCE:
        return _WESTERN
    matches = from_bytes(telling, cp_isolation=_LEGACY)
    if any(_WESTERN in match.could_be_from_charset for match in matches):
        return _WESTERN
    best = matches.best()
    return best.encoding if best and not best.chaos else _WESTERN
