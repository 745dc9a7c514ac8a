"""`enrich-cli` without a command: the state of things, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from enrich_cli.cli.context import Context


def show(options: Context) -> None:
    """Providers, quota, the last run, and a sensible next command."""
    from datetime import UTC, datetime

    from enrich_cli.console.overview import Overview, overview_lines
    from enrich_cli.providers.catalog import PROVIDERS
    from enrich_cli.settings import Keys, Settings
    from enrich_cli.store.reading import read_quota, read_runs

    settings, keys = Settings.load(), Keys.load()
    (path, company), now = options.store_and_company(settings), datetime.now(UTC)
    quota, synthetic = read_quota(path, company, now)
    overview = Overview(
        store=path,
        exists=path.exists(),
        synthetic=synthetic,
        quota=quota,
        configured=[one.name for one in PROVIDERS if all(map(keys.has, one.keys))],
        providers=len(PROVIDERS),
        last_run=next(iter(read_runs(path, company, now, most=1)), None),
        program=options.program,
    )
    typer.echo("\n".join(overview_lines(overview, now, options.times)))
