"""Outputs that can't be meant are refused before anything happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enrich_cli.cli.outlets import refuse_clashes
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.domain.errors import UsageProblem

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


def test_a_link_to_the_source_is_the_source(tmp_path: Path) -> None:
    (tmp_path / "in.csv").touch()
    (tmp_path / "link.csv").symlink_to(tmp_path / "in.csv")
    with pytest.raises(UsageProblem, match="same file"):
        refuse(source=str(tmp_path / "in.csv"), output=str(tmp_path / "link.csv"))
