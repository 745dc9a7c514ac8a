"""`enrich-cli enrich`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli import run_parameters as given
from enrich_cli.cli.loading import load_and_perform
from enrich_cli.cli.run_options import DEFAULT_CONCURRENCY, RunOptions


def command(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="A CSV file (also .gz), - for standard input, or a database URL."),
    ],
    types: given.Types = None,
    overrides: given.Map = None,
    encoding: given.Encoding = None,
    delimiter: given.Delimiter = None,
    table: given.Table = None,
    query: given.Query = None,
    output: given.Output = None,
    output_table: given.OutputTable = None,
    raw: given.Raw = False,
    rejects: given.RejectsFile = None,
    concurrency: given.Concurrency = DEFAULT_CONCURRENCY,
    limit: given.Limit = None,
    max_cost: given.MaxCost = None,
    min_confidence: given.MinConfidence = None,
    require: given.Require = None,
    optimize_cost: given.OptimizeCost = False,
    stop_after_misses: given.StopAfterMisses = None,
    dry_run: given.DryRun = False,
    yes: given.Yes = False,
    resume: given.Resume = None,
    as_json: given.AsJson = False,
    sandbox: given.UseSandbox = False,
) -> int:
    """Look up every customer of SOURCE that is not fresh in the store, and report.

    Running the same command again continues: what is fresh in the store costs nothing.

    Examples:

        enrich-cli enrich customers.csv -o enriched.csv

        enrich-cli enrich customers.csv --types person --max-cost 25 --json

        enrich-cli enrich postgresql://me@db/crm --table contacts -o out.csv

        enrich-cli enrich customers.csv --sandbox

    Exit codes: 0 done · 2 usage · 3 some customers failed · 4 quota or cost cap reached · 5 not configured · 130
    interrupted.
    """
    return load_and_perform(
        context.obj,
        RunOptions(
            command="enrich",
            source=source,
            types=types,
            overrides=tuple(overrides or ()),
            encoding=encoding,
            delimiter=delimiter,
            table=table,
            query=query,
            output=output,
            output_table=output_table,
            raw=raw,
            rejects=rejects,
            concurrency=concurrency,
            limit=limit,
            max_cost=max_cost,
            min_confidence=min_confidence,
            require=require,
            optimize_cost=optimize_cost,
            stop_after_misses=stop_after_misses,
            dry_run=dry_run,
            yes=yes,
            resume=resume,
            as_json=as_json,
            sandbox=sandbox,
        ),
    )
