"""Every screen at 80 and at 140 columns, as a new user sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

import httpx
import pytest
from msgspec.structs import replace
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from enrich_cli.console.check import check_lines
from enrich_cli.console.company_keys import key_lines
from enrich_cli.console.customer import customer_line, print_customer
from enrich_cli.console.forecast import BEFORE, Setup, print_forecast
from enrich_cli.console.layout import print_lines
from enrich_cli.console.overview import overview_lines
from enrich_cli.console.privacy import purged_lines, receipt_lines
from enrich_cli.console.progress import Progress
from enrich_cli.console.providers import print_providers
from enrich_cli.console.quota import quota_lines
from enrich_cli.console.report import print_report
from enrich_cli.console.runs import print_runs
from enrich_cli.console.sandbox import SERVING, base_url_lines
from enrich_cli.console.statistics import print_statistics
from enrich_cli.console.vendors import VendorStates
from enrich_cli.domain.report import Quota
from enrich_cli.domain.tier import Tier
from enrich_cli.domain.times import IN_UTC
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.pace import Pace
from enrich_cli.providers.catalog import PROVIDERS
from tests.console.conftest import Paper
from tests.console.example_customers import ADA, BOB
from tests.console.example_runs import (
    CAPPED,
    CLOSED,
    DONE,
    FORECAST,
    INTERRUPTED,
    NOW,
    PROPERTY,
    RUNS,
    SANDBOX,
    SOCIAL,
    quota,
)
from tests.console.example_set_up import KEYS, OVERVIEW, PURGED, RECEIPT, STANDINGS, STORE, entries
from tests.console.example_year import MONTHS, STATISTICS

Screen: TypeAlias = Callable[[Console], None]


def said(lines: list[str]) -> Screen:
    """What is told as lines, whatever the width."""
    return lambda console: print_lines(lines, console)


def in_a_terminal(*lines: str) -> Screen:
    """Lines that a terminal cuts short."""

    def screen(console: Console) -> None:
        width = console.width
        print_lines(lines, Console(file=console.file, width=width, force_terminal=True, color_system=None))

    return screen


def quota_screen(of: Quota, *, sandbox: bool = False) -> Screen:
    return said(quota_lines(of, NOW, IN_UTC, sandbox=sandbox))


class StillClock(Clock):
    time = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.time)

    def monotonic(self) -> float:
        return self.time


def live(console: Console) -> None:
    clock = StillClock()
    accounts = [
        Account(
            provider=one,
            base_url=one.base_url,
            auth=httpx.Auth(),
            pace=Pace(Departures(()), clock),
            timeout=30,
            price=one.price,
        )
        for one in PROVIDERS
    ]
    report = replace(DONE, customers=dict(DONE.customers))
    progress = Progress(
        report, VendorStates(accounts, max_pause=120, clock=clock, times=IN_UTC), expected=5_000, clock=clock
    )
    clock.time = 25.0
    accounts[0].closed = "the key was refused (status 401)"
    accounts[4].pace.pause(40)
    accounts[8].pace.pause(121)
    console.print(progress.panel(console.width))


SCREENS: Mapping[str, Screen] = {
    "live": live,
    "report of a run": lambda console: print_report(DONE, console, output="enriched.csv"),
    "report of an interrupted run": lambda console: print_report(INTERRUPTED, console, output="enriched.csv"),
    "report of a capped run": lambda console: print_report(CAPPED, console, output="enriched.csv"),
    "report with closed vendors": lambda console: print_report(CLOSED, console, output=None),
    "report of the sandbox": lambda console: print_report(SANDBOX, console, output=None),
    "plan": lambda console: print_forecast(
        FORECAST, console, BEFORE, mapping=DONE.mapping, quota=quota(Tier.ENTERPRISE, 1_234), setup=Setup()
    ),
    "dry run": lambda console: print_forecast(
        replace(FORECAST, unpriced=[]), console, mapping={}, quota=quota(Tier.PRO, 111), setup=Setup()
    ),
    "quota free": quota_screen(quota(Tier.FREE, 20, 3)),
    "quota nearly used up": quota_screen(quota(Tier.FREE, 49, 0, SOCIAL, PROPERTY)),
    "quota pro": quota_screen(quota(Tier.PRO, 111)),
    "quota enterprise": quota_screen(quota(Tier.ENTERPRISE, 12_345, 50)),
    "quota of the sandbox": quota_screen(quota(Tier.PRO, 500), sandbox=True),
    "stats": lambda console: print_statistics(STATISTICS, MONTHS, console),
    "show": lambda console: print_customer(ADA, console, NOW),
    "show compact": in_a_terminal(customer_line(ADA)),
    "show several": in_a_terminal(customer_line(ADA), customer_line(BOB)),
    "runs": lambda console: print_runs(RUNS, console, IN_UTC),
    "no runs": lambda console: print_runs([], console, IN_UTC),
    "providers": lambda console: print_providers(entries(configured=False), {}, console, sandbox=False),
    "providers checked": lambda console: print_providers(entries(configured=True), STANDINGS, console, sandbox=False),
    "whole": said(check_lines(STORE, [], sandbox=False)),
    "broken": said(
        check_lines(
            STORE,
            [
                "costs of acme in 2026-11: usage says $1234.50, the ledger $1234.40",
                "answers: row 7 of acme does not open",
            ],
            sandbox=False,
        )
    ),
    "overview": said(overview_lines(OVERVIEW, NOW, IN_UTC)),
    "first steps": said(
        overview_lines(
            replace(OVERVIEW, exists=False, configured=[], last_run=None, quota=quota(Tier.FREE, 0)),
            NOW,
            IN_UTC,
        )
    ),
    "forgotten": said(receipt_lines(RECEIPT)),
    "purged": said(purged_lines("acme", PURGED, IN_UTC)),
    "sandbox": said(
        [
            *base_url_lines({one.name: f"http://127.0.0.1:{place}" for place, one in enumerate(PROVIDERS, 41_193)}),
            *SERVING.splitlines(),
        ]
    ),
    "company keys": said(key_lines("acme", KEYS, IN_UTC)),
    "no company keys": said(key_lines("acme", [], IN_UTC)),
}


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    paper = Paper(width=width)
    SCREENS[name](paper.console)
    assert "\n".join(paper.lines) == snapshot
