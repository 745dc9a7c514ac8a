"""Where a run's rows come from: a CSV file, standard input, or the customers in the store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from enrich_cli.cli.run_options import RunOptions
from enrich_cli.domain.errors import UsageProblem
from enrich_cli.engine.chains import unusable
from enrich_cli.sources.csv_file import CsvFile
from enrich_cli.store.keys import MasterKey
from enrich_cli.store.source import Selection, StoredCustomers


def open_source(
    options: RunOptions,
    store: Path,
    company: str,
    *,
    master: Callable[[bool], MasterKey],
    lifetime: float,
    now: datetime,
) -> AbstractContextManager[CsvFile | StoredCustomers]:
    """`lifetime` (seconds): how old the data of a stored customer may be that `--expired` leaves out.

    Raises UsageProblem, SourceError, and what `StoredCustomers` raises.
    """
    if options.source is None:
        ages = [options.older_than] if options.older_than else []
        if options.expired:
            ages.append(timedelta(seconds=lifetime))
        selection = Selection(
            customers=options.customers, saved_before=now - max(ages) if ages else None, failed=options.failed
        )
        return nullcontext(StoredCustomers(store, company, master, selection))
    if "://" in options.source:
        raise UsageProblem("databases can't be read yet: SOURCE is a CSV file, or - for standard input")
    file = sys.stdin.buffer if options.source == "-" else Path(options.source)
    return CsvFile(file, overrides=options.overrides, usable=unusable)
