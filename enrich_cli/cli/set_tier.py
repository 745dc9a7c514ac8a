"""`enrich-cli set-tier`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import AsJson, SandboxStore


def command(
    context: typer.Context,
    tier: Annotated[
        str, typer.Argument(metavar="TIER", help="free, pro or enterprise.", autocompletion=completion.tiers)
    ],
    as_json: AsJson = False,
    sandbox: SandboxStore = False,
) -> None:
    """Change the company's tier at once; this month's count stays.

    Example:

        enrich-cli --company acme set-tier pro
    """
    from datetime import UTC, datetime

    from enrich_cli.cli.parsing import choice
    from enrich_cli.console.quota import quota_json
    from enrich_cli.domain.tier import Tier
    from enrich_cli.settings import Settings
    from enrich_cli.store.reading import change_tier

    options: Context = context.obj
    settings = Settings.load()
    wanted = Tier(choice("tier", tier, [known.value for known in Tier]))
    path, company = options.store_and_company(settings, sandbox=sandbox)
    quota, synthetic = change_tier(path, company, wanted, datetime.now(UTC))
    if as_json:
        typer.echo(quota_json(quota, sandbox=synthetic))
    elif not options.quiet:
        limit = "unlimited" if quota.limit is None else f"{quota.limit:,} enrichments a month"
        typer.echo(
            f"{company} is {wanted.value} now: {limit}, {quota.used:,} used in {quota.month}"
            f"{' (SANDBOX: synthetic data)' if synthetic else ''}"
        )
