"""Where a run's rows go: `-o` and `--rejects`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import anyio
import anyio.to_thread

from enrich_cli.cli.overwriting import are_the_same
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.databases.urls import is_url, same_database, sqlite_file
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import ReaderLeft, UsageProblem
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.errors import WritingFailed
from enrich_cli.outputs.formats import Manner, format_of, refuse_unfit, writer_for
from enrich_cli.outputs.in_order import InOrder
from enrich_cli.outputs.rejects import Rejects
from enrich_cli.outputs.whole_file import target_of
from enrich_cli.outputs.writer import Writer
from enrich_cli.sources.source import Source

_NOBODY = Finished(Rejected(0, (), "", readable=False), Count.REJECTED)
"""Written to no output."""


class Outlets:
    """Writes finished rows, which come in any order, to `-o` and `--rejects`.

    Until `close`, no file appears and no database row is written.
    """

    failed: WritingFailed | ReaderLeft | None = None
    """Why an output can't be written; from then on, rows go nowhere."""

    def __init__(
        self,
        options: RunOptions,
        source: Source,
        types: Sequence[DataType],
        on_failure: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_failure` is called once an output can't be written. Raises OutputError if that shows at once."""
        self._on_failure = on_failure
        self._writer: Writer | None = None
        self._in_order: InOrder | None = None
        self._rejects: Rejects | None = None
        # The reader of our rows may be slow; requests in flight must not time out because of that.
        to_database = options.output is not None and is_url(options.output)
        self._may_block = to_database or options.output == "-"
        self._one_at_a_time = anyio.Lock()
        # An interrupted run writes no output, and a table can't be changed while the same database is being read. So
        # all rows wait for row 0, which comes last.
        self._held_back = to_database
        with ExitStack() as stack:
            if options.output:
                self._writer = _writer(options, source, types)
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
        """Remove files that are not complete."""
        self._leftovers.close()

    async def take(self, number: int, finished: Finished) -> None:
        """Write a finished row; `number` is its place in the source."""
        if self.failed:
            return
        try:
            if self._rejects and isinstance(finished.row, Rejected):
                self._rejects.write(finished.row)
            if self._in_order is None:
                return
            if not self._may_block:
                self._in_order.put(number, finished)
                return
            async with self._one_at_a_time:
                await anyio.to_thread.run_sync(self._in_order.put, number + self._held_back, finished)
        except (WritingFailed, ReaderLeft) as error:
            self.failed = error
            self._on_failure()

    def close(self, *, rows: bool) -> Sequence[str]:
        """Let the files appear, unless an output failed; without `rows`, only that of the rejects.

        Returns notes for people about what an output could not hold.
        """
        if self.failed:
            return ()
        try:
            if self._rejects:
                self._rejects.close()
            if not (self._writer and self._in_order and rows):
                return ()
            if self._held_back:
                self._in_order.put(0, _NOBODY)
            self._writer.close()
        except WritingFailed as error:
            self.failed = error
            return ()
        return self._writer.losses


def refuse_clashes(options: RunOptions) -> None:
    """Raises UsageProblem for outputs that would overwrite the source or each other, or that lack an option.

    Raises OutputError for a file whose name does not tell its format, or that can't be written, and DatabaseError for
    a URL that is not a database's.
    """
    output = options.output
    to_database = output is not None and is_url(output)
    file = None if output is None or output == "-" or to_database else Path(output)
    if file:
        format_of(str(output))
    if output == "-" and options.as_json:
        raise UsageProblem("-o - and --json both want standard output; give -o a file")
    if to_database and not options.output_table:
        from enrich_cli.databases.engine import refuse_others

        refuse_others(str(output))
        raise UsageProblem("-o is a database: name the table to update or create with --output-table")
    if options.output_table and not to_database:
        raise UsageProblem("--output-table needs a database: give its URL to -o")
    if str(options.rejects) == "-":
        raise UsageProblem("--rejects needs a file, not -: standard output is for the rows or the report")
    _refuse_twins(options)
    # Checked here, since a dry run opens no output but must refuse the same ones.
    for path in filter(None, (file, options.rejects)):
        target_of(path)


def refuse_unfit_output(options: RunOptions, source: Source, types: Sequence[DataType]) -> None:
    """For a dry run: raises OutputError or DatabaseError if `-o` can't take the rows."""
    if options.output and options.output_table:
        _table(options, options.output, options.output_table, source, types, plan_only=True)
    elif options.output and options.output != "-":
        refuse_unfit(options.output, _columns(source, types))


def _refuse_twins(options: RunOptions) -> None:
    files = {"SOURCE": options.source, "-o": options.output, "--rejects": options.rejects}
    seen: list[tuple[str, Path, bool]] = []
    for name, file in files.items():
        if file is None or str(file) == "-":
            continue
        is_database = is_url(str(file))
        path = sqlite_file(str(file)) if is_database else Path(file)
        if path is None:
            continue
        for other, its_path, both in seen:
            # A database may be both read and written: its tables are not replaced.
            if are_the_same(path, its_path) and not (both and is_database):
                raise UsageProblem(f"{other} and {name} are the same file, {path}; give them different ones")
        seen.append((name, path, is_database))


def _within_one_database(options: RunOptions) -> bool:
    source, output = options.source or "", options.output or ""
    return is_url(source) and is_url(output) and same_database(source, output)


def _writer(options: RunOptions, source: Source, types: Sequence[DataType]) -> Writer:
    if options.output and options.output_table:
        return _table(options, options.output, options.output_table, source, types)
    columns = _columns(source, types)
    return writer_for(options.output or "-", columns, stdout=sys.stdout.buffer, manner=Manner(raw=options.raw))


def _table(
    options: RunOptions, url: str, name: str, source: Source, types: Sequence[DataType], *, plan_only: bool = False
) -> Writer:
    from enrich_cli.outputs.database_table import DatabaseTable

    return DatabaseTable(
        url,
        name,
        _columns(source, types),
        id_column=source.mapping.get("customer_id"),
        source_table=options.table if _within_one_database(options) else None,
        plan_only=plan_only,
    )


def _columns(source: Source, types: Sequence[DataType]) -> Columns:
    return Columns(source.columns, types, has_id=source.has_id, id_column=source.mapping.get("customer_id"))
