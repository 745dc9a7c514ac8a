"""The name of an output says its format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import OutputError
from enrich_cli.outputs.formats import writer_for

COLUMNS = Columns(("email", "notes"), (), has_id=True)


@pytest.mark.parametrize(
    ("name", "start"), [("out.csv", "email,notes,"), ("OUT.CSV", "email,notes,"), ("out.ndjson", '{"input":')]
)
def test_a_file_is_written_as_its_suffix_says(tmp_path: Path, jane: Finished, name: str, start: str) -> None:
    writer = writer_for(str(tmp_path / name), COLUMNS, stdout=io.BytesIO())
    writer.write(jane)
    writer.close()
    assert (tmp_path / name).read_text().startswith(start)


def test_a_discarded_output_leaves_nothing(tmp_path: Path) -> None:
    writer_for(str(tmp_path / "out.csv"), COLUMNS, stdout=io.BytesIO()).discard()
    assert list(tmp_path.iterdir()) == []


def test_a_dash_is_ndjson_on_standard_output(jane: Finished) -> None:
    out = io.BytesIO()
    writer_for("-", COLUMNS, stdout=out).write(jane)
    assert out.getvalue().startswith(b'{"input":')


@pytest.mark.parametrize("name", ["out.xlsx", "out.txt", "out", "csv", "out.csv.gz"])
def test_another_name_is_refused_with_what_is_possible(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\*\.csv or \*\.ndjson, or - "):
        writer_for(str(tmp_path / name), COLUMNS, stdout=io.BytesIO())
    assert list(tmp_path.iterdir()) == []
