"""How a run is going, while it goes: a live panel in a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from enrich_cli.console.report import dollars
from enrich_cli.domain.report import Count, RunReport
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock

PLAIN_LINE_SECONDS = 5.0
_REFRESH_SECONDS = 0.125


class Progress:
    """Looks at the report in the making, and never touches it."""

    def __init__(
        self, report: RunReport, accounts: Sequence[Account], *, expected: int | None, max_pause: float, clock: Clock
    ) -> None:
        self._report = report
        self._accounts = accounts
        self._expected = expected
        self._max_pause = max_pause
        self._clock = clock
        self._began = clock.monotonic()

    @asynccontextmanager
    async def shown(self, console: Console) -> AsyncIterator[None]:
        """Show it for as long as the block lasts."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(
                self._panel if console.is_terminal and not console.is_dumb_terminal else self._lines, console
            )
            try:
                yield
            finally:
                tasks.cancel_scope.cancel()

    async def _panel(self, console: Console) -> None:
        with Live(self.panel(), console=console, auto_refresh=False, transient=True) as live:
            while True:
                await self._clock.sleep(_REFRESH_SECONDS)
                live.update(self.panel(), refresh=True)

    async def _lines(self, console: Console) -> None:
        while True:
            await self._clock.sleep(PLAIN_LINE_SECONDS)
            console.print(self.line(), soft_wrap=True, highlight=False, markup=False)

    @property
    def _landed(self) -> int:
        return sum(self._report.customers.values())

    @property
    def _rate(self) -> float:
        return self._landed / max(self._clock.monotonic() - self._began, 0.001)

    def line(self) -> str:
        """One plain line."""
        of = f"/{self._expected:,}" if self._expected else ""
        counts = self._report.customers
        parts = [
            f"{self._landed:,}{of} rows",
            f"{self._rate:,.0f} rows/s",
            *(f"{counts[count]:,} {count.value.replace('_', ' ')}" for count in Count if counts[count]),
            f"spent {dollars(self._report.cost)}",
            *(f"{name} {state}" for name, state in self._health() if state != "ok"),
        ]
        return ", ".join(parts)

    def panel(self) -> Group:
        """The bar with rate, time left and spend, and below it each vendor's health."""
        left = ""
        if self._expected and self._landed and self._expected > self._landed:
            seconds = round((self._expected - self._landed) / self._rate)
            left = f"  {seconds // 60}:{seconds % 60:02} left"
        numbers = Text(
            f"{self._landed:,}{f'/{self._expected:,}' if self._expected else ''} rows  {self._rate:,.0f}/s{left}"
        )
        numbers.append(f"  spent {dollars(self._report.cost)}", style="bold")
        top = Table.grid(padding=(0, 1))
        top.add_row(
            ProgressBar(total=self._expected, completed=self._landed, width=24, pulse=not self._expected), numbers
        )
        trouble = [Text(f"{name} {state}", style="yellow") for name, state in self._health() if state != "ok"]
        fine = [name for name, state in self._health() if state == "ok"]
        if fine:
            others = f"{'the other ' if trouble else ''}{len(fine)} providers ok" if len(fine) > 1 else f"{fine[0]} ok"
            trouble.append(Text(others, style="green"))
        return Group(top, Text("  ").join(trouble))

    def _health(self) -> list[tuple[str, str]]:
        return [(account.provider.name, self._state(account)) for account in self._accounts]

    def _state(self, account: Account) -> str:
        if account.closed:
            return f"closed: {account.closed}"
        if (pause := account.pace.paused_for()) > 0:
            return "paused too long" if pause > self._max_pause else f"paused {pause:.0f} s"
        return "ok"
