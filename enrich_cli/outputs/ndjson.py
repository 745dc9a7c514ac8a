"""Rows as NDJSON: one JSON object a line, lists and maps as real structures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, about, data_of, stands_in_output
from enrich_cli.outputs.writer import Sink


class Ndjson:
    """A `Writer` of NDJSON."""

    def __init__(self, sink: Sink, columns: Columns) -> None:
        self._sink = sink
        self._columns = columns
        self._input_names = _distinct(columns.input_names)

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if not stands_in_output(finished):
            return
        row: dict[str, Any] = {
            "input": dict(zip(self._input_names, self._columns.input_cells(finished), strict=True)),
            "customer_id": finished.customer_id or None,
            "enrichment_status": finished.count.value,
        }
        for data_type in self._columns.data_types:
            row[data_type.value] = _known(data_type, finished.results.get(data_type))
        self._sink.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._sink.close()

    def discard(self) -> None:
        self._sink.discard()


def _known(data_type: DataType, result: Result | None) -> dict[str, Any]:
    enrichment = result.enrichment if result else None
    provenance = dict(enrichment.provenance) if enrichment and enrichment.provenance else None
    return {**about(result), "data": data_of(data_type, result), "provenance": provenance}


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names that can be keys of one object: a further column of the same name gets a number."""
    distinct: dict[str, None] = {}
    for name in names:
        key, number = name, 1
        while key in distinct or (number > 1 and key in names):
            number += 1
            key = f"{name}_{number}"
        distinct[key] = None
    return tuple(distinct)
