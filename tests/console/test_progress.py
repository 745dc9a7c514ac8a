"""How a run is going. A fake clock moves; no terminal is needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import httpx
import pytest

from enrich_cli.console.progress import PLAIN_LINE_SECONDS, Progress
from enrich_cli.console.vendors import VendorStates
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count, RunReport
from enrich_cli.domain.times import IN_UTC
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.pace import Pace
from enrich_cli.providers.catalog import PROVIDERS
from tests.console.conftest import Paper


class StepClock(Clock):
    """A sleep passes at once, and lasts as long as it should; after so many it lasts for ever."""

    def __init__(self) -> None:
        self.time = 0.0
        self.sleeps = 0

    def now(self) -> datetime:
        return datetime(2026, 11, 3, 9, 30, tzinfo=UTC) + timedelta(seconds=self.time)

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        if not self.sleeps:
            await anyio.sleep_forever()
        self.sleeps -= 1
        self.time += seconds
        await anyio.lowlevel.checkpoint()


@pytest.fixture
def clock() -> StepClock:
    return StepClock()


@pytest.fixture
def accounts(clock: StepClock) -> list[Account]:
    """With every vendor there is."""
    return [
        Account(
            provider=provider,
            base_url=provider.base_url,
            auth=httpx.Auth(),
            pace=Pace(Departures(()), clock),
            timeout=30,
            price=provider.price,
        )
        for provider in PROVIDERS
    ]


@pytest.fixture
def vendors(accounts: list[Account], clock: StepClock) -> VendorStates:
    return VendorStates(accounts, max_pause=120, clock=clock, times=IN_UTC)


@pytest.fixture
def progress(report: RunReport, vendors: VendorStates, clock: StepClock) -> Progress:
    return Progress(report, vendors, expected=100, clock=clock)


class TestLine:
    def test_it_says_how_far_how_fast_what_was_spent_and_what_came(self, progress: Progress, clock: StepClock) -> None:
        clock.time = 3.0
        assert progress.line() == (
            "9/100 rows, 3.0/s, 0:30 left, spent $0.20, hit rate 67%, "
            "1 rejected, 1 over quota, 1 partial, 1 failed, 3 enriched, 1 cached, 1 not found"
        )

    def test_without_an_idea_of_the_whole_it_names_none(
        self, report: RunReport, vendors: VendorStates, clock: StepClock
    ) -> None:
        assert Progress(report, vendors, expected=None, clock=clock).line().startswith("9 rows, ")

    @pytest.mark.parametrize(("expected", "rows"), [(None, "1 row"), (1, "1/1 row")])
    def test_one_row_is_no_plural(
        self, report: RunReport, vendors: VendorStates, clock: StepClock, expected: int | None, rows: str
    ) -> None:
        report.customers = dict.fromkeys(report.customers, 0) | {Count.ENRICHED: 1}
        assert Progress(report, vendors, expected=expected, clock=clock).line().startswith(f"{rows}, ")

    def test_it_names_vendors_that_are_not_well(self, progress: Progress, accounts: list[Account]) -> None:
        accounts[0].closed = "the key was refused (status 401)"
        accounts[1].pace.pause(40)
        names = [account.provider.name for account in accounts]
        assert progress.line().endswith(
            f"1 not found, {names[0]} closed: the key was refused (status 401), {names[1]} paused until 09:30:40"
        )


class TestPanel:
    def test_it_shows_time_left_rate_spend_hit_rate_and_how_each_vendor_does(
        self, progress: Progress, clock: StepClock, paper: Paper
    ) -> None:
        clock.time = 9.0
        paper.console.print(progress.panel(80))
        top, money, *states = paper.lines
        assert "9/100 rows  1.0/s  1:31 left" in top
        assert money.startswith("spent $0.20  hit rate 67%  1 rejected")
        assert " ".join(states).split() == [word for one in PROVIDERS for word in (one.name, "ok")]

    def test_hours_are_told_as_such(
        self, report: RunReport, vendors: VendorStates, clock: StepClock, paper: Paper
    ) -> None:
        progress = Progress(report, vendors, expected=7_540, clock=clock)
        clock.time = 9.0
        paper.console.print(progress.panel(80))
        assert "2:05:31 left" in paper.lines[0]

    def test_nothing_is_left_of_the_time_when_all_rows_have_landed(
        self, report: RunReport, vendors: VendorStates, clock: StepClock, paper: Paper
    ) -> None:
        paper.console.print(Progress(report, vendors, expected=9, clock=clock).panel(80))
        assert "left" not in paper.text

    def test_who_is_closed_has_a_line_for_the_reason(
        self, progress: Progress, accounts: list[Account], paper: Paper
    ) -> None:
        accounts[1].closed = "the key was refused (status 401)"
        paper.console.print(progress.panel(80))
        assert paper.lines[-1] == "fullcontact    closed: the key was refused (status 401)"

    @pytest.mark.parametrize("columns", [20, 40, 79, 80, 140])
    @pytest.mark.parametrize("trouble", ["none", "paused", "closed"])
    def test_no_line_of_it_is_ever_wrapped(
        self,
        report: RunReport,
        accounts: list[Account],
        vendors: VendorStates,
        clock: StepClock,
        columns: int,
        trouble: str,
    ) -> None:
        report.customers |= dict.fromkeys(Count, 123_456)
        report.providers[0].cost = Money(12_345_678_900)
        for account in accounts:
            if trouble == "closed":
                account.closed = "the key was refused (status 401), and much more than that, as some like to tell"
            elif trouble == "paused":
                account.pace.pause(121)
        progress = Progress(report, vendors, expected=1_000_000, clock=clock)
        clock.time = 100.0
        paper = Paper(terminal=True, width=columns)
        paper.console.print(progress.panel(columns))
        a_row = 2 if columns >= 79 and trouble != "closed" else 1
        assert len(paper.lines) == 2 + len(PROVIDERS) // a_row

    def test_it_hides_no_digit_of_a_large_run(
        self, report: RunReport, vendors: VendorStates, clock: StepClock, paper: Paper
    ) -> None:
        report.customers[Count.ENRICHED] = 123_456
        report.providers[0].cost = Money(12_345_678_900)
        progress = Progress(report, vendors, expected=1_000_000, clock=clock)
        clock.time = 100.0
        paper.console.print(progress.panel(80))
        assert {"123,462/1,000,000", "1,235/s", "$12,345.6789"} <= set(" ".join(paper.lines).split())


class TestShown:
    async def test_without_a_terminal_a_plain_line_is_written_every_few_seconds(
        self, progress: Progress, clock: StepClock, paper: Paper
    ) -> None:
        clock.sleeps = 2
        async with progress.shown(paper.console):
            await _all_wait()
        assert clock.time == 2 * PLAIN_LINE_SECONDS
        assert [line.split(", ")[0] for line in paper.text.splitlines()] == ["9/100 rows", "9/100 rows"]
        assert "\x1b" not in paper.text

    async def test_a_run_that_is_over_before_writes_nothing(self, progress: Progress, paper: Paper) -> None:
        async with progress.shown(paper.console):
            await _all_wait()
        assert paper.text == ""

    async def test_in_a_terminal_a_panel_moves_and_is_gone_at_the_end(
        self, progress: Progress, report: RunReport, clock: StepClock, terminal: Paper
    ) -> None:
        clock.sleeps = 1
        async with progress.shown(terminal.console):
            report.customers[Count.ENRICHED] = 50
            await _all_wait()
            assert "56/100 rows" in terminal.text
        assert terminal.text.endswith("\x1b[1A\x1b[2K")

    async def test_what_goes_wrong_meanwhile_is_not_swallowed(self, progress: Progress, paper: Paper) -> None:
        with pytest.raises(ExceptionGroup) as raised:
            async with progress.shown(paper.console):
                raise ValueError("of the run")
        assert raised.group_contains(ValueError, match="of the run")


async def _all_wait() -> None:
    for _ in range(50):
        await anyio.lowlevel.checkpoint()
