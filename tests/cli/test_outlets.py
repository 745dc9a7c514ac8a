"""Outputs that can't be meant are refused before anything happens; the others get their rows when that is done."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from sqlalchemy import text

from enrich_cli.cli.outlets import Outlets, refuse_clashes
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import DatabaseError
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import UsageProblem
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Row
from enrich_cli.outputs import database_table
from enrich_cli.outputs.errors import OutputError
from enrich_cli.sources.csv_file import CsvFile

OPTIONS: dict[str, Any] = {
    **dict.fromkeys(RunOptions.__dataclass_fields__),
    "command": "enrich",
    "source": "in.csv",
    "as_json": False,
}
DATABASE = "postgresql://db.example/crm"


def refuse(**given: Any) -> None:
    refuse_clashes(RunOptions(**{**OPTIONS, **given}))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"output": "in.csv"}, "SOURCE and -o are the same file"),
        ({"output": "./folder/../in.csv"}, "SOURCE and -o are the same file"),
        ({"rejects": Path("in.csv")}, "SOURCE and --rejects are the same file"),
        ({"source": "sqlite:///crm.db", "rejects": Path("crm.db")}, "SOURCE and --rejects are the same file"),
        ({"output": "out.csv", "rejects": Path("out.csv")}, "-o and --rejects are the same file"),
        ({"rejects": Path("-")}, "--rejects needs a file, not -"),
        ({"output": "-", "as_json": True}, "standard output"),
        ({"output": DATABASE}, "--output-table"),
        ({"output": "out.csv", "output_table": "enriched"}, "--output-table"),
        ({"output_table": "enriched"}, "--output-table"),
    ],
)
def test_what_can_not_be_meant_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageProblem, match=words):
        refuse(**given)


@pytest.mark.parametrize("output", ["s3://bucket/out.csv", "file:///tmp/out.csv"])
def test_a_url_that_is_no_database_s_is_not_asked_for_a_table(output: str) -> None:
    with pytest.raises(DatabaseError, match="is not a database that can be read or written"):
        refuse(output=output)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"output": "out.csv", "rejects": Path("rejects.csv")},
        {"source": "-", "output": "-"},
        {"source": None, "output": "out.csv"},
        {"output": DATABASE, "output_table": "enriched", "as_json": True},
        {"source": DATABASE, "output": DATABASE, "output_table": "enriched"},
        {"source": "sqlite:///crm.db", "output": "sqlite:///crm.db", "output_table": "enriched"},
    ],
)
def test_everything_else_may_be_wanted(given: dict[str, Any]) -> None:
    refuse(**given)


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_another_name_of_the_source_is_the_source(tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    """As `IN.csv` is where case does not matter."""
    (tmp_path / "in.csv").touch()
    link(tmp_path / "link.csv", tmp_path / "in.csv")
    with pytest.raises(UsageProblem, match="same file"):
        refuse(source=str(tmp_path / "in.csv"), output=str(tmp_path / "link.csv"))


@pytest.mark.parametrize("option", ["output", "rejects"])
def test_a_file_that_could_not_be_written_is_refused_before_anything_is_opened(tmp_path: Path, option: str) -> None:
    kind: type[str | Path] = str if option == "output" else Path
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match=r"there is no folder .*nowhere; create it"):
        refuse(**{option: kind(tmp_path / "nowhere" / "out.csv")})
    with pytest.raises(OutputError, match="is a folder"):
        refuse(**{option: kind(tmp_path / "folder.csv")})


def test_a_table_gets_its_rows_once_the_run_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_table, "_ROWS_A_BATCH", 1)
    url = f"sqlite:///{tmp_path / 'out.db'}"
    options = RunOptions(**{**OPTIONS, "output": url, "output_table": "enriched"})
    for is_done in (False, True):
        with (
            CsvFile(io.BytesIO(b"id,email\nc1,a@b.de\nc2,c@d.de\n")) as source,
            Outlets(options, source, [DataType.PERSON]) as outlets,
        ):
            for number, row in enumerate(source):
                assert isinstance(row, Row)
                anyio.run(outlets.take, number, Finished(row, Count.ENRICHED, {}, row.cells[0]))
            assert not (tmp_path / "out.db").exists()
            if is_done:
                outlets.close(rows=True)
        assert (tmp_path / "out.db").exists() is is_done
    with open_engine(url, read_only=True).connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM enriched")).scalar_one() == 2
