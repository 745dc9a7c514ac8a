"""What `enrich`, `refresh` and `show --enrich` ask of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

DEFAULT_CONCURRENCY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of a run, as given on the command line."""

    command: str
    source: str | None
    types: str | None = None
    overrides: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    table: str | None = None
    query: str | None = None
    output: str | None = None
    output_table: str | None = None
    raw: bool = False
    rejects: Path | None = None
    concurrency: int = DEFAULT_CONCURRENCY
    limit: int | None = None
    max_cost: str | None = None
    min_confidence: float | None = None
    require: str | None = None
    optimize_cost: bool = False
    stop_after_misses: int | None = None
    dry_run: bool = False
    yes: bool = False
    resume: str | None = None
    as_json: bool = False
    sandbox: bool = False
    report: bool = True
    """Whether to report at the end what the run did; if not, only what its one customer lacks, and why."""
    customers: tuple[str, ...] = ()
    expired: bool = False
    older_than: timedelta | None = None
    failed: bool = False
