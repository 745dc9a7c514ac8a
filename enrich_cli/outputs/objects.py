"""A finished row as one JSON object, lists and maps as real structures (contract, *Enriched data*)."""

from __future__ import annotations

from typing import Any

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, about, data_of, distinct, stands_in_output


class Objects:
    """Makes the objects of one output."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._input_names = distinct(columns.input_names)

    def of(self, finished: Finished) -> dict[str, Any] | None:
        """The row's object; None when its cells can't be read, and it stands in no output."""
        if not stands_in_output(finished):
            return None
        row: dict[str, Any] = {
            "input": dict(zip(self._input_names, self._columns.input_cells(finished), strict=True)),
            "customer_id": finished.customer_id or None,
            "enrichment_status": finished.count.value,
        }
        for data_type in self._columns.data_types:
            result = finished.results.get(data_type)
            row[data_type.value] = _known(data_type, result) if result else _NOTHING
        return row


_NOTHING = {**about(None), "data": None, "provenance": None}


def _known(data_type: DataType, result: Result) -> dict[str, Any]:
    enrichment = result.enrichment
    provenance = dict(enrichment.provenance) if enrichment and enrichment.provenance else None
    return {**about(result), "data": data_of(data_type, result), "provenance": provenance}
