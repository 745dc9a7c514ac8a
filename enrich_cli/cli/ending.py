"""What is said at the end of a run."""

from __future__ import annotations

import typer
from rich.console import Console

from enrich_cli.cli.exit_codes import LIMIT_REACHED, SOME_FAILED, exit_code, nobody_to_ask
from enrich_cli.cli.log import Log
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.console.report import print_report, shortfall
from enrich_cli.console.report_json import report_json
from enrich_cli.databases.urls import is_url, shown
from enrich_cli.domain.report import Count, RunReport


def show_report(
    report: RunReport, options: RunOptions, log: Log, messages: Console, *, program: str, is_written: bool
) -> None:
    """Print the report where it belongs, and on standard error what else has to be said.

    `program`: as for `print_report`. `is_written`: the outputs are; if not, the error shown then says how to go on.
    """
    if options.as_json:
        typer.echo(report_json(report))
    elif options.report and not log.quiet:
        console = messages if options.output == "-" else Console()
        output = options.output
        where = shown(output) if output and is_url(output) else output
        rejects = str(options.rejects) if options.rejects else None
        print_report(report, console, output=where, rejects=rejects, is_written=is_written, program=program)
    if report.incomplete:
        log.failure(
            f"the source could not be read to the end: {report.incomplete}; "
            f"once it can, continue with --resume {report.run_id}"
        )
    if report.interrupted:
        # A run that shows one customer has no such option: the same command looks up what is missing.
        if is_written:
            log.say(f"interrupted: continue with --resume {report.run_id}" if options.report else "interrupted")
    elif nobody_to_ask(report):
        asked = (entry for entry in report.providers if entry.data_type not in report.skipped_types)
        reasons = dict.fromkeys(f"{entry.provider}: {entry.disabled}" for entry in asked)
        why = "; ".join(reasons) or "no provider serves the requested data types"
        hint = "" if any(entry.configured for entry in report.providers) else "; to try it without keys: --sandbox"
        log.failure(f"no provider could be asked: {why}{hint}")
    elif not options.report:
        _say_what_is_missing(report, log)
    elif log.quiet and not options.as_json and exit_code(report) in (SOME_FAILED, LIMIT_REACHED):
        # Nobody sees the report: what fails a scheduled run has to be said all the same.
        log.warning(shortfall(report))


def _say_what_is_missing(report: RunReport, log: Log) -> None:
    """Why the only customer of a run does not have all that was asked for."""
    failed = f"providers failed ({report.failures})" if report.failures else ""
    if report.customers[Count.OVER_QUOTA] or report.capped:
        also = f", and {failed}" if failed else ""
        log.failure(f"not everything could be looked up: the month's quota or budget is used up{also}")
    elif report.customers[Count.FAILED]:
        log.failure(f"{failed}, and nothing is known: try again later")
    elif report.customers[Count.PARTIAL]:
        log.warning(f"{failed}, so not everything is known: try again later")
