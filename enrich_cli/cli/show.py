"""`enrich-cli show`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli.context import Context


def command(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="An id, an e-mail address or a name.")],
    compact: Annotated[bool, typer.Option("--compact", help="One line a customer.")] = False,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="The default store of sandbox runs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """One customer: the stored fields, and each enrichment with who said what, how sure we are, and why.

    When several customers are called so they are listed, a line each; choose one by its id.

    Examples:

        enrich-cli show ada@example.com

        enrich-cli show "Ada Sample" --json
    """
    from datetime import UTC, datetime

    from rich.console import Console

    from enrich_cli.console.customer import customer_line, customers_json, print_customer
    from enrich_cli.domain.tier import Lifetimes
    from enrich_cli.settings import Settings
    from enrich_cli.store.keys import key_place
    from enrich_cli.store.showing import stored_customers

    options: Context = context.obj
    settings = Settings.load()
    now = datetime.now(UTC)
    found, synthetic = stored_customers(
        options.store_path(settings, sandbox=sandbox),
        options.company_of(settings, sandbox=sandbox),
        customer,
        master=key_place(settings),
        lifetimes=Lifetimes(free=settings.cache_ttl, pro=settings.cache_ttl_pro),
        now=now,
    )
    if as_json:
        typer.echo(customers_json(found, sandbox=synthetic))
        return
    if synthetic:
        typer.echo("SANDBOX: all of this data is synthetic")
    if compact or len(found) > 1:
        for one in found:
            typer.echo(customer_line(one))
    else:
        print_customer(found[0], Console(), now)
