"""Where a run's rows come from: a CSV file, standard input, a database, or the customers in the store."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from enrich_cli.cli.run_options import RunOptions
from enrich_cli.databases.urls import is_url
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import UsageProblem
from enrich_cli.engine.chains import unusable
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.sources.source import Source
from enrich_cli.sources.text_stream import buffered
from enrich_cli.store.keys import KeySource
from enrich_cli.store.source import Selection, StoredCustomers


def open_source(
    options: RunOptions,
    store: Path,
    company: str,
    *,
    keys: KeySource,
    data_types: Sequence[DataType],
    saved_before: datetime | None,
    twice: bool,
    migrate: bool,
) -> AbstractContextManager[Source]:
    """Open the source that the options name.

    `data_types`: those that are looked up; only their age or failure selects stored customers. `saved_before`: select
    only stored customers with data older than this. `twice`: the source will be read twice. `migrate`: the store may be
    migrated first.

    Raises UsageProblem, SourceError, and what the sources raise.
    """
    if options.source is None:
        selection = Selection(
            customers=options.customers,
            saved_before=saved_before,
            data_types=data_types,
            failed=options.failed,
            resume=options.resume,
        )
        return nullcontext(StoredCustomers(store, company, keys, selection, migrate=migrate))
    if is_url(options.source):
        return _database(options.source, options)
    if options.table or options.query:
        raise UsageProblem("--table and --query are about a database: SOURCE is a file")
    return _file(options.source, options, twice)


def _is_pipe(path: Path) -> bool:
    # An error of the path is reported where the path is opened.
    with suppress(OSError):
        return path.is_fifo()
    return False


@contextmanager
def _file(given: str, options: RunOptions, twice: bool) -> Iterator[Source]:
    with ExitStack() as stack:
        file: Path | BinaryIO = sys.stdin.buffer if given == "-" else Path(given)
        if twice and (given == "-" or _is_pipe(Path(given))):
            file = stack.enter_context(_kept(file))
        yield stack.enter_context(
            CsvFile(
                file,
                encoding=options.encoding,
                delimiter=options.delimiter,
                overrides=options.overrides,
                usable=unusable,
                name="standard input" if given == "-" else given,
            )
        )


@contextmanager
def _kept(pipe: Path | BinaryIO) -> Iterator[BinaryIO]:
    """What comes through the pipe, in a private temporary file, so that it can be read again. Raises SourceError."""
    with tempfile.TemporaryFile() as file:
        with buffered(pipe) as stream:
            shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file


def _database(url: str, options: RunOptions) -> AbstractContextManager[Source]:
    from enrich_cli.databases.engine import refuse_others
    from enrich_cli.sources.database import DatabaseRows

    refuse_others(url)
    if options.encoding or options.delimiter:
        raise UsageProblem("--encoding and --delimiter are about a file: SOURCE is a database")
    if bool(options.table) == bool(options.query):
        raise UsageProblem("choose which rows of the database to read: give either --table NAME or --query SQL")
    return DatabaseRows(url, table=options.table, query=options.query, overrides=options.overrides, usable=unusable)
