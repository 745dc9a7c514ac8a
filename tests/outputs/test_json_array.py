"""Rows as one JSON document."""

from __future__ import annotations

import io
import json

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.json_array import JsonArray
from enrich_cli.outputs.ndjson import Ndjson
from enrich_cli.outputs.standard_output import StandardOutput

COLUMNS = Columns(("email", "notes"), (DataType.PERSON,), has_id=False)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_it_is_one_array_of_what_ndjson_has_line_by_line(jane: Finished, rows: int) -> None:
    array, lines = io.BytesIO(), io.BytesIO()
    for writer in (JsonArray(StandardOutput(array), COLUMNS), Ndjson(StandardOutput(lines), COLUMNS)):
        for _ in range(rows):
            writer.write(jane)
        writer.close()
    assert json.loads(array.getvalue()) == [json.loads(line) for line in lines.getvalue().splitlines()]
