"""Rows as Parquet: the flat columns, typed as their data model declares, with real lists and maps."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args, get_origin

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from enrich_cli.domain.business import WEEKDAYS
from enrich_cli.domain.models import field_types
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, distinct, stands_in_output
from enrich_cli.outputs.writer import Sink, ToSink

_ROWS_A_GROUP = 10_000
_CHARACTERS_A_GROUP = 16_000_000
"""Counted in the cells of the rows' own columns: a group of rows is held in memory until it is written."""
_SIMPLE: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


class Parquet(ToSink):
    """A `Writer` of Parquet."""

    def __init__(self, sink: Sink, columns: Columns) -> None:
        super().__init__(sink)
        self._columns = columns
        self._schema = schema(columns)
        self._stream = _Stream(sink)
        self._file = pq.ParquetWriter(pa.PythonFile(self._stream, mode="w"), self._schema, compression="zstd")
        self._group: list[list[Any]] = []
        self._characters = 0

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if not stands_in_output(finished):
            return
        own = self._columns.own(finished)
        self._group.append([*own, *self._columns.learned(finished)])
        self._characters += sum(map(len, own))
        if len(self._group) == _ROWS_A_GROUP or self._characters > _CHARACTERS_A_GROUP:
            self._write_group()

    def close(self) -> None:
        if self._group:
            self._write_group()
        self._file.close()
        super().close()

    def discard(self) -> None:
        # pyarrow writes what it still holds when it is closed; nobody wants that.
        self._stream.void = True
        self._file.close()
        super().discard()

    def _write_group(self) -> None:
        cells = zip(*self._group, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(cells, self._schema, strict=True)]
        self._file.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._group, self._characters = [], 0


def schema(columns: Columns) -> pa.Schema:
    """The customer's own columns are text; another column of the same name gets a number."""
    learned = columns.learned_types
    own = distinct(columns.names[: len(columns.names) - len(learned)])
    return pa.schema(
        [
            *(pa.field(name, pa.string()) for name in own),
            *(pa.field(name, _arrow(kind)) for name, kind in learned.items()),
        ]
    )


def _arrow(kind: Any) -> pa.DataType:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return pa.struct([(name, _arrow(its)) for name, its in field_types(kind).items()])
    if get_origin(kind) is tuple:
        return pa.list_(_arrow(get_args(kind)[0]))
    # The only map in the data models is a week's hours.
    _, spans = get_args(kind)
    return pa.struct([(day, _arrow(spans)) for day in WEEKDAYS])


class _Stream(io.RawIOBase):
    """A sink with the interface that pyarrow expects of files; closing it leaves the sink open."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._written = 0
        self.void = False

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any, /) -> int:
        some = bytes(data)
        if not self.void:
            self._sink.write(some)
        self._written += len(some)
        return len(some)
