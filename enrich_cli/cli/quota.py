"""`enrich-cli quota`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.exit_codes import LIMIT_REACHED
from enrich_cli.cli.option_types import AsJson, SandboxStore


def command(
    context: typer.Context,
    check: Annotated[
        int | None, typer.Option("--check", metavar="N", min=0, help="Exit with code 4 when fewer than N are left.")
    ] = None,
    as_json: AsJson = False,
    sandbox: SandboxStore = False,
) -> None:
    """How much of the month's quota is used, and how much is left.

    Examples:

        enrich-cli quota

        enrich-cli quota --check 100 && enrich-cli enrich customers.csv
    """
    from datetime import UTC, datetime

    from enrich_cli.console.quota import quota_json, quota_lines
    from enrich_cli.settings import Settings
    from enrich_cli.store.reading import read_quota

    options: Context = context.obj
    settings = Settings.load()
    now = datetime.now(UTC)
    path, company = options.store_and_company(settings, sandbox=sandbox)
    quota, synthetic = read_quota(path, company, now)
    if as_json:
        typer.echo(quota_json(quota, sandbox=synthetic))
    elif not options.quiet:
        typer.echo("\n".join(quota_lines(quota, now, options.times, sandbox=synthetic)))
    if check is not None and quota.available is not None and quota.available < check:
        raise typer.Exit(LIMIT_REACHED)
