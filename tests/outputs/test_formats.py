"""The name of an output says its format."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich_cli.domain.enrichment import Enrichment, Result, State, content_of
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.formats import FOR_RUNS, FORMATS, Manner, format_of, refuse_unfit, writer_for

COLUMNS = Columns(("email", "notes"), (), has_id=True)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.csv", b"email,notes,"),
        ("OUT.CSV", b"email,notes,"),
        ("out.ndjson", b'{"input":'),
        ("out.json", b'[\n{"input":'),
        ("out.parquet", b"PAR1"),
        ("out.xlsx", b"PK"),
    ],
)
def test_a_file_is_written_as_its_suffix_says(tmp_path: Path, jane: Finished, name: str, start: bytes) -> None:
    writer = writer_for(str(tmp_path / name), COLUMNS, stdout=io.BytesIO())
    writer.write(jane)
    writer.close()
    assert (tmp_path / name).read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.parametrize("name", FORMATS)
def test_a_discarded_output_leaves_nothing(tmp_path: Path, jane: Finished, name: str) -> None:
    writer = writer_for(str(tmp_path / "out"), COLUMNS, stdout=io.BytesIO(), format_name=name)
    writer.write(jane)
    writer.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_an_output_without_rows(tmp_path: Path, name: str) -> None:
    writer_for(str(tmp_path / "out"), COLUMNS, stdout=io.BytesIO(), format_name=name).close()
    assert (tmp_path / "out").exists()


def test_a_dash_is_ndjson_on_standard_output(jane: Finished) -> None:
    out = io.BytesIO()
    writer_for("-", COLUMNS, stdout=out).write(jane)
    assert out.getvalue().startswith(b'{"input":')


@pytest.mark.parametrize("name", ["out.docx", "out.txt", "out", "csv", "out.csv.gz", "out.html"])
def test_another_name_is_refused_with_what_is_possible(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\*\.csv, \*\.ndjson, \*\.json, \*\.parquet or \*\.xlsx"):
        writer_for(str(tmp_path / name), COLUMNS, stdout=io.BytesIO())
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_library_is_said_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "enrich_cli.outputs.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'enrich-cli\[parquet\]'"):
        writer_for(str(tmp_path / "out.parquet"), COLUMNS, stdout=io.BytesIO())
    with pytest.raises(OutputError, match=r"pip install 'enrich-cli\[parquet\]'"):
        refuse_unfit(str(tmp_path / "out.parquet"), COLUMNS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FOR_RUNS)
def test_looking_whether_a_format_fits_writes_nothing(tmp_path: Path, name: str) -> None:
    refuse_unfit(str(tmp_path / f"out.{name}"), COLUMNS)
    assert list(tmp_path.iterdir()) == []


def test_raw_leaves_what_a_spreadsheet_would_run(tmp_path: Path, jane: Finished, known: Enrichment) -> None:
    columns = Columns((), tuple(jane.results), has_id=True)
    result = Result(State.FOUND, replace(known, content=content_of({"bio": "=1+1"})))
    row = replace(jane, results={known.data_type: result})
    for raw, bio in ((False, ",'=1+1,"), (True, ",=1+1,")):
        writer = writer_for(str(tmp_path / "out.csv"), columns, stdout=io.BytesIO(), manner=Manner(raw=raw))
        writer.write(row)
        writer.close()
        assert bio in (tmp_path / "out.csv").read_text()


def test_a_mistyped_ending_gets_a_suggestion() -> None:
    with pytest.raises(OutputError, match=r"out\.xslx: can't tell the format; .*; did you mean \*\.xlsx\?"):
        format_of("out.xslx")
