"""How a run is going. A fake clock moves; no terminal is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from enrich_cli.console.progress import PLAIN_LINE_SECONDS, Progress
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count, RunReport
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.pace import Departures, WindowPace
from enrich_cli.providers.catalog import PROVIDERS

if TYPE_CHECKING:
    from tests.console.conftest import Paper


class StepClock(Clock):
    """A sleep passes at once, and lasts as long as it should; after so many it lasts for ever."""

    def __init__(self) -> None:
        self.time = 0.0
        self.sleeps = 0

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
    return [
        Account(
            provider=provider,
            base_url=provider.base_url,
            auth=provider.auth("k3y"),
            pace=WindowPace(Departures(()), clock),
            timeout=30,
            price=provider.price,
        )
        for provider in PROVIDERS[:3]
    ]


@pytest.fixture
def progress(report: RunReport, accounts: list[Account], clock: StepClock) -> Progress:
    return Progress(report, accounts, expected=100, max_pause=120, clock=clock)


class TestLine:
    def test_it_says_how_far_how_fast_what_came_and_what_was_spent(self, progress: Progress, clock: StepClock) -> None:
        clock.time = 3.0
        assert progress.line() == (
            "9/100 rows, 3 rows/s, 1 rejected, 1 over quota, 1 partial, 1 failed, 3 enriched, 1 cached, 1 not found, "
            "spent $0.20"
        )

    def test_without_an_idea_of_the_whole_it_names_none(
        self, report: RunReport, accounts: list[Account], clock: StepClock
    ) -> None:
        progress = Progress(report, accounts, expected=None, max_pause=120, clock=clock)
        assert progress.line().startswith("9 rows, ")

    def test_it_names_vendors_that_are_not_well(self, progress: Progress, accounts: list[Account]) -> None:
        first, second, third = accounts
        first.closed = "the key was refused (status 401)"
        second.pace.pause(40)
        third.pace.pause(121)
        names = [account.provider.name for account in accounts]
        assert progress.line().endswith(
            f"spent $0.20, {names[0]} closed: the key was refused (status 401), {names[1]} paused 40 s, "
            f"{names[2]} paused too long"
        )


class TestPanel:
    def test_it_shows_the_bar_the_time_left_the_spend_and_each_vendor_s_health(
        self, progress: Progress, accounts: list[Account], clock: StepClock, paper: Paper
    ) -> None:
        clock.time = 9.0
        paper.console.print(progress.panel())
        top, health = paper.lines
        assert "9/100 rows  1/s  1:31 left  spent $0.20" in top
        assert health == "3 providers ok"

    def test_vendors_in_trouble_are_named_and_the_others_counted(
        self, progress: Progress, accounts: list[Account], paper: Paper
    ) -> None:
        accounts[1].closed = "the key was refused (status 401)"
        paper.console.print(progress.panel())
        assert paper.lines[1] == "fullcontact closed: the key was refused (status 401)  the other 2 providers ok"

    def test_it_fits_80_columns_and_hides_no_digit_of_a_large_run(
        self, report: RunReport, accounts: list[Account], clock: StepClock, paper: Paper
    ) -> None:
        report.customers[Count.ENRICHED] = 123_456
        report.providers[0].cost = Money(12_345_678_900)
        accounts[0].closed = "the key was refused (status 401), and more than that"
        clock.time = 100.0
        paper.console.print(Progress(report, accounts, expected=1_000_000, max_pause=120, clock=clock).panel())
        assert {"123,462/1,000,000", "$12,345.6789"} <= set(" ".join(paper.lines).split())

    def test_nothing_is_left_of_the_time_when_all_rows_have_landed(
        self, report: RunReport, accounts: list[Account], clock: StepClock, paper: Paper
    ) -> None:
        paper.console.print(Progress(report, accounts, expected=9, max_pause=120, clock=clock).panel())
        assert "left" not in paper.text


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
