"""Past runs, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from enrich_cli.console.report import dollars
from enrich_cli.domain.report import Count
from enrich_cli.store.runs import PastRun

_STYLES = {"running": "cyan", "done": "green", "interrupted": "yellow", "crashed": "red"}


def runs_json(runs: Sequence[PastRun]) -> str:
    """One JSON document; of the counts every one, as in a run's report."""
    return json.dumps({"runs": [_entry(run) for run in runs]}, ensure_ascii=False)


def print_runs(runs: Sequence[PastRun], console: Console) -> None:
    """The newest first."""
    if not runs:
        console.print("no runs yet")
        return
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("run", "command", "started (UTC)", "state"):
        table.add_column(name, no_wrap=True)
    table.add_column("customers", overflow="fold")
    table.add_column("cost", justify="right", no_wrap=True)
    for run in runs:
        table.add_row(
            run.run_id,
            f"{run.command} (sandbox)" if run.sandbox else run.command,
            run.started_at[:16].replace("T", " "),
            Text(run.state, style=_STYLES[run.state]),
            ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in run.counts.items()),
            dollars(run.cost) + (f" + {dollars(run.in_doubt)} in doubt" if run.in_doubt else ""),
        )
    console.print(table)


def _entry(run: PastRun) -> dict[str, object]:
    return {
        "run_id": run.run_id,
        "command": run.command,
        "state": run.state,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "sandbox": run.sandbox,
        "resumes": list(run.resumes),
        "customers": {count.value: run.counts.get(count, 0) for count in Count},
        "cost_usd": str(run.cost),
        "in_doubt_usd": str(run.in_doubt),
    }
