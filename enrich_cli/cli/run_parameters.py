"""The options that `enrich` and `refresh` share, as their command lines take them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.option_types import MOST_ROWS

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
        help="Data types, such as person,business. [default: the tier's]",
        rich_help_panel=LOOKUPS,
    ),
]
Map: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column holds a field, as in email=Mail. Repeatable.",
        rich_help_panel=SOURCE,
    ),
]
Encoding: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="How SOURCE's text is written, as in windows-1252. [default: recognised]",
        rich_help_panel=SOURCE,
    ),
]
Delimiter: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="CHAR",
        help="What separates SOURCE's cells: a character, or tab. [default: recognised]",
        rich_help_panel=SOURCE,
    ),
]
Table: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="Of a database: the rows of this table, as in crm.contacts.",
        rich_help_panel=SOURCE,
    ),
]
Query: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--query", metavar="SQL", help="Of a database: the rows that this SELECT gives.", rich_help_panel=SOURCE
    ),
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Enriched rows: .csv, .ndjson, .json, .parquet, .xlsx, - for NDJSON on stdout, or a database's URL.",
        rich_help_panel=OUTPUT,
    ),
]
OutputTable: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--output-table",
        metavar="NAME",
        help="The table that -o with a database's URL updates or makes.",
        rich_help_panel=OUTPUT,
    ),
]
Raw: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--raw", help="Leave texts that a spreadsheet would run as formulas as they are.", rich_help_panel=OUTPUT
    ),
]
RejectsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help="Rows that were rejected, with line and reason, as CSV.",
        rich_help_panel=OUTPUT,
    ),
]
Concurrency: TypeAlias = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=10_000, help="Customers in flight.")
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
        help="Never spend more than this in the run, doubt included.",
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
        help="Keep no answer that is less surely about the customer. [ENRICHMENT_MIN_CONFIDENCE; default: 0.5]",
        rich_help_panel=LOOKUPS,
    ),
]
Require: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--require",
        autocompletion=completion.required_fields,
        metavar="FIELDS",
        help="Go on asking until these are there, as in email,job_title.",
        rich_help_panel=LOOKUPS,
    ),
]
OptimizeCost: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--optimize-cost",
        help="Ask first whoever is expected to find somebody for the least money.",
        rich_help_panel=MONEY,
    ),
]
StopAfterMisses: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--stop-after-misses",
        metavar="N",
        min=1,
        help="Close a provider that found nobody in N lookups.",
        rich_help_panel=MONEY,
    ),
]
DryRun: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Send nothing, write nothing; say what would happen, cost and take.", rich_help_panel=MONEY
    ),
]
Yes: TypeAlias = Annotated[
    bool,
    typer.Option("--yes", help="Don't ask before a run that could cost much.", rich_help_panel=MONEY),
]
Resume: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--resume",
        autocompletion=completion.resumable_runs,
        metavar="RUN_ID",
        help="Continue a run that was interrupted or crashed; or: last.",
    ),
]
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="The report as one JSON document on standard output.", rich_help_panel=OUTPUT)
]
UseSandbox: TypeAlias = Annotated[
    bool, typer.Option("--sandbox", help="Ask the built-in simulator instead of the vendors: free, and synthetic.")
]
