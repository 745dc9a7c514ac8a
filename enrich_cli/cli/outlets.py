"""Where a run's rows go: `-o` and `--rejects`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Self

import anyio
import anyio.to_thread

from enrich_cli.cli.run_options import RunOptions
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.formats import writer_for
from enrich_cli.outputs.in_order import InOrder
from enrich_cli.outputs.rejects import Rejects
from enrich_cli.outputs.writer import Writer
from enrich_cli.sources.source import Source


class Outlets:
    """Takes finished rows in any order. Left without `close`, no file appears."""

    def __init__(self, options: RunOptions, source: Source, types: Sequence[DataType]) -> None:
        """Raises OutputError when a file could not be written."""
        self._writer: Writer | None = None
        self._in_order: InOrder | None = None
        self._rejects: Rejects | None = None
        # Whoever reads our standard output may be slow: requests in flight must not time out because of that.
        self._may_block = options.output == "-"
        self._one_at_a_time = anyio.Lock()
        with ExitStack() as stack:
            if options.output:
                columns = Columns(source.columns, types, has_id=source.has_id)
                self._writer = writer_for(options.output, columns, stdout=sys.stdout.buffer)
                stack.callback(self._writer.discard)
                self._in_order = stack.enter_context(InOrder(self._writer))
            if options.rejects:
                self._rejects = Rejects(options.rejects, source.columns)
                stack.callback(self._rejects.discard)
            self._leftovers = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.discard()

    def discard(self) -> None:
        """Leave no file behind that has not appeared."""
        self._leftovers.close()

    async def take(self, number: int, finished: Finished) -> None:
        """Raises WritingFailed."""
        if self._rejects and isinstance(finished.row, Rejected):
            self._rejects.write(finished.row)
        if self._in_order is None:
            return
        if not self._may_block:
            self._in_order.put(number, finished)
            return
        async with self._one_at_a_time:
            await anyio.to_thread.run_sync(self._in_order.put, number, finished)

    def close(self, *, rows: bool) -> None:
        """Let the files appear; without `rows`, only that of the rejects. Raises WritingFailed."""
        if self._rejects:
            self._rejects.close()
        if self._writer and rows:
            self._writer.close()
