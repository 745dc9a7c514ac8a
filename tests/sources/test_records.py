"""Records and the lines they start in, as an editor counts them."""

from __future__ import annotations

import io

import pytest

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.records import LARGEST_CELL, Record, Records


def records(text: str) -> list[Record]:
    return list(Records(io.StringIO(text, newline=""), "file.csv"))


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
def test_what_is_not_utf8_is_refused_with_its_line(lines_before: int) -> None:
    data = "grüße,1\r\n".encode() * lines_before + b"gr\xfc\xdfe,1\r\n"
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    with pytest.raises(SourceError, match=rf"line {lines_before + 1}: .*not UTF-8 \(byte 0xfc\).*--encoding"):
        list(Records(text, "file.csv"))


def test_utf8_that_breaks_off_at_the_end_is_refused() -> None:
    text = io.TextIOWrapper(io.BytesIO("a\nü".encode()[:-1]), encoding="utf-8-sig", newline="")
    with pytest.raises(SourceError, match="line 2"):
        list(Records(text, "file.csv"))
