"""Records and the lines they start in, as an editor counts them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.sources.delimiters import DELIMITERS
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.records import LARGEST_CELL, Record, Records
from enrich_cli.sources.text_stream import Lines, buffered, text_of


def records(text: str, delimiter: str = ",") -> list[Record]:
    """One by one; in batches they are the same."""
    each = list(_records_of(text, delimiter))
    assert list(_in_batches(_records_of(text, delimiter))) == each
    return each


def _in_batches(records: Records) -> Iterator[Record]:
    return chain.from_iterable(batch.records() for batch in records.batches())


def _records_of(text: str, delimiter: str = ",") -> Records:
    return Records(Lines(io.StringIO(text, newline=""), "file.csv"), "file.csv", delimiter)


def records_of_bytes(data: bytes, encoding: str) -> list[Record]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    return list(Records(Lines(text, "file.csv"), "file.csv"))


def test_a_record_bears_the_line_it_starts_in_though_cells_before_hold_line_ends() -> None:
    assert records('a\n"x\ny"\r\n"p\rq"\nz') == [(1, ["a"], ""), (2, ["x\ny"], ""), (4, ["p\rq"], ""), (6, ["z"], "")]


def test_blank_lines_are_skipped_and_counted() -> None:
    assert records("\n  \na,b\n\t\n\nc,d\n") == [(3, ["a", "b"], ""), (6, ["c", "d"], "")]


def test_lines_with_empty_cells_are_not_blank() -> None:
    assert records('a,b\n,\n""\n') == [(1, ["a", "b"], ""), (2, ["", ""], ""), (3, [""], "")]


def test_text_after_a_closing_quote_spoils_one_record_and_reading_goes_on() -> None:
    (line, cells, fault), after = records('"x"y,1\nok,2\n')
    assert (line, cells, after) == (1, ["xy", "1"], (2, ["ok", "2"], ""))
    assert "closing quote" in fault


def test_a_stray_quote_names_all_the_lines_it_swallowed() -> None:
    (line, _, fault), after = records('a,"open\nb,2\nc,"Next"\nd,4\n')
    assert (line, after) == (1, (4, ["d", "4"], ""))
    assert "lines 1 to 3" in fault


def test_a_quote_that_is_never_closed_is_refused_with_line_and_column() -> None:
    with pytest.raises(SourceError, match=r"file\.csv, line 2, column 3: .*not closed"):
        records('a,b,c\n1,2,"three\n4,5,6\n')


def test_a_cell_of_ten_megabytes_is_read() -> None:
    ((_, cells, _),) = records(f'"{"x" * LARGEST_CELL}"')
    assert len(cells[0]) == LARGEST_CELL


def test_a_larger_cell_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"line 2: .*10 MB"):
        records(f'a\n"{"x" * LARGEST_CELL}x')


@pytest.mark.parametrize("lines_before", [0, 3, 5000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
def test_what_is_not_in_its_encoding_is_refused_with_its_line(lines_before: int, encoding: str) -> None:
    broken = {"utf-8": b"gr\xfc", "utf-16-le": b"g\x00\x00\xd8x\x00", "cp1252": b"\x81"}[encoding]
    data = "grüße,1\r\n".encode(encoding) * lines_before + broken
    named = {"utf-8": "UTF-8", "utf-16-le": "UTF-16-LE", "cp1252": "text of its encoding"}[encoding]
    with pytest.raises(SourceError, match=rf"line {lines_before + 1}: is not {named} \(byte 0x.*--encoding"):
        records_of_bytes(data, encoding)


def test_text_that_breaks_off_within_a_character_is_refused() -> None:
    with pytest.raises(SourceError, match="line 2"):
        records_of_bytes("a\nü".encode()[:-1], "utf-8-sig")


def test_lines_that_were_looked_at_before_are_read_and_counted_once() -> None:
    lines = Lines(io.StringIO('"a\nb";c\nd;e\n', newline=""), "file.csv")
    assert next(iter(lines)) == '"a\n'
    assert list(islice(iter(lines), 2)) == ['"a\n', 'b";c\n']
    assert list(Records(lines, "file.csv", ";")) == [(1, ["a\nb", "c"], ""), (3, ["d", "e"], "")]


@pytest.mark.parametrize("rows", [0, 1, 100, 250])
@pytest.mark.parametrize("last", ["", '"x\ny",1\n', '"x'])
def test_what_has_ended_is_not_read_again_since_a_terminal_would_ask_for_more(rows: int, last: str) -> None:
    class Terminal(Iterator[str]):
        def __init__(self) -> None:
            self.lines = io.StringIO("a,b\n" * rows + last, newline="")
            self.has_ended = False

        def __next__(self) -> str:
            assert not self.has_ended
            line = self.lines.readline()
            self.has_ended = not line
            if self.has_ended:
                raise StopIteration
            return line

    ways: tuple[Callable[[Records], Iterator[Record]], ...] = (iter, _in_batches)
    for read in ways:
        with suppress(SourceError):
            assert len(list(read(Records(Lines(Terminal(), "file.csv"), "file.csv")))) == rows + (last != "")


@pytest.mark.parametrize("before", [0, 1, 99, 100, 101, 250])
def test_in_batches_too_a_line_is_told_after_records_of_several_and_none_is_lost(before: int) -> None:
    text = "a,b\n" * before + '"x\ny",1\n\n"x"y,2\n \nc,d\n' + "e,f\n" * before
    assert [(line, bool(fault)) for line, _, fault in records(text)][before : before + 3] == [
        (before + 1, False),
        (before + 4, True),
        (before + 6, False),
    ]


@pytest.mark.parametrize("before", [1, 99, 100, 101, 250])
def test_in_batches_too_what_stands_before_a_break_comes_first(before: int) -> None:
    each = _in_batches(_records_of("a,b\n" * before + 'c,"d\n'))
    assert [line for line, _, _ in islice(each, before)] == list(range(1, before + 1))
    with pytest.raises(SourceError, match=f"line {before + 1}, column 2"):
        next(each)


@pytest.mark.parametrize("before", [1, 99, 100, 250, 50_000])
@pytest.mark.parametrize(("sound", "broken", "named"), [("ü", b"\xfc", "UTF-8"), ("é", b"\x81", "text of its encod")])
def test_text_that_can_not_be_read_on_gives_all_before_and_is_not_read_on(
    before: int, sound: str, broken: bytes, named: str
) -> None:
    good = f"{sound},1\n".encode("utf-8" if sound == "ü" else "cp1252")
    text = text_of(buffered(io.BytesIO(good * before + broken + b",2\n" + good * 5000)), "file.csv")
    lines = Lines(text, "file.csv")
    each = _in_batches(Records(lines, "file.csv"))
    assert {tuple(cells) for _, cells, _ in islice(each, before)} == {(sound, "1")}
    for rest in (each, iter(Records(lines, "file.csv"))):
        with pytest.raises(SourceError, match=f"line {before + 1}: is not {named}"):
            next(rest)


def test_a_column_of_its_own_may_be_empty_and_blank_lines_are_none() -> None:
    assert records('mail\n\n""\n  \na@b\n') == [(1, ["mail"], ""), (3, [""], ""), (5, ["a@b"], "")]


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=3), max_size=5), st.sampled_from(DELIMITERS))
def test_any_cell_that_csv_can_hold_comes_out_as_it_went_in(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    assert [cells for _, cells, _ in records(text.getvalue(), delimiter)] == rows
