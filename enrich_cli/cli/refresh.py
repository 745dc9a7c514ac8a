"""`enrich-cli refresh`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli import run_parameters as given
from enrich_cli.cli.loading import load_and_perform
from enrich_cli.cli.run_options import DEFAULT_CONCURRENCY, RunOptions

_WHO = "Which stored customers"


def command(
    context: typer.Context,
    source: Annotated[
        str | None,
        typer.Argument(metavar="[SOURCE]", help="As for enrich. [default: the customers in the store]"),
    ] = None,
    customers: Annotated[
        list[str] | None,
        typer.Option(
            "--customer",
            autocompletion=completion.customers,
            metavar="ID",
            help="Only this stored customer, by id, e-mail, name or phone. Repeatable.",
            rich_help_panel=_WHO,
        ),
    ] = None,
    expired: Annotated[
        bool, typer.Option("--expired", help="Only stored customers with expired data.", rich_help_panel=_WHO)
    ] = False,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            metavar="AGE",
            help="Only stored customers with data older than this, such as 7d, 12h or 90m.",
            rich_help_panel=_WHO,
        ),
    ] = None,
    failed: Annotated[
        bool,
        typer.Option(
            "--failed",
            help="Only stored customers with a data type that failed, and only that type.",
            rich_help_panel=_WHO,
        ),
    ] = False,
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
    """Look customers up again, whether their data is fresh or not.

    Without SOURCE: the customers in the store, all or selected.

    Examples:

        enrich-cli refresh --expired --max-cost 5

        enrich-cli refresh --customer ada@example.com

    Exit codes as for enrich.
    """
    from enrich_cli.cli.parsing import age
    from enrich_cli.domain.errors import UsageProblem

    selected = bool(customers or expired or older_than or failed)
    if source is not None and selected:
        raise UsageProblem("--customer, --expired, --older-than and --failed choose stored customers: leave SOURCE out")
    if source is None and (overrides or encoding or delimiter or table or query):
        raise UsageProblem("--map, --encoding, --delimiter, --table and --query are about a SOURCE: there is none")
    return load_and_perform(
        context.obj,
        RunOptions(
            command="refresh",
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
            customers=tuple(customers or ()),
            expired=expired,
            older_than=age(older_than),
            failed=failed,
        ),
    )
