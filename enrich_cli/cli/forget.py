"""`enrich-cli forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import SandboxStore, file_path


def command(
    context: typer.Context,
    customer: Annotated[
        str | None,
        typer.Argument(
            metavar="[CUSTOMER]",
            help="An id, an e-mail address, a name or a phone number.",
            autocompletion=completion.customers,
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            parser=file_path,
            metavar="FILE",
            help="A list of people: a CSV file as for enrich, or one person per line; - is standard input.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask first; needed without a terminal.")] = False,
    sandbox: SandboxStore = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the receipt as one JSON document on standard output.")
    ] = False,
) -> None:
    """Delete everything stored about a person, and never look them up again.

    Only keyed hashes of their ids, e-mails, phones, profiles and names with addresses stay, so that later runs skip
    them under whatever id they appear; a run that is looking them up drops what it gets. What was paid stays in the
    books, without the person. Either a whole list is forgotten or none of it. Cleaning output files and backups is up
    to you.

    Examples:

        enrich-cli forget ada@example.com

        enrich-cli forget --from objections.csv --yes --json
    """
    import sys
    from datetime import UTC, datetime

    from enrich_cli.cli.agreement import agree
    from enrich_cli.console.privacy import question, receipt_json, receipt_lines
    from enrich_cli.console.words import COPIES_LEFT
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.settings import Settings
    from enrich_cli.store.forgetting import Objector, count_people, forget_people
    from enrich_cli.store.key_place import key_place

    if (customer is None) == (source is None):
        raise UsageProblem("forget needs a CUSTOMER, or a list of them as --from FILE")
    if not yes and not sys.stdin.isatty():
        raise UsageProblem("forget asks first, and there is no terminal to ask in: give --yes")
    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings, sandbox=sandbox)
    keys = key_place(settings)
    if source is None:
        people = [Objector(customer or "")]
    else:
        from enrich_cli.cli.objectors import objectors

        people = objectors(source)
    if not yes:
        number, stored = count_people(path, company, people, keys=keys)
        agree(question(number, stored), otherwise="nothing was deleted")
    receipt = forget_people(path, company, people, keys=keys, now=datetime.now(UTC))
    if as_json:
        typer.echo(receipt_json(receipt))
    elif not options.quiet:
        typer.echo("\n".join(receipt_lines(receipt)))
    if not receipt.erased:
        options.log.warning(COPIES_LEFT)
