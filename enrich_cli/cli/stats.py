"""`enrich-cli stats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import OutputFile, SandboxStore

if TYPE_CHECKING:
    from enrich_cli.domain.statistics import Statistics

_FORMATS = ("table", "json", "csv", "prometheus")
_FOR_ALL_TO_READ = 0o644
"""Mode of a statistics file: metrics are collected by another user, and the figures are not personal."""


def command(
    context: typer.Context,
    months: Annotated[
        int, typer.Option("--months", metavar="N", min=1, max=1200, help="How many months to show, this one included.")
    ] = 12,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="table, json, csv or prometheus. [default: table]",
            autocompletion=completion.one_of(*_FORMATS),
        ),
    ] = None,
    output: OutputFile = None,
    sandbox: SandboxStore = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Statistics: usage by month and tier, success, cache hits, latency, and what each provider and enrichment cost.

    Success is the share of looked-up customers for whom something was found; cached is the share of customers in ended
    runs who were served from the store. The cost of an enrichment includes charges in doubt.

    The counters of --format prometheus cover all time, whatever --months says; its rates and latencies do not.

    Examples:

        enrich-cli stats

        enrich-cli --company acme stats --months 3 --json

        enrich-cli stats --format prometheus -o enrich_cli.prom
    """
    from datetime import UTC, datetime

    from enrich_cli.cli.overwriting import refuse_the_store
    from enrich_cli.cli.parsing import choice
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.domain.months import last_months
    from enrich_cli.settings import Settings
    from enrich_cli.store.statistics import read_statistics

    chosen = choice("format", format_name or ("json" if as_json else "table"), _FORMATS)
    if as_json and chosen != "json":
        raise UsageProblem(f"--json and --format {chosen} are two formats; give one of them")
    options: Context = context.obj
    settings = Settings.load()
    now = datetime.now(UTC)
    span = last_months(now, months)
    path, company = options.store_and_company(settings, sandbox=sandbox)
    refuse_the_store("-o", output, path)
    statistics = read_statistics(path, company, now, since="" if chosen == "prometheus" else span[0])
    if chosen != "table":
        _put(_for_programs(chosen, statistics, since=span[0]), output)
    elif output is not None or not options.quiet:
        import io

        from rich.console import Console

        from enrich_cli.console.statistics import print_statistics

        file = io.StringIO() if output else None
        print_statistics(statistics, span, Console(file=file))
        if file:
            _put(file.getvalue(), output)


def _for_programs(form: str, statistics: Statistics, *, since: str) -> str:
    if form == "prometheus":
        from enrich_cli.console.prometheus import prometheus

        return prometheus(statistics, statistics.since(since))
    from enrich_cli.console.statistics_data import statistics_csv, statistics_json

    return statistics_csv(statistics) if form == "csv" else f"{statistics_json(statistics)}\n"


def _put(text: str, output: Path | None) -> None:
    """Write to standard output or a file. Raises OutputError or WritingFailed."""
    if output is None or str(output) == "-":
        typer.echo(text, nl=False)
        return
    from contextlib import closing

    from enrich_cli.outputs.whole_file import WholeFile

    with closing(WholeFile(output, mode=_FOR_ALL_TO_READ)) as file:
        file.write(text.encode())
