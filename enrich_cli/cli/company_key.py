"""`enrich-cli company-key new|list|revoke`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.manual import Manual, ManualCommand
from enrich_cli.cli.option_types import AsJson

app = typer.Typer(
    cls=Manual,
    help="""Keys that open only one company (ENRICHMENT_COMPANY_KEY). The master key makes and revokes them.

    Example:

        enrich-cli --company acme company-key new
    """,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(cls=ManualCommand)
def new(context: typer.Context, as_json: AsJson = False) -> None:
    """Make a key for the company and print it, once: it can't be shown again.

    Example:

        enrich-cli --company acme company-key new
    """
    from datetime import UTC, datetime

    from enrich_cli.settings import Settings
    from enrich_cli.store.access import issue_key
    from enrich_cli.store.key_place import key_place

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings)
    key = issue_key(path, company, key_place(settings).master, datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({"company": company, "key_id": key.id, "key": key.text}))
        return
    typer.echo(key.text)
    options.log.note(f"key {key.id} opens company {company}: set it as ENRICHMENT_COMPANY_KEY; it is not shown again")


@app.command("list", cls=ManualCommand)
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the ids of the company's keys, and when each was made.

    Example:

        enrich-cli --company acme company-key list
    """
    from enrich_cli.console.company_keys import key_lines, keys_json
    from enrich_cli.settings import Settings
    from enrich_cli.store.access import list_keys

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings)
    keys = list_keys(path, company)
    if as_json:
        typer.echo(keys_json(company, keys))
    elif not options.quiet:
        typer.echo("\n".join(key_lines(company, keys, options.times)))


@app.command(cls=ManualCommand)
def revoke(
    context: typer.Context,
    key_id: Annotated[str, typer.Argument(metavar="KEY_ID", help="The id, as `company-key list` shows it.")],
    as_json: AsJson = False,
) -> None:
    """Revoke a key: it opens nothing from now on.

    Its holder may have kept the sealing key, or a copy of the store that holds it: run `rotate-key --deep` afterwards
    to shut them out of what is in the store then, and of what is written later. A copy stays readable to them.

    Example:

        enrich-cli --company acme company-key revoke 0f1e2d3c4b5a6978
    """
    from enrich_cli.settings import Settings
    from enrich_cli.store.access import revoke_key
    from enrich_cli.store.key_place import key_place

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings)
    revoke_key(path, company, key_id, key_place(settings).master)
    if as_json:
        typer.echo(json.dumps({"company": company, "key_id": key_id, "revoked": True}))
    elif not options.quiet:
        typer.echo(
            f"key {key_id} opens nothing any more; if its holder may have kept the sealing key, run rotate-key --deep"
        )
