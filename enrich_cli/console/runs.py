"""Past runs, as lines and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from enrich_cli.console.counts import counts_in_words
from enrich_cli.console.layout import Phrases, set_in, with_commas
from enrich_cli.console.money import dollars, money_column
from enrich_cli.console.words import SYNTHETIC
from enrich_cli.domain.months import from_stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.times import Times
from enrich_cli.store.runs import PastRun

_STYLES = {"running": "cyan", "done": "green", "interrupted": "yellow", "crashed": "red"}


def runs_json(runs: Sequence[PastRun]) -> str:
    """One JSON document; with all counts, as in a run's report."""
    return json.dumps({"runs": [_entry(run) for run in runs]}, ensure_ascii=False)


def print_runs(runs: Sequence[PastRun], console: Console, times: Times) -> None:
    """Newest first, two lines each."""
    if any(run.sandbox for run in runs):
        console.print(Text(SYNTHETIC, style="bold yellow"))
    if not runs:
        console.print("no runs yet")
    rows = [(run.run_id, run.command, times.minute(from_stamp(run.started_at)), run.state) for run in runs]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    _, *costs = money_column("", [run.cost for run in runs])
    for run, row, cost in zip(runs, rows, costs, strict=True):
        cells = [Text(f"{text:<{width}}") for text, width in zip(row, widths, strict=True)]
        cells[-1].stylize(_STYLES[run.state])
        console.print(Phrases([Text("  ").join([*cells, Text(cost)])], ""))
        console.print(set_in(_landed(run), 4))


def _landed(run: PastRun) -> Phrases:
    counts = [*counts_in_words(run.counts).values()] or ["under way" if run.state == "running" else "no customers"]
    doubt = [f"· {dollars(run.in_doubt)} in doubt"] if run.in_doubt else []
    return Phrases([Text(phrase, style="dim") for phrase in with_commas(counts) + doubt], " ")


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
