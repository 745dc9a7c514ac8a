"""`enrich-cli check`."""

from __future__ import annotations

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import AsJson, SandboxStore


def command(
    context: typer.Context,
    as_json: AsJson = False,
    sandbox: SandboxStore = False,
) -> None:
    """Check the store: that every rule of the books holds, and that every sealed row opens.

    Ends with exit code 1 and a list if something is broken. With a company key, only that company is checked.

    Example:

        enrich-cli --db t.db check
    """
    from datetime import UTC, datetime

    from enrich_cli.console.check import check_json, check_lines
    from enrich_cli.settings import Settings
    from enrich_cli.store.invariants import check_store
    from enrich_cli.store.key_place import key_place
    from enrich_cli.store.synthetic import holds_synthetic

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings, sandbox=sandbox)
    only = company if settings.company_key else None
    broken = check_store(path, key_place(settings), datetime.now(UTC), only=only)
    synthetic = holds_synthetic(path)
    if as_json:
        typer.echo(check_json(broken, sandbox=synthetic))
    elif broken or not options.quiet:
        typer.echo("\n".join(check_lines(path, broken, sandbox=synthetic)))
    if broken:
        raise typer.Exit(1)
