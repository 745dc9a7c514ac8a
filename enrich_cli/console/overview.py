"""The state of things in a few lines: quota, providers, last run, next step. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap

import msgspec

from enrich_cli.console.counts import counts_in_words
from enrich_cli.console.durations import ago
from enrich_cli.console.quota import quota_lines
from enrich_cli.domain.months import from_stamp
from enrich_cli.domain.report import Count, Quota
from enrich_cli.domain.times import Times
from enrich_cli.store.runs import PastRun

_WIDTH = 80
_NAME_WIDTH = 10


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What `enrich-cli` alone shows: what is set up, and what was done last."""

    store: Path
    exists: bool
    synthetic: bool
    quota: Quota
    configured: Sequence[str]
    """Providers whose keys are set."""
    providers: int
    """How many providers there are."""
    last_run: PastRun | None
    program: str = "enrich-cli"
    """How commands begin that are about this store and company."""


def overview_lines(overview: Overview, now: datetime, times: Times) -> list[str]:
    """The quota as `quota` shows it, then what is set up, and the next sensible command."""
    keys = f"{len(overview.configured)} of {overview.providers} with a key"
    named = f"{keys}: {', '.join(overview.configured)}" if overview.configured else "none has a key yet"
    facts = {
        "store": str(overview.store) if overview.exists else f"{overview.store}, which the first run creates",
        "providers": named,
        "last run": "none yet" if overview.last_run is None else _run(overview.last_run, now),
    }
    return [
        *quota_lines(overview.quota, now, times, sandbox=overview.synthetic),
        "",
        *(line for name, text in facts.items() for line in _wrapped(name, text)),
        "",
        *_next(overview),
        "",
        "all commands: enrich-cli --help",
    ]


def _wrapped(name: str, text: str) -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=f"{name:<{_NAME_WIDTH}}",
        subsequent_indent=" " * _NAME_WIDTH,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _run(run: PastRun, now: datetime) -> str:
    landed = ", ".join(counts_in_words(run.counts).values())
    return f"{run.run_id}, {run.command} {run.state} {ago(now - from_stamp(run.started_at))}: {landed or 'nobody'}"


def _next(overview: Overview) -> Iterator[str]:
    run, quota, program = overview.last_run, overview.quota, overview.program
    sandbox = " --sandbox" if overview.synthetic else ""
    if not overview.configured and not overview.synthetic:
        yield "try it without any key, with synthetic data:"
        yield f"  {program} enrich customers.csv --sandbox"
        yield "then set a provider's key, such as HUNTER_API_KEY, in .env.local; to list them:"
        yield f"  {program} providers"
    elif run is not None and run.can_be_resumed:
        if run.command == "enrich":
            yield "continue the last run where it stopped, with the same SOURCE:"
            yield f"  {program} enrich SOURCE --resume last{sandbox}"
        else:
            # Without its SOURCE, if it had one, or what chose its customers it would be another refresh.
            yield "continue the last run where it stopped: give the same refresh again, with"
            yield "--resume last"
    elif quota.available == 0:
        yield "this month's quota is used up; what is stored can still be exported:"
        yield f"  {program} export -o enriched.csv"
    elif run is None:
        yield "see what a run would do and cost, without sending anything:"
        yield f"  {program} enrich customers.csv --dry-run{sandbox}"
    elif run.counts.get(Count.FAILED) or run.counts.get(Count.PARTIAL):
        yield "look up again what failed:"
        yield f"  {program} refresh --failed{sandbox}"
    else:
        yield "look up again what is no longer fresh, for at most $5:"
        yield f"  {program} refresh --expired --max-cost 5{sandbox}"
