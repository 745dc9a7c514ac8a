"""`enrich-cli show`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.exit_codes import AMBIGUOUS
from enrich_cli.cli.option_types import AsJson, CustomerText

if TYPE_CHECKING:
    from enrich_cli.store.showing import StoredCustomer


def command(
    context: typer.Context,
    customer: CustomerText,
    compact: Annotated[bool, typer.Option("--compact", help="Print one line per customer.")] = False,
    enrich: Annotated[
        bool, typer.Option("--enrich", help="First look up what is missing or no longer fresh; this may cost money.")
    ] = False,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Use the default store of sandbox runs; --enrich asks the simulator.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """One customer: the stored fields, and each enrichment with who said what, how sure it is, and why.

    If several customers match, they are listed, one per line; choose one by its id.

    Examples:

        enrich-cli show ada@example.com

        enrich-cli show "Ada Sample" --json

        enrich-cli show crm-17 --enrich

    Exit codes: 0 shown · 2 nobody, or with --enrich several, matched · with --enrich also those of enrich.
    """
    from datetime import UTC, datetime
    from functools import partial

    from enrich_cli.settings import Settings
    from enrich_cli.store.key_place import key_place
    from enrich_cli.store.showing import stored_customers

    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings, sandbox=sandbox)
    read = partial(
        stored_customers,
        path,
        company,
        customer,
        keys=key_place(settings),
        lifetimes=settings.lifetimes,
    )
    found, synthetic = read(now=datetime.now(UTC))
    code = 0
    if enrich and len(found) > 1:
        options.log.failure("several customers match, and --enrich looks up one: choose it by its id")
        code = AMBIGUOUS
    elif enrich:
        code = _look_up(options, customer, sandbox=sandbox)
        found, synthetic = read(now=datetime.now(UTC))
    _show(found, synthetic=synthetic, compact=compact, as_json=as_json)
    return code


def _look_up(options: Context, customer: str, *, sandbox: bool) -> int:
    """Run over the one stored customer, saying only what could not be looked up. Returns the exit code."""
    from enrich_cli.cli.loading import load_and_perform
    from enrich_cli.cli.run_options import RunOptions

    run = RunOptions(command="enrich", source=None, customers=(customer,), sandbox=sandbox, report=False)
    return load_and_perform(replace(options, quiet=True), run)


def _show(found: list[StoredCustomer], *, synthetic: bool, compact: bool, as_json: bool) -> None:
    if as_json:
        from enrich_cli.console.customer_json import customers_json

        typer.echo(customers_json(found, sandbox=synthetic))
        return
    from datetime import UTC, datetime

    from rich.console import Console

    from enrich_cli.console.customer import customer_line, print_customer
    from enrich_cli.console.layout import print_lines
    from enrich_cli.console.words import SYNTHETIC

    if synthetic:
        typer.echo(SYNTHETIC)
    if compact or len(found) > 1:
        print_lines(map(customer_line, found), Console())
    else:
        print_customer(found[0], Console(), datetime.now(UTC))
