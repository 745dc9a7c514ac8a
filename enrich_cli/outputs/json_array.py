"""Rows as one JSON document: an array of objects, one per line."""

from __future__ import annotations

import orjson

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.objects import Objects
from enrich_cli.outputs.writer import Sink, ToSink


class JsonArray(ToSink):
    """A `Writer` of JSON."""

    def __init__(self, sink: Sink, columns: Columns) -> None:
        super().__init__(sink)
        self._objects = Objects(columns)
        self._before = b"[\n"

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if row := self._objects.of(finished):
            self._sink.write(self._before + orjson.dumps(row))
            self._before = b",\n"

    def close(self) -> None:
        self._sink.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")
        super().close()
