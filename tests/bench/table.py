"""Results for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tests.bench.result import Result, Spread

_QUICK = "a quick look, at smaller sizes; the goals are those of the full ones"


def table(results: Sequence[Result], *, quick: bool = False) -> Table:
    """A line for each benchmark: medians with lowest and highest, and how the ratio stands to its goal."""
    shown = Table(caption=_QUICK if quick else None, pad_edge=False, show_lines=True)
    shown.add_column("benchmark", ratio=1)
    for name in ("ours", "reference", "ratio", "goal", "rounds"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    for result in results:
        shown.add_row(_named(result), *(_failed(result) if result.failure else _measured(result)))
    return shown


def closing_line(results: Sequence[Result]) -> str:
    """How many goals were met, and which were not."""
    ran = [result for result in results if not result.failure]
    missed = [f"{one.benchmark.name} {one.ratio.median:.3g} ({one.benchmark.goal})" for one in ran if not one.is_met]
    line = f"{len(ran) - len(missed)} of {len(ran)} goals met"
    line += f"; missed: {', '.join(missed)}" if missed else ""
    failed = [result.benchmark.name for result in results if result.failure]
    return f"{line}; did not run: {', '.join(failed)}" if failed else line


def _named(result: Result) -> Group:
    benchmark = result.benchmark
    return Group(Text(benchmark.name, "bold"), benchmark.told(result.size), Text(f"against {benchmark.against}", "dim"))


def _measured(result: Result) -> tuple[Text | str, ...]:
    unit = result.benchmark.unit
    fewer = f" of {result.asked_rounds}" if result.rounds < result.asked_rounds else ""
    verdict = Text("met", "green") if result.is_met else Text("missed", "bold red")
    return (
        _figures(Spread.of(result.ours), unit),
        _figures(Spread.of(result.reference), unit),
        _figures(result.ratio, ""),
        str(result.benchmark.goal),
        f"{result.rounds}{fewer}",
        verdict,
    )


def _figures(spread: Spread, unit: str) -> str:
    return f"{figure(spread.median)} {unit}\n{figure(spread.lowest)} to {figure(spread.highest)}"


def figure(value: float) -> str:
    """Three digits that matter, none behind the point of large figures."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _failed(result: Result) -> tuple[Text | str, ...]:
    return ("", "", "", str(result.benchmark.goal), "0", Text(f"did not run:\n{result.failure}", "red"))
