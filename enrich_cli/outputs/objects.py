"""A finished row as one JSON object, with real lists and maps (contract, *Enriched data*)."""

from __future__ import annotations

from typing import Any

import orjson

from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, about, distinct, stands_in_output


class Objects:
    """Makes the objects of one output."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._input_names = distinct(columns.input_names)

    def of(self, finished: Finished) -> dict[str, Any] | None:
        """The row's object; None if its cells can't be read, since such rows are in no output."""
        if not stands_in_output(finished):
            return None
        row: dict[str, Any] = {
            "input": dict(zip(self._input_names, self._columns.input_cells(finished), strict=True)),
            "customer_id": finished.customer_id or None,
            "enrichment_status": finished.count.value,
        }
        for data_type in self._columns.data_types:
            result = finished.results.get(data_type)
            row[data_type.value] = _known(result) if result else _NOTHING
        return row


_NOTHING = {**about(None), "data": None, "provenance": None}


def _known(result: Result) -> dict[str, Any]:
    """Data and provenance as saved, with every field of the model in order."""
    parts = result.enrichment.as_json if result.enrichment else None
    data, provenance = map(orjson.Fragment, parts) if parts else (None, None)
    return {**about(result), "data": data, "provenance": provenance}
