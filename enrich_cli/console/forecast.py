"""What a dry run says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec
from rich.console import Console
from rich.text import Text

from enrich_cli.console import durations
from enrich_cli.console.layout import Phrases, set_in
from enrich_cli.console.money import dollars, expectation_json, expected
from enrich_cli.console.rejections import rejected_lines, rejections_json
from enrich_cli.console.report import mapping_words
from enrich_cli.console.words import SYNTHETIC, counted
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.rate import rate_text
from enrich_cli.domain.report import Quota
from enrich_cli.engine.dry_run import Forecast
from enrich_cli.engine.duration import CONCURRENCY, Duration
from enrich_cli.engine.tally import unpriced

DRY_RUN = "dry run: nothing was sent, nothing was written"
BEFORE = "before the first request"
"""Headings."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Which providers the run would ask, and what it would leave out."""

    sandbox: bool = False
    skipped_types: Mapping[DataType, str] = {}
    """The requested data types that the tier lacks, and why."""
    disabled: Mapping[str, str] = {}
    """The providers of the other types that would not be asked, and why."""


def forecast_json(forecast: Forecast, setup: Setup) -> str:
    """One JSON document (contract, *--dry-run*)."""
    return json.dumps(
        {
            "sandbox": setup.sandbox,
            "cached": forecast.cached,
            "to_look_up": forecast.to_look_up,
            "over_quota": forecast.over_quota,
            "rejected": forecast.rejections.number,
            "rejections": rejections_json(forecast.rejections),
            "suppressed": forecast.suppressed,
            **expectation_json(forecast.cost),
            "reach": {
                "customers": _reached(forecast),
                "of": forecast.to_reach,
                "quota": forecast.reach.quota,
                "cost": forecast.reach.cost,
            },
            "expected_duration_s": round(forecast.duration.seconds, 1),
            "bottleneck": forecast.duration.bottleneck,
            "providers": [
                {
                    "provider": load.provider,
                    "requests": load.requests,
                    "rate": rate_text(load.rate),
                    "seconds": load.seconds,
                }
                for load in forecast.duration.loads
            ],
            "unpriced": forecast.unpriced,
            "skipped_types": {kind.value: why for kind, why in setup.skipped_types.items()},
            "disabled": dict(setup.disabled),
        }
    )


def print_forecast(
    forecast: Forecast,
    console: Console,
    heading: str = DRY_RUN,
    *,
    mapping: Mapping[str, str],
    quota: Quota,
    setup: Setup,
) -> None:
    """Print the forecast for people. `mapping`: field → column. `quota`: as it is before the run.

    Only a dry run says what is left out; a real run's report will say it.
    """
    if setup.sandbox:
        console.print(Text(SYNTHETIC, style="bold yellow"))
    fates = _fates(forecast)
    console.print(Text(f"{heading}: {counted(sum(fates.values()), 'row')}", style="bold"))
    if renamed := mapping_words(mapping):
        console.print(set_in(renamed))
    told = (f"{number:,} {fate}" for fate, number in fates.items() if number or fate == "to look up")
    console.print(set_in(Phrases([Text(words) for words in told], "   ")))
    for line in (_costs(forecast), *_takes(forecast.duration), *_reach(forecast), _quota(forecast, quota)):
        console.print(set_in(line))
    for provider in forecast.unpriced:
        console.print(Text(f"note: {unpriced(provider)}", style="yellow"))
    if heading == DRY_RUN:
        for line in rejected_lines(forecast.rejections):
            console.print(line)
        for provider, why in setup.disabled.items():
            console.print(Text(f"{provider}: {why}", style="dim"))
        for kind, why in setup.skipped_types.items():
            console.print(Text(f"{kind.value} would be skipped: {why}", style="dim"))


def _fates(forecast: Forecast) -> dict[str, int]:
    return {
        "to look up": forecast.to_look_up,
        "cached": forecast.cached,
        "over quota": forecast.over_quota,
        "rejected": forecast.rejections.number,
        "suppressed": forecast.suppressed,
    }


def _costs(forecast: Forecast) -> Text:
    return Text(f"costs at most {dollars(forecast.cost.most)}; {expected(forecast.cost)}")


def _takes(duration: Duration) -> Iterator[Text]:
    if not duration.loads:
        return
    limit = ""
    if duration.bottleneck == CONCURRENCY:
        limit = f": {CONCURRENCY} limits it ({duration.at_once:,} lookups at once)"
    for load in duration.loads:
        if load.provider == duration.bottleneck:
            limit = f": {load.provider} limits it ({load.requests:,} requests at {rate_text(load.rate)})"
    yield Text(f"takes {durations.about(duration.seconds)}{limit}")


def _reach(forecast: Forecast) -> Iterator[Text]:
    bounds = (("quota", forecast.reach.quota), ("cost cap", forecast.reach.cost))
    reached = [f"{customers:,} by {bound}" for bound, customers in bounds if customers is not None]
    if reached and forecast.to_reach:
        customers = counted(forecast.to_reach, "customer")
        yield Text(f"enough for about {', '.join(reached)}, of {customers} to look up")


def _quota(forecast: Forecast, quota: Quota) -> Text:
    whose = f"{quota.company} ({quota.tier.value})"
    if quota.limit is None or quota.available is None:
        return Text(f"{whose}: unlimited")
    after = max(0, quota.available - forecast.to_look_up)
    return Text(f"{whose}: {quota.available:,} of {quota.limit:,} left this month, {after:,} or more after it")


def _reached(forecast: Forecast) -> int:
    bounds = (forecast.to_reach, forecast.reach.quota, forecast.reach.cost)
    return min(bound for bound in bounds if bound is not None)
