"""`enrich-cli purge`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import AsJson, SandboxStore


def command(
    context: typer.Context,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than", metavar="AGE", help="An age such as 365d or 12h. [default: ENRICHMENT_RETENTION_DAYS]"
        ),
    ] = None,
    sandbox: SandboxStore = False,
    as_json: AsJson = False,
) -> None:
    """Delete the company's enrichments, answers and customers that are older than the retention period.

    Counts, costs and objections stay. Nothing is purged automatically: let cron run this.

    Example:

        enrich-cli purge --older-than 365d
    """
    from datetime import UTC, datetime, timedelta

    from enrich_cli.cli.parsing import age
    from enrich_cli.console.privacy import purged_json, purged_lines
    from enrich_cli.console.words import COPIES_LEFT
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.settings import Settings
    from enrich_cli.store.retention import purge

    options: Context = context.obj
    settings = Settings.load()
    oldest = age(older_than)
    if oldest is None and settings.retention_days is not None:
        oldest = timedelta(days=settings.retention_days)
    if oldest is None:
        raise UsageProblem("nothing says how old is too old: give --older-than 365d, or set ENRICHMENT_RETENTION_DAYS")
    path, company = options.store_and_company(settings, sandbox=sandbox)
    now = datetime.now(UTC)
    purged = purge(path, company, now - oldest, now)
    if as_json:
        typer.echo(purged_json(company, purged))
    elif not options.quiet:
        typer.echo("\n".join(purged_lines(company, purged, options.times)))
    if not purged.erased:
        options.log.warning(COPIES_LEFT)
