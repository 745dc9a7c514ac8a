"""The flat columns of an output, and what stands in them (contract, *Enriched data*)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import NoneType
from typing import Any

import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.models import column_types, columns
from enrich_cli.domain.months import iso
from enrich_cli.domain.row import Finished, Rejected

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ABOUT = {"status": str, "source": str, "confidence": float, "cached_at": datetime}


class Columns:
    """The order of an output's columns.

    First the input's own columns, except those named like an enriched one: they are replaced, so that an output can be
    enriched again. Then the id, unless the input has a column for it (whose empty cells are filled), the count that the
    customer landed in, and what is known of each data type.
    """

    def __init__(
        self, source: Sequence[str], data_types: Sequence[DataType], *, has_id: bool, id_column: str | None = None
    ) -> None:
        """`id_column`: the name of the input's column of ids, if it has one."""
        self.data_types = tuple(data_types)
        self._learned = {data_type: columns(data_type) for data_type in data_types}
        self._shows_id = not has_id
        ours = (*(("customer_id",) if self._shows_id else ()), "enrichment_status")
        learned = tuple(self.learned_types)
        replaced = {*ours, *learned}
        self._kept = tuple(place for place, name in enumerate(source) if name not in replaced)
        self.input_names = tuple(source[place] for place in self._kept)
        self._id_place = self.input_names.index(id_column) if id_column in self.input_names else None
        self.names = (*self.input_names, *ours, *learned)

    def input_cells(self, finished: Finished) -> list[str]:
        """The input's own cells, as they were."""
        cells = finished.row.cells
        return [cells[place] for place in self._kept]

    def own(self, finished: Finished) -> list[Any]:
        """The cells up to and with `enrichment_status`: all are texts, none comes from a provider."""
        cells = self.input_cells(finished)
        if self._shows_id:
            cells.append(finished.customer_id)
        elif self._id_place is not None and not cells[self._id_place].strip():
            cells[self._id_place] = finished.customer_id
        return [*cells, finished.count.value]

    def learned(self, finished: Finished) -> list[Any]:
        """The values after `enrichment_status`: JSON values and aware datetimes; None where nobody gave a value."""
        values: list[Any] = []
        for data_type, names in self._learned.items():
            result = finished.results.get(data_type)
            known = result.enrichment if result else None
            status = result.state.value if result else None
            if known is None:
                values += (status, *[None] * (len(names) + 3))
                continue
            values += (status, known.source or None, known.confidence, known.cached_at)
            values += known.flat_values()
        return values

    @property
    def learned_types(self) -> Mapping[str, Any]:
        """Column → type of its values, for the columns after `enrichment_status`."""
        return {
            f"{data_type}_{name}": kind
            for data_type in self.data_types
            for name, kind in {**_ABOUT, **column_types(data_type)}.items()
        }


def stands_in_output(finished: Finished) -> bool:
    """Does the row go into `-o`? Rows that can't be read only go into `--rejects`."""
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


def text(value: Any) -> str:
    """A learned value as text: lists and maps as JSON, times as ISO-8601; empty where nobody gave a value."""
    return _AS_TEXT.get(type(value), str)(value)


def _json(value: Sequence[Any] | Mapping[str, Any]) -> str:
    return orjson.dumps(value).decode()


_AS_TEXT: Mapping[type, Callable[[Any], str]] = {
    NoneType: lambda _: "",
    bool: lambda said: "true" if said else "false",
    datetime: iso,
    list: _json,
    dict: _json,
}


def is_link(value: Any) -> bool:
    """Is this a web address that can be opened?"""
    return isinstance(value, str) and _LINK.fullmatch(value) is not None


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names made unique, to be keys of one object: a repeated one gets a number."""
    found: dict[str, None] = {}
    for name in names:
        key, number = name, 1
        while key in found or (number > 1 and key in names):
            number += 1
            key = f"{name}_{number}"
        found[key] = None
    return tuple(found)
