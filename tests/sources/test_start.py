"""Files that do not begin with their header."""

from __future__ import annotations

import io
import os

import pytest

from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.errors import SourceError

TABLE = "Name{0}E-mail\nAda{0}ada@acme.example\n"


def source(text: str, *overrides: str) -> CsvFile:
    return CsvFile(io.BytesIO(text.encode()), overrides=overrides)


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("Contacts exported 2026-11-01\n", "line 1 was taken for a title"),
        ("\nContacts exported 2026-11-01\n\n", "lines 2 to 3 were taken"),
        ('"Contacts, all\nof them"\nby Ada\n', "lines 1 to 3 were taken"),
        ("Contacts{0}\n{0}\n", "lines 1 to 2 were taken"),
        ("sep={0}\nContacts\n", "line 2 was taken"),
    ],
)
def test_titles_above_the_header_are_left_out_and_told_of(delimiter: str, above: str, told: str) -> None:
    text = (above + TABLE).format(delimiter)
    with source(text) as file:
        for _ in range(2):
            assert [(row.line, row.cells) for row in file] == [(text.count("\n"), ["Ada", "ada@acme.example"])]
        assert file.columns == ("Name", "E-mail")
        (warning,) = file.warnings
        assert told in warning


@pytest.mark.parametrize("above", ["", "\n\n", "sep=,\n"])
def test_without_a_title_nothing_is_told(above: str) -> None:
    with source(above + TABLE.format(",")) as file:
        assert (file.columns, file.warnings) == (("Name", "E-mail"), ())


def test_linkedin_s_notes_are_nothing_to_tell_of() -> None:
    with source('Notes:\n"Some of them, hide it."\n\n' + TABLE.format(",")) as file:
        assert (file.columns, file.warnings) == (("Name", "E-mail"), ())


def test_columns_that_are_mapped_are_a_header_below_a_title_and_in_the_first_line() -> None:
    with source("Kunden\nWer,Post\nAda,ada@acme.example\n", "name=Wer", "email=Post") as file:
        assert (file.columns, len(list(file))) == (("Wer", "Post"), 1)
    with source("Wer\nName\nE-mail\n", "name=Wer") as file:
        assert (file.columns, len(list(file))) == (("Wer",), 2)


@pytest.mark.parametrize(
    "above", ["Report,Kontakte\n", "Report;Kontakte\n\nDatum;2026-11-01\n", "Titel\nVon,Ada,ada@acme.example\n"]
)
def test_where_it_may_be_a_table_of_another_kind_the_line_that_looks_like_the_header_is_named(above: str) -> None:
    text = above + TABLE.format(";" if ";" in above else ",")
    with pytest.raises(SourceError, match="looks like the header") as refusal:
        source(text)
    assert f"Line {text.count(chr(10)) - 1} looks like the header: delete the lines above it" in str(refusal.value)
    assert "ada@" not in str(refusal.value)


def test_a_header_line_is_enough_to_begin_with() -> None:
    end, start = os.pipe()
    os.write(start, b"email\n")
    with os.fdopen(end, "rb") as pipe, CsvFile(pipe) as file:
        assert file.columns == ("email",)
        os.close(start)


def test_nobody_s_data_is_a_title() -> None:
    with pytest.raises(SourceError, match="put a header line above it"):
        source("ada@acme.example\nbob@acme.example\n")
    with pytest.raises(SourceError, match="Line 2 looks like the header"):
        source("bob@acme.example\n" + TABLE.format(","))


def test_a_header_of_marks_alone_is_one_where_it_is_mapped() -> None:
    with source("***,x\nada@acme.example,1\n", "email=***") as file:
        assert len(list(file)) == 1
