"""`enrich-cli export`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import OutputFile, SandboxStore

if TYPE_CHECKING:
    from datetime import datetime

    from enrich_cli.domain.tier import Tier
    from enrich_cli.settings import Settings
    from enrich_cli.store.exporting import Fresh


def command(
    context: typer.Context,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            autocompletion=completion.one_of("csv", "ndjson", "json", "parquet", "xlsx", "html"),
            metavar="FORMAT",
            help="csv, ndjson, json, parquet, xlsx or html. [default: by the ending of FILE; csv without one]",
        ),
    ] = None,
    output: OutputFile = None,
    types: Annotated[
        str | None,
        typer.Option(
            "--types",
            autocompletion=completion.data_types,
            metavar="LIST",
            help="Data types, such as person,business. [default: all]",
        ),
    ] = None,
    customers: Annotated[
        list[str] | None,
        typer.Option(
            "--customer",
            autocompletion=completion.customers,
            metavar="ID",
            help="Only this customer, by id, e-mail, name or phone. Repeatable.",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", metavar="F", min=0.0, max=1.0, help="Only what is at least this sure, 0 to 1."
        ),
    ] = None,
    fresh_only: Annotated[
        bool, typer.Option("--fresh-only", help="Only what a run today would serve without asking again.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave text that a spreadsheet would run as a formula as it is.")
    ] = False,
    sandbox: SandboxStore = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one JSON document on standard output: the summary with -o, else the enrichments."
        ),
    ] = False,
) -> None:
    """The stored enrichments: one row per customer, with the stored fields and what is known.

    Examples:

        enrich-cli export -o everybody.xlsx

        enrich-cli export --format html -o report.html --min-confidence 0.8

        enrich-cli export --types person --fresh-only > people.csv
    """
    import json
    import sys
    from datetime import UTC, datetime

    from enrich_cli.cli.overwriting import refuse_the_store
    from enrich_cli.cli.parsing import data_types
    from enrich_cli.console.words import SYNTHETIC
    from enrich_cli.domain.data_type import DataType
    from enrich_cli.outputs.columns import Columns
    from enrich_cli.outputs.formats import Manner, writer_for
    from enrich_cli.outputs.writer import write_all
    from enrich_cli.settings import Settings
    from enrich_cli.store.exporting import Wanted, stored_rows
    from enrich_cli.store.key_place import key_place
    from enrich_cli.store.reading import read_quota
    from enrich_cli.store.source import STORED_COLUMNS

    options: Context = context.obj
    settings = Settings.load()
    now = datetime.now(UTC)
    name = "-" if output is None else str(output)
    to_stdout = name == "-"
    form = _format(format_name, None if to_stdout else name, as_json=as_json)
    path, company = options.store_and_company(settings, sandbox=sandbox)
    refuse_the_store("-o", output, path)
    quota, synthetic = read_quota(path, company, now)
    wanted = Wanted(
        types=data_types(types) or tuple(DataType),
        customers=tuple(customers or ()),
        min_confidence=min_confidence,
        fresh=_fresh_today(settings, quota.tier, now) if fresh_only else None,
    )
    rows = stored_rows(path, company, wanted, keys=key_place(settings))
    writer = writer_for(
        name,
        Columns(STORED_COLUMNS, wanted.types, has_id=True),
        stdout=sys.stdout.buffer,
        manner=Manner(raw=raw, synthetic=synthetic, times=options.times),
        format_name=form,
    )
    number = write_all(writer, rows)
    if as_json and not to_stdout:
        typer.echo(json.dumps({"customers": number, "output": name, "format": form, "sandbox": synthetic}))
    if not options.quiet:
        notes = [SYNTHETIC] if synthetic else []
        notes += [f"warning: {loss}" for loss in writer.losses]
        notes.append(f"customers exported: {number:,}")
        for note in notes:
            options.log.note(note)


def _fresh_today(settings: Settings, tier: Tier, now: datetime) -> Fresh:
    """What a run would serve now without asking again."""
    from datetime import timedelta

    from enrich_cli.engine.chains import reads
    from enrich_cli.store.exporting import Fresh

    lifetime = timedelta(seconds=settings.lifetimes.of(tier))
    return Fresh(saved_after=now - lifetime, min_confidence=settings.min_confidence, reads=reads())


def _format(given: str | None, file: str | None, *, as_json: bool) -> str:
    """The format given with `--format`, else by the file's ending; `file` is None for standard output. Raises
    UsageProblem.
    """
    import sys

    from enrich_cli.cli.parsing import choice
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.outputs.formats import BINARY, FORMATS, format_of

    if given is not None:
        form = choice("format", given, list(FORMATS))
    elif file is not None:
        return format_of(file, FORMATS)
    else:
        form = "json" if as_json else "csv"
    if file is None and as_json and form != "json":
        raise UsageProblem(f"--json and --format {form} both want standard output; give -o a file")
    if file is None and form in BINARY and sys.stdout.isatty():
        raise UsageProblem(f"{form} can't be shown in a terminal; give -o a file")
    return form
