"""`enrich-cli subject-report`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import CustomerText, SandboxStore

_FORMATS = ("json", "html")


def command(
    context: typer.Context,
    customer: CustomerText,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="json or html.",
            autocompletion=completion.one_of(*_FORMATS),
        ),
    ] = "json",
    sandbox: SandboxStore = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Everything stored about a person, for that person: their fields, data with sources and times, raw answers, and
    which of their fields were sent to which provider when.

    Examples:

        enrich-cli subject-report ada@example.com

        enrich-cli subject-report ada@example.com --format html > ada.html
    """
    from datetime import UTC, datetime

    from enrich_cli.cli.parsing import choice
    from enrich_cli.console.subject import subject_html, subject_json
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.settings import Settings
    from enrich_cli.store.key_place import key_place
    from enrich_cli.store.subject import report_on

    form = choice("format", format_name, _FORMATS)
    if as_json and form != "json":
        raise UsageProblem("--json and --format html both want standard output: give one of them")
    options: Context = context.obj
    settings = Settings.load()
    path, company = options.store_and_company(settings, sandbox=sandbox)
    report = report_on(path, company, customer, keys=key_place(settings), now=datetime.now(UTC))
    typer.echo(subject_html(report, options.times) if form == "html" else subject_json(report))
