"""Rows as NDJSON: one JSON object per line."""

from __future__ import annotations

import orjson

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.objects import Objects
from enrich_cli.outputs.writer import Sink, ToSink


class Ndjson(ToSink):
    """A `Writer` of NDJSON."""

    def __init__(self, sink: Sink, columns: Columns) -> None:
        super().__init__(sink)
        self._objects = Objects(columns)

    def write(self, finished: Finished) -> None:
        """Add a row."""
        if row := self._objects.of(finished):
            self._sink.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
