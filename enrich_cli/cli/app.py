"""The program: its global options, its commands, and the one place where errors are shown."""

from __future__ import annotations

import errno
import io
import os
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from enrich_cli import __version__
from enrich_cli.cli import completion
from enrich_cli.cli.commands import Program
from enrich_cli.cli.context import Context
from enrich_cli.cli.env_files import warn_of_open_ones
from enrich_cli.cli.exit_codes import INTERRUPTED
from enrich_cli.cli.interrupts import raising_signals
from enrich_cli.cli.log import Log
from enrich_cli.cli.manual import EPILOG
from enrich_cli.cli.option_types import file_path
from enrich_cli.cli.parsing import choice, company_id
from enrich_cli.cli.standard_error import go_on_unheard
from enrich_cli.domain.errors import ReaderLeft, ShownError, UsageProblem
from enrich_cli.domain.times import IN_UTC, LOCAL, has_local_time

app = typer.Typer(
    name="enrich-cli",
    help="Enrich customers from outside data providers, within a monthly quota, with every dollar booked.",
    cls=Program,
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"enrich-cli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            parser=file_path,
            metavar="PATH",
            help="The store's file. [ENRICHMENT_DB; default: enrichment.db in your data folder]",
        ),
    ] = None,
    company: Annotated[
        str | None,
        typer.Option(
            "--company",
            metavar="ID",
            help="Whose customers, tier and quota to use. [ENRICHMENT_COMPANY; default: default]",
            autocompletion=completion.companies,
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Log each lookup, and show where an unexpected error came from.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only errors and warnings.")] = False,
    log_format: Annotated[
        str,
        typer.Option(
            "--log-format",
            metavar="FORMAT",
            help="Write standard error as text or as json, one event per line.",
            autocompletion=completion.one_of("text", "json"),
        ),
    ] = "text",
    utc: Annotated[
        bool, typer.Option("--utc", help="Show times in UTC. [default: local time; JSON is always in UTC]")
    ] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Allow a NAME_BASE_URL with plain http to another machine.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The options before the command; without a command, an overview is shown."""
    times = IN_UTC if utc else LOCAL
    as_json = choice("log format", log_format, ("text", "json")) == "json"
    log = Log(as_json=as_json, verbose=verbose, quiet=quiet, times=times)
    if isinstance(context.obj, ErrorOutput):
        context.obj.log = log
    if not utc and not has_local_time():
        raise UsageProblem("TZ is no time zone: set it to one such as Europe/Berlin, or show times in UTC with --utc")
    warn_of_open_ones(log)
    context.obj = Context(db=db, company=company_id(company), quiet=quiet, log=log, insecure=insecure, times=times)
    if context.invoked_subcommand is None:
        from enrich_cli.cli import overview

        overview.show(context.obj)


@dataclass(slots=True)
class ErrorOutput:
    """Where errors are shown; its log is replaced by the configured one as soon as the options are understood."""

    log: Log


def main() -> NoReturn:
    """Run this process's command line, and exit."""
    _open_closed_streams()
    go_on_unheard()
    _escape_what_cant_be_encoded()
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or 1
    # All is done. A regular exit would take a fifth of a quick command's time, and would wait for a thread that is
    # blocked on a silent standard input.
    os._exit(code)


def _open_closed_streams() -> None:
    """Open standard streams that were closed (`>&-`) on `/dev/null`, so that no file of ours gets their descriptors."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 it stays open


def _escape_what_cant_be_encoded() -> None:
    """Escape what the stream's encoding can't express, or undecodable bytes of a file name, rather than fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _wants_json(arguments: list[str]) -> bool:
    """Whether errors should be JSON, judged by the words alone, since the line may be invalid."""
    return "--log-format=json" in arguments or ("--log-format", "json") in pairwise(arguments)


def _working_directory_is_gone() -> bool:
    """Has the working directory been deleted?"""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _trouble_of_the_machine(error: Exception) -> ShownError | None:
    """What is wrong, if the program itself can't be blamed."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return ShownError("the disk is full, so writing stopped; what was saved before is safe")
    if isinstance(error, FileNotFoundError) and _working_directory_is_gone():
        return UsageProblem("the working directory no longer exists; change to another one")
    return None


def run(arguments: list[str]) -> int:
    """Run a command line and return the exit code. Every error is shown here, and nowhere else."""
    errors = ErrorOutput(Log(as_json=_wants_json(arguments)))
    try:
        with raising_signals():
            outcome = get_command(app).main(arguments, prog_name="enrich-cli", standalone_mode=False, obj=errors)
    except typer.TyperException as error:
        from enrich_cli.cli.misuse import misuse

        errors.log.failure(misuse(error, arguments))
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        errors.log.failure("interrupted")
        return INTERRUPTED
    except (ReaderLeft, BrokenPipeError):
        return ReaderLeft.exit_code
    except ShownError as error:
        errors.log.failure(str(error))
        return error.exit_code
    except Exception as error:
        if trouble := _trouble_of_the_machine(error):
            errors.log.failure(str(trouble))
            return trouble.exit_code
        if errors.log.verbose:
            raise
        errors.log.failure(
            f"unexpected error ({type(error).__name__}): run again with -v to see where; this is a bug worth reporting"
        )
        return 1
    return outcome if isinstance(outcome, int) else 0
