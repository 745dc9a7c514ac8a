"""The flat columns of an output, and what stands in them (contract, *Enriched data*)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.models import as_data, columns, flat, values_of
from enrich_cli.domain.months import iso
from enrich_cli.domain.row import Finished, Rejected

_ABOUT = ("status", "source", "confidence", "cached_at")


class Columns:
    """Where everything of a finished row stands.

    First the input's own columns, but for those named like an enriched one: they are replaced, so that an output can be
    enriched again. Then the id, unless the input has one, the count it landed in, and what is known of each data type.
    """

    def __init__(self, source: Sequence[str], data_types: Sequence[DataType], *, has_id: bool) -> None:
        self.data_types = tuple(data_types)
        self._shows_id = not has_id
        ours = (*(("customer_id",) if self._shows_id else ()), "enrichment_status")
        learned = tuple(name for data_type in data_types for name in _names(data_type))
        replaced = {*ours, *learned}
        self._kept = tuple(place for place, name in enumerate(source) if name not in replaced)
        self.input_names = tuple(source[place] for place in self._kept)
        self.names = (*self.input_names, *ours, *learned)

    def input_cells(self, finished: Finished) -> list[str]:
        """The input's own cells, as they were."""
        cells = finished.row.cells
        return [cells[place] for place in self._kept]

    def own(self, finished: Finished) -> list[str]:
        """The cells up to `enrichment_status`: nothing in them comes from a provider."""
        shown_id = [finished.customer_id] if self._shows_id else []
        return [*self.input_cells(finished), *shown_id, finished.count.value]

    def learned(self, finished: Finished) -> list[str]:
        """The cells after `enrichment_status`, as texts; empty where nobody gave a value."""
        cells: list[str] = []
        for data_type in self.data_types:
            result = finished.results.get(data_type)
            data = flat(data_type, _data(result) or {})
            cells += map(_text, about(result).values())
            cells += [_text(data.get(name)) for name in columns(data_type)]
        return cells


def stands_in_output(finished: Finished) -> bool:
    """Rows that can't be read stand in `--rejects` alone."""
    return not isinstance(finished.row, Rejected) or finished.row.readable


def about(result: Result | None) -> dict[str, str | float | None]:
    """Status, source, confidence and time of a data type; None for what is not known."""
    if result is None:
        return dict.fromkeys(_ABOUT)
    known = result.enrichment
    if known is None:
        return {**dict.fromkeys(_ABOUT), "status": result.state.value}
    return {
        "status": result.state.value,
        "source": known.source or None,
        "confidence": known.confidence,
        "cached_at": iso(known.cached_at),
    }


def data_of(data_type: DataType, result: Result | None) -> dict[str, Any] | None:
    """The data with every field of its model, in the model's order; None when there is none."""
    data = _data(result)
    return None if data is None else as_data(data_type, values_of(data_type, data))


def _data(result: Result | None) -> Mapping[str, Any] | None:
    return result.enrichment.data if result and result.enrichment else None


def _names(data_type: DataType) -> Iterator[str]:
    yield from (f"{data_type}_{name}" for name in (*_ABOUT, *columns(data_type)))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value in ([], {}):
        return ""
    return orjson.dumps(value).decode() if isinstance(value, bool | list | dict) else str(value)
