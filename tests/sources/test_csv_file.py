"""Customers from a CSV file."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import secrets
import tracemalloc
import zlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.row import Rejected, Row, SourceRow
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.source import Source


def stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def rows(text: str, *overrides: str, usable: Callable[[Customer], str | None] = lambda _: None) -> list[SourceRow]:
    with CsvFile(stream(text), overrides=overrides, usable=usable) as source:
        return list(source)


def ids(text: str) -> list[CustomerId]:
    return [row.customer.id for row in rows(text) if isinstance(row, Row)]


def test_it_is_a_source_that_knows_its_header_before_a_row_is_read() -> None:
    source: Source = CsvFile(stream("Record ID,Work Email,Home Email,Notes\n"))
    assert source.columns == ("Record ID", "Work Email", "Home Email", "Notes")
    assert source.mapping == {"customer_id": "Record ID", "email": "Work Email"}
    assert source.has_id
    assert len(source.warnings) == 1
    assert list(source) == []


def test_a_row_holds_its_line_its_cells_as_they_were_and_the_customer() -> None:
    (row,) = rows('Name,E-mail,Notes\n" Jane  Doe ",JANE@acme.com,"two\nlines"\n')
    assert isinstance(row, Row)
    assert (row.line, row.cells) == (2, [" Jane  Doe ", "JANE@acme.com", "two\nlines"])
    assert (row.customer.name, row.customer.email) == ("Jane Doe", "jane@acme.com")


def test_a_map_is_followed() -> None:
    (row,) = rows("a,b\nx,jane@acme.com\n", "email=b")
    assert isinstance(row, Row)
    assert row.customer.email == "jane@acme.com"


def test_a_plain_given_id_is_kept() -> None:
    assert ids("id,email\nC-17,jane@acme.com\n") == [CustomerId("C-17")]


def test_an_id_that_is_not_plain_or_is_another_field_is_hashed() -> None:
    assert ids("id,email,name\nno. 17,jane@acme.com,\nJane,j@acme.com,jane\n") == [
        CustomerId("no. 17", "no. 17"),
        CustomerId("Jane", "Jane"),
    ]


@pytest.mark.parametrize("header", ["email,name", "id,email,name"])
def test_without_an_id_the_row_is_called_by_its_own_identity(header: str) -> None:
    blank = "," if header.startswith("id") else ""
    assert ids(f"{header}\n{blank}Jane@acme.com,Jane\n") == [CustomerId("jane@acme.com", "jane@acme.com")]


@pytest.mark.parametrize(("cells", "reason"), [("x", "has 1 cell,"), ("x,y,z,1", "has 4 cells,")])
def test_a_ragged_row_is_rejected_as_unreadable_and_the_next_is_read(cells: str, reason: str) -> None:
    rejected, after = rows(f"email,name,city\n{cells}\na@b.de,,\n")
    assert rejected == Rejected(2, cells.split(","), f"{reason} the header has 3", readable=False)
    assert isinstance(after, Row)


def test_a_row_with_a_stray_quote_is_rejected_as_unreadable() -> None:
    rejected, after = rows('email,name\n"a"b,x\na@b.de,\n')
    assert isinstance(rejected, Rejected)
    assert (rejected.readable, rejected.line) == (False, 2)
    assert isinstance(after, Row)


def test_a_row_with_nothing_to_look_up_by_is_rejected_with_its_line_and_cells() -> None:
    (rejected,) = rows("email,notes\n  ,call back\n")
    assert rejected == Rejected(2, ["  ", "call back"], "has nothing to look up by: email empty")


def test_a_row_that_no_provider_can_use_is_rejected_for_the_reason_given() -> None:
    city_alone = "has only a city"
    found = rows("email,city\n,Rome\na@b.de,Rome\n", usable=lambda customer: None if customer.email else city_alone)
    assert found[0] == Rejected(2, ["", "Rome"], city_alone)
    assert isinstance(found[1], Row)


def test_a_rejected_row_keeps_the_id_that_it_has() -> None:
    found = rows("id,email\n 17 ,\n,\n")
    assert [row.customer_id for row in found if isinstance(row, Rejected)] == ["17", ""]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is empty"),
        ("\ufeff\n \n", "is empty"),
        ('"email"x,name\n', "line 1: the header has text after a closing quote"),
        ('email,"name\n', "line 1, column 2"),
        ("\nemail,E-Mail\n", "line 2: columns 1 and 2"),
        ("colour\nred\n", "no column is recognised"),
    ],
)
def test_what_is_no_table_of_customers_is_refused_with_what_and_where(text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match="standard input") as refusal:
        CsvFile(stream(text))
    assert complaint in str(refusal.value)


def test_a_file_is_read_by_its_path_and_named_by_it(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("\ufeffemail\r\nä@b.de\r\n".encode() + b"a@b.de\r\n" * 5000 + b"\xff\r\n")
    with CsvFile(path) as source, pytest.raises(SourceError, match=rf"{path}, line 5003: is not UTF-8"):
        list(source)


def test_a_file_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("email\na@b.de\nc@d.de\n")
    with CsvFile(path) as source:
        assert len(list(islice(source, 1))) == 1
        assert list(source) == list(source)
        assert len(list(source)) == 2


def test_a_pipe_is_read_once() -> None:
    end, start = os.pipe()
    os.write(start, b"email\na@b.de\n")
    os.close(start)
    with os.fdopen(end, "rb") as pipe, CsvFile(pipe) as source:
        assert len(list(source)) == 1
        with pytest.raises(SourceError, match="only once"):
            list(source)


def test_a_stream_stays_open_for_whom_it_belongs_to() -> None:
    ours = stream("email\n")
    CsvFile(ours).close()
    assert not ours.closed


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("email,notes\n" + "".join(f"p{number}@acme.com,{'x' * 100}\n" for number in range(20_000)))
    with CsvFile(path) as source:
        tracemalloc.start()
        count = sum(1 for _ in source)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 20_000
    assert peak < path.stat().st_size / 4


COLUMNS = ("Name", "E-mail", "Nötes")
CELLS = ["Zoë Ångström", "zoe@example.com", "ring €50, “soon”"]


def written(delimiter: str, encoding: str, *, line_end: str = "\r\n", rows: int = 1) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([COLUMNS, *[CELLS] * rows])
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "utf-8"])
@pytest.mark.parametrize("name", ["José Núñez", "Zoë O’Hara – “Müller”", "François"])
def test_lines_of_old_macs_are_read_in_the_encoding_of_macs_unless_they_are_in_another(
    name: str, encoding: str
) -> None:
    with CsvFile(io.BytesIO(f"name,email\r{name},a@x.example\r".encode(encoding))) as source:
        assert [row.cells[0] for row in source] == [name]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_is_read_as_it_is_found(delimiter: str, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    with CsvFile(io.BytesIO(pack(written(delimiter, encoding, rows=3)))) as source:
        assert source.columns == COLUMNS
        assert [(row.line, row.cells) for row in source] == [(2, CELLS), (3, CELLS), (4, CELLS)]
        assert any("windows-1252" in warning for warning in source.warnings) is (encoding == "cp1252")


@pytest.mark.parametrize("plain_rows", [0, 1, 20_000])
def test_windows_1252_is_told_wherever_its_first_letter_comes(plain_rows: int) -> None:
    data = b"name,email\n" + b"Ada,ada@example.com\n" * plain_rows + b"Zo\xeb,z@example.com\n" * 2
    with CsvFile(io.BytesIO(data)) as source:
        assert [row.cells[0] for row in source][-2:] == ["Zoë", "Zoë"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_header_where_rows_hold_other_letters(encoding: str) -> None:
    name = "\u5f20\u4f1f" * 9
    data = "email,name\r\n" + f"a@x.example,{name}\r\n" * 50
    with CsvFile(io.BytesIO(data.encode(encoding))) as source:
        assert {row.cells[1] for row in source} == {name}


def test_a_user_knows_encoding_and_delimiter_better() -> None:
    polish = io.BytesIO("E-mail|Imię,Nazwa\nz@b.pl|Żółć\n".encode("cp1250"))
    with CsvFile(polish, encoding="windows-1250", delimiter="pipe") as source:
        assert (source.columns, [row.cells for row in source]) == (("E-mail", "Imię,Nazwa"), [["z@b.pl", "Żółć"]])
        assert source.warnings == ()
    with CsvFile(io.BytesIO("name,x;email\n".encode("utf-16")), encoding="utf-16-le", delimiter=",") as source:
        assert source.columns == ("name", "x;email")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("utf-9", None), "--encoding utf-9"),
        (("base64", None), "--encoding base64"),
        (("punycode", None), "--encoding punycode: there is no such encoding"),
        (("undefined", None), "--encoding undefined: there is no such encoding"),
        (("utf-7", None), "--encoding utf-7: there is no such encoding"),
        (("\0", None), "there is no such encoding"),
        (("utf-16", None), "no byte order mark; give utf-16-le or utf-16-be"),
        (("ascii", None), "line 1: is not ASCII"),
        ((None, "::"), "--delimiter '::'"),
        ((None, '"'), "--delimiter"),
    ],
)
def test_an_encoding_or_delimiter_that_can_not_be_is_refused(
    options: tuple[str | None, str | None], words: str
) -> None:
    encoding, delimiter = options
    with pytest.raises(SourceError, match=re.escape(words)):
        CsvFile(io.BytesIO(written(",", "utf-8")), encoding=encoding, delimiter=delimiter)


def test_the_line_by_which_excel_names_the_delimiter_is_no_header() -> None:
    with CsvFile(stream("sep=;\r\nEmail;Name\r\na@b.de;A\r\n")) as source:
        assert (source.columns, [row.line for row in source]) == (("Email", "Name"), [3])


def test_the_line_of_excel_is_no_header_either_where_the_user_says_another_delimiter() -> None:
    with CsvFile(stream("sep=,\r\nEmail;Name\r\na@b.de;A\r\n"), delimiter=";") as source:
        assert (source.columns, [row.line for row in source]) == (("Email", "Name"), [3])


def test_a_delimiter_within_a_quoted_header_is_text() -> None:
    assert [row.cells for row in rows('"Tags; of; all; sorts",Email\nx,a@b.de\n')] == [["x", "a@b.de"]]


def test_a_nul_is_text_in_a_cell_and_a_blank_in_a_field() -> None:
    (row,) = rows("email,name\na@b.de,A\x00B\n")
    assert isinstance(row, Row)
    assert (row.cells, row.customer.name) == (["a@b.de", "A\x00B"], "A B")


@pytest.mark.parametrize(
    ("first", "encoding", "number", "cut"),
    [("p", "utf-8", 5000, 2000), ("\xe4", "utf-8", 30, 100), ("\xe4", "cp1252", 30, 100)],
)
def test_of_a_gzip_file_cut_short_the_rows_before_the_break_are_read(
    tmp_path: Path, first: str, encoding: str, number: int, cut: int
) -> None:
    path = tmp_path / "people.csv.gz"
    lines = [first, *(f"p{line}@{secrets.token_hex(8)}.example" for line in range(1, number))]
    path.write_bytes(gzip.compress("\n".join(["email", *lines]).encode(encoding))[:-cut])
    read: list[str] = []
    with CsvFile(path) as source, pytest.raises(SourceError, match=r"truncated after line \d+") as end:
        read.extend(row.cells[0] for row in source)
    assert 0.6 * number < len(read) < number
    assert read == lines[: len(read)]
    assert f"line {len(read) + 1}" in str(end.value)


def test_of_a_gzip_file_cut_short_near_its_header_the_rows_before_the_break_are_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv.gz"
    lines = [f"p{line}@{secrets.token_hex(8)}.example,P" for line in range(10)]
    path.write_bytes(gzip.compress("\n".join(["email,name", *lines]).encode())[:-100])
    read: list[str] = []
    with CsvFile(path) as source, pytest.raises(SourceError, match=r"truncated after line \d+"):
        read.extend(",".join(row.cells) for row in source)
    assert read
    assert read == lines[: len(read)]


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:9], lambda data: data[:-8] + b"12345678", lambda _: b"\x1f\x8bno"]
)
def test_a_damaged_gzip_file_is_refused_in_words(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SourceError, match="standard input: the gzip file is"):
        list(CsvFile(io.BytesIO(spoil(gzip.compress(b"email\na@b.de\n", mtime=0)))))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_how_many_rows_there_are_is_told_by_the_line_ends(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(pack(b"email\na@b.de\nc@d.de\n"))
    with CsvFile(path) as source:
        assert source.rows_expected() == 2
        assert [row.line for row in source] == [2, 3]


def test_of_a_damaged_file_nobody_knows_how_many_rows_come(tmp_path: Path) -> None:
    path = tmp_path / "people.csv.gz"
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    sound = packer.compress(b"email\n" + b"a@b.de\n" * 50_000) + packer.flush(zlib.Z_FULL_FLUSH)
    path.write_bytes(sound + b"\x07")
    with CsvFile(path) as source:
        assert source.rows_expected() is None
        with pytest.raises(SourceError, match="the gzip file is damaged after line"):
            list(source)


def test_of_a_pipe_nobody_knows_how_many_rows_come() -> None:
    end, start = os.pipe()
    os.write(start, b"email\na@b.de\n")
    os.close(start)
    with os.fdopen(end, "rb") as pipe, CsvFile(pipe) as source:
        assert source.rows_expected() is None
        assert len(list(source)) == 1


@given(
    rows=st.lists(st.tuples(st.text(min_size=1, max_size=6), st.text(max_size=6)), max_size=5),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_any_text_comes_out_as_it_went_in(rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([("Email", "Notes"), *rows])
    with CsvFile(io.BytesIO(text.getvalue().encode(encoding)), encoding=encoding) as source:
        assert [tuple(row.cells) for row in source] == rows
