"""`enrich-cli runs`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import MOST_ROWS, AsJson, SandboxStore


def command(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=MOST_ROWS, help="How many runs to show, newest first.")
    ] = 20,
    sandbox: SandboxStore = False,
    as_json: AsJson = False,
) -> None:
    """Past runs: when each began, how it ended, where its customers landed, and what it cost.

    To continue one that was interrupted or crashed, give its id to --resume.

    Examples:

        enrich-cli runs

        enrich-cli --company acme runs --limit 1 --json
    """
    from datetime import UTC, datetime

    from rich.console import Console

    from enrich_cli.console.runs import print_runs, runs_json
    from enrich_cli.settings import Settings
    from enrich_cli.store.reading import read_runs

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings, sandbox=sandbox)
    runs = read_runs(path, company, datetime.now(UTC), most=limit)
    if as_json:
        typer.echo(runs_json(runs))
    elif not options.quiet:
        print_runs(runs, Console(), options.times)
