"""Whatever a file holds, it is read row by row, or refused in words."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence

from hypothesis import event, example, given
from hypothesis import strategies as st

from enrich_cli.domain.row import SourceRow
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.errors import SourceError
from tests.fuzz.bounds import bounded
from tests.fuzz.words import check_words

_ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1252", "cp1251", "cp932", "gb18030"),
)
_ODD_ENCODINGS = ("utf-7", "idna", "punycode", "rot13", "hex", "undefined", "unicode_escape")
_CELLS = (
    *("email", "Name", "Company", "ID", "ada@acme.example"),
    *('"Sample, Ada"', '"two\nlines"', '"', '""', "Zoë", "Łódź", "名前"),
)
_cells = st.sampled_from(_CELLS) | st.text(max_size=8)
_ends = st.sampled_from(("\n", "\r\n", "\r", "\n\n", ""))
_delimiters = st.sampled_from((",", ";", "\t", "|"))


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """What resembles a table of customers, in some encoding."""
    delimiter = draw(_delimiters)
    start = draw(st.sampled_from(("", "sep=,\n", "Notes:\n", "\n", "email,name\n", "email;name;id\r\n")))
    rows = draw(st.lists(st.tuples(st.lists(_cells, max_size=4), _ends), max_size=8))
    text = start + "".join(delimiter.join(cells) + end for cells, end in rows)
    return text.encode(draw(st.sampled_from(_ENCODINGS)), errors="replace")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A table or anything else; as it is, cut off, with bits turned over, or packed, well or badly."""
    data = draw(tables() | tables() | st.binary(max_size=80))
    if draw(st.booleans()):
        data = gzip.compress(data, 1, mtime=0)
    spoilt = bytearray(data)
    for bit in draw(st.lists(st.integers(0, 2000), max_size=2)) if data else ():
        spoilt[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(spoilt[: draw(st.none() | st.integers(0, 200))])


encodings = st.none() | st.sampled_from((*_ENCODINGS, *_ODD_ENCODINGS)) | st.text(max_size=8)
delimiters = st.none() | _delimiters | st.text(max_size=3)
maps = st.lists(st.sampled_from(("email=email", "name=Name", "email=nothing", "x", "")), max_size=1)


@bounded(500)
@given(data=files(), encoding=st.none() | encodings, delimiter=st.none() | delimiters, overrides=st.just([]) | maps)
@example(data=b"email\n", encoding="undefined", delimiter=None, overrides=[])
@example(data=b"email\n", encoding="punycode", delimiter=None, overrides=[])
@example(data=b"email\n", encoding="\0", delimiter=None, overrides=[])
@example(data="名前名前\n".encode("utf-16-le"), encoding="utf-16", delimiter=None, overrides=[])
def test_every_row_bears_the_line_it_begins_in(
    data: bytes, encoding: str | None, delimiter: str | None, overrides: Sequence[str]
) -> None:
    try:
        file = CsvFile(io.BytesIO(data), encoding=encoding, delimiter=delimiter, overrides=overrides)
    except SourceError as error:
        event("refused")
        check_words(error)
        return
    event("read")
    with file:
        read = rows(file)
        expected = file.rows_expected()
        assert expected is None or expected >= 0
        assert rows(file) == read
        assert all(map(str.strip, file.warnings))


def rows(file: CsvFile) -> list[SourceRow]:
    """All of them, as far as they can be read."""
    read: list[SourceRow] = []
    last = 1
    try:
        for row in file:
            assert row.line > last
            last = row.line
            assert len(row.cells) == len(file.columns) or not getattr(row, "readable", True)
            read.append(row)
    except SourceError as error:
        check_words(error)
    return read
