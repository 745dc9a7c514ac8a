"""Statistics for people: five figures, the months with their quota, the providers with their trend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from enrich_cli.console.layout import Figures
from enrich_cli.console.money import about, dollars, money_column
from enrich_cli.console.quota import bar
from enrich_cli.console.words import SYNTHETIC
from enrich_cli.domain.statistics import Lookups, Month, Statistics

_BAR_WIDTH = 10
_UNKNOWN = "-"
_LEVELS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"


def print_statistics(statistics: Statistics, months: Sequence[str], console: Console) -> None:
    """`months`: all months that the figures cover, including empty ones, oldest first."""
    if statistics.sandbox:
        console.print(Text(SYNTHETIC, style="bold yellow"))
    span = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
    console.print(Text(f"{statistics.quota.company} · {span}", style="bold"))
    console.print(_figures(statistics))
    console.print()
    console.print(_months(statistics))
    if statistics.lookups:
        console.print()
        console.print(_providers(statistics, months))


def sparkline(values: Sequence[int]) -> str:
    """One character per value: `·` for nothing, else a bar in proportion to the highest."""
    highest = max(values, default=0)
    return "".join(_LEVELS[(len(_LEVELS) * value - 1) // highest] if value else _NOTHING for value in values)


def percent(share: float | None) -> str:
    """`87%`, or a dash if nothing was tried; 100% only if it is exactly that."""
    if share is None:
        return _UNKNOWN
    return f"{min(round(100 * share), 99 if share < 1 else 100)}%"


def _figures(statistics: Statistics) -> Figures:
    total = statistics.total
    lookups = sum(statistics.lookups.values(), Lookups())
    figures = {
        "enrichments": f"{total.enrichments:,}",
        "success": percent(total.success_rate),
        "from cache": percent(total.cache_hit_rate),
        "per enrichment": _UNKNOWN if total.cost_per_enrichment is None else about(total.cost_per_enrichment),
        "p50 ms": _milliseconds(lookups, 0.5),
        "p95 ms": _milliseconds(lookups, 0.95),
        "cost": dollars(total.api_costs),
    }
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in figures:
        table.add_column(name, no_wrap=True)
    table.add_row(*figures.values(), style="bold")
    return Figures(table, named=False)


def _months(statistics: Statistics) -> Figures:
    cost, *costs = money_column("cost", [month.activity.api_costs for month in statistics.months])
    table = _table("month", "tier", "quota", "used", "success", "cached", "p50 ms", "p95 ms", left=3, money=[cost])
    for month, spent in zip(statistics.months, costs, strict=True):
        lookups, used = statistics.of_month(month.month), f"{month.activity.enrichments:,}"
        table.add_row(
            month.month,
            month.tier.value,
            Text(_bar(month), style="cyan"),
            used if month.limit is None else f"{used}/{month.limit:,}",
            percent(month.activity.success_rate),
            percent(month.activity.cache_hit_rate),
            _milliseconds(lookups, 0.5),
            _milliseconds(lookups, 0.95),
            spent,
        )
    return Figures(table)


def _bar(month: Month) -> str:
    if not month.limit:
        return "unlimited"
    return bar(month.activity.enrichments, month.limit, _BAR_WIDTH)


def _providers(statistics: Statistics, months: Sequence[str]) -> Figures:
    by_provider = statistics.by_provider
    cost, *costs = money_column("cost", [lookups.cost for lookups in by_provider.values()])
    doubt, *doubts = money_column("in doubt", [lookups.in_doubt or None for lookups in by_provider.values()])
    money = dict(zip(by_provider, zip(costs, doubts, strict=True), strict=True))
    names = ("provider", "cost by month", "lookups", "found", "p50 ms", "p95 ms")
    table = _table(*names, left=2, money=[cost, doubt])
    for data_type, providers in groupby(by_provider.items(), key=lambda one: one[0].data_type):
        table.add_row(Text(data_type.value, style="bold"))
        for provider, lookups in providers:
            spent = [statistics.lookups.get((month, provider), Lookups()) for month in months]
            table.add_row(
                f"  {provider.provider}",
                Text(sparkline([(one.cost + one.in_doubt).micros for one in spent]), style="cyan"),
                f"{lookups.number:,}",
                percent(lookups.success_rate),
                _milliseconds(lookups, 0.5),
                _milliseconds(lookups, 0.95),
                *money[provider],
            )
    return Figures(table)


def _table(*columns: str, left: int, money: Sequence[str]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="left" if place < left else "right", no_wrap=True)
    for name in money:
        table.add_column(name, no_wrap=True)
    return table


def _milliseconds(lookups: Lookups, share: float) -> str:
    latency = lookups.latency(share)
    return _UNKNOWN if latency is None else f"{latency:,}"
