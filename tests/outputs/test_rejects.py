"""The rejected rows, for people to mend."""

from __future__ import annotations

import csv
from pathlib import Path

from enrich_cli.domain.row import Rejected
from enrich_cli.outputs.rejects import Rejects


def test_each_row_stands_there_with_its_line_its_reason_and_its_cells_as_they_were(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "rejects", ("email", "notes"))
    rejects.write(Rejected(3, ["", '=a,"b"\n'], "has nothing to look up by"))
    rejects.write(Rejected(9, ["x", "y", "z"], "has 3 cells, the header has 2", readable=False))
    rejects.close()
    with (tmp_path / "rejects").open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "reason", "email", "notes"],
            ["3", "has nothing to look up by", "", '=a,"b"\n'],
            ["9", "has 3 cells, the header has 2", "x", "y", "z"],
        ]


def test_discarded_it_leaves_nothing(tmp_path: Path) -> None:
    Rejects(tmp_path / "rejects.csv", ("email",)).discard()
    assert list(tmp_path.iterdir()) == []
