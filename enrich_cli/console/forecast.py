"""What a dry run says."""

from __future__ import annotations

import json

from rich.console import Console

from enrich_cli.console.report import dollars
from enrich_cli.engine.dry_run import Forecast
from enrich_cli.engine.tally import unpriced


def forecast_json(forecast: Forecast) -> str:
    """One JSON document (contract, *--dry-run*)."""
    return json.dumps(
        {
            "cached": forecast.cached,
            "to_look_up": forecast.to_look_up,
            "over_quota": forecast.over_quota,
            "rejected": forecast.rejected,
            "suppressed": forecast.suppressed,
            "cost_max_usd": str(forecast.cost_max),
            "cost_expected_usd": str(forecast.cost_expected),
            "interval_usd": [str(bound) for bound in forecast.interval],
            "unpriced": forecast.unpriced,
        }
    )


def print_forecast(forecast: Forecast, console: Console) -> None:
    """The same for people."""
    low, high = forecast.interval
    console.print("[bold]dry run:[/bold] nothing was sent, nothing was written", highlight=False)
    console.print(
        f"  {forecast.to_look_up:,} to look up, {forecast.cached:,} cached, {forecast.over_quota:,} over quota,"
        f" {forecast.rejected:,} rejected, {forecast.suppressed:,} suppressed",
        highlight=False,
    )
    console.print(
        f"  costs at most {dollars(forecast.cost_max)}; expected {dollars(forecast.cost_expected)}"
        f" (80 %: {dollars(low)} to {dollars(high)})",
        highlight=False,
    )
    for provider in forecast.unpriced:
        console.print(f"note: {unpriced(provider)}", style="yellow", highlight=False)
