"""The options that `enrich` and `refresh` share, as command line parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.option_types import MOST_ROWS, file_path

SOURCE = "Source"
LOOKUPS = "What is looked up"
MONEY = "What it may cost"
OUTPUT = "What comes out"
"""Groups of options in the help."""

Types: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--types",
        autocompletion=completion.data_types,
        metavar="LIST",
        help="Data types, such as person,business. [default: all of the tier's]",
        rich_help_panel=LOOKUPS,
    ),
]
Map: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Say which column holds a field, as in email=Mail. Repeatable.",
        rich_help_panel=SOURCE,
    ),
]
Encoding: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The encoding of SOURCE, such as windows-1252. [default: detected]",
        rich_help_panel=SOURCE,
    ),
]
Delimiter: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="CHAR",
        help="What separates the cells of SOURCE: a character, or tab. [default: detected]",
        rich_help_panel=SOURCE,
    ),
]
Table: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="For a database: read the rows of this table, such as crm.contacts.",
        rich_help_panel=SOURCE,
    ),
]
Query: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--query", metavar="SQL", help="For a database: read what this SELECT returns.", rich_help_panel=SOURCE
    ),
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write enriched rows here: .csv, .ndjson, .json, .parquet, .xlsx, - for NDJSON on standard output, or a "
        "database URL.",
        rich_help_panel=OUTPUT,
    ),
]
OutputTable: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--output-table",
        metavar="NAME",
        help="For a database: the table that -o updates or creates.",
        rich_help_panel=OUTPUT,
    ),
]
Raw: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--raw", help="Leave text that a spreadsheet would run as a formula as it is.", rich_help_panel=OUTPUT
    ),
]
RejectsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        parser=file_path,
        metavar="FILE",
        help="Write rejected rows here as CSV, with line and reason.",
        rich_help_panel=OUTPUT,
    ),
]
Concurrency: TypeAlias = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=10_000, help="How many customers to look up at a time.")
]
Limit: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar="N", min=0, max=MOST_ROWS, help="Stop reading after N rows.", rich_help_panel=SOURCE
    ),
]
MaxCost: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--max-cost",
        metavar="USD",
        help="Never spend more than this in the run, charges in doubt included.",
        rich_help_panel=MONEY,
    ),
]
MinConfidence: TypeAlias = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="F",
        min=0.0,
        max=1.0,
        help="How sure an answer must be to be kept, 0 to 1. [ENRICHMENT_MIN_CONFIDENCE; default: 0.5]",
        rich_help_panel=LOOKUPS,
    ),
]
Require: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--require",
        autocompletion=completion.required_fields,
        metavar="FIELDS",
        help="Go on to the next provider until these fields are there, such as email,job_title.",
        rich_help_panel=LOOKUPS,
    ),
]
OptimizeCost: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--optimize-cost",
        help="Ask first the providers that are expected to find somebody for the least money.",
        rich_help_panel=MONEY,
    ),
]
StopAfterMisses: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--stop-after-misses",
        metavar="N",
        min=1,
        help="Stop asking a provider that found nobody in its first N lookups.",
        rich_help_panel=MONEY,
    ),
]
DryRun: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Send and write nothing; say what would happen, what it would cost and how long it would take.",
        rich_help_panel=MONEY,
    ),
]
Yes: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--yes",
        help="Don't ask before a run that could cost more than ENRICHMENT_CONFIRM_USD (default: $10).",
        rich_help_panel=MONEY,
    ),
]
Resume: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--resume",
        autocompletion=completion.resumable_runs,
        metavar="RUN_ID",
        help="Continue a run that was interrupted or crashed: its id, or last.",
    ),
]
AsJson: TypeAlias = Annotated[
    bool,
    typer.Option("--json", help="Print the report as one JSON document on standard output.", rich_help_panel=OUTPUT),
]
UseSandbox: TypeAlias = Annotated[
    bool,
    typer.Option("--sandbox", help="Ask the built-in simulator instead of the providers: free, with synthetic data."),
]
