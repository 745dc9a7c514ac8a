"""What a dry run says."""

from __future__ import annotations

import json

from rich.console import Console

from enrich_cli.console.report import dollars, expectation_json, expected
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
            **expectation_json(forecast.cost),
            "reach": {
                "customers": _reached(forecast),
                "of": forecast.to_reach,
                "quota": forecast.reach.quota,
                "cost": forecast.reach.cost,
            },
            "unpriced": forecast.unpriced,
        }
    )


DRY_RUN = "dry run: nothing was sent, nothing was written"
BEFORE = "before the first request"


def print_forecast(forecast: Forecast, console: Console, heading: str = DRY_RUN) -> None:
    """The same for people."""
    console.print(heading, style="bold", highlight=False)
    console.print(
        f"  {forecast.to_look_up:,} to look up, {forecast.cached:,} cached, {forecast.over_quota:,} over quota,"
        f" {forecast.rejected:,} rejected, {forecast.suppressed:,} suppressed",
        highlight=False,
    )
    console.print(f"  costs at most {dollars(forecast.cost.most)}; {expected(forecast.cost)}", highlight=False)
    bounds = (("quota", forecast.reach.quota), ("cost cap", forecast.reach.cost))
    reached = [f"{customers:,} by {bound}" for bound, customers in bounds if customers is not None]
    if reached and forecast.to_reach:
        console.print(
            f"  enough for about {', '.join(reached)}, of {forecast.to_reach:,} customers to look up",
            highlight=False,
        )
    for provider in forecast.unpriced:
        console.print(f"note: {unpriced(provider)}", style="yellow", highlight=False)


def _reached(forecast: Forecast) -> int:
    bounds = (forecast.to_reach, forecast.reach.quota, forecast.reach.cost)
    return min(bound for bound in bounds if bound is not None)
