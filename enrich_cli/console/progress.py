"""How a run is going: a live panel in a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from rich.console import Console, Group
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from enrich_cli.console.counts import counts_in_words
from enrich_cli.console.live_lines import live_lines
from enrich_cli.console.money import dollars
from enrich_cli.console.speed import Speed
from enrich_cli.console.statistics import percent
from enrich_cli.console.vendors import Health, VendorState, VendorStates
from enrich_cli.console.words import counted
from enrich_cli.domain.report import Count, RunReport
from enrich_cli.gateway.clock import Clock

PLAIN_LINE_SECONDS = 5.0
_REFRESH_SECONDS = 0.125
_WIDEST = 79
"""Columns. A wider terminal may be made narrower without breaking a line that was drawn."""
_BAR = 24
_CELL = len("opencorporates skipped until 12:34:56")
_GAP = 2
"""Columns of the bar, of a vendor's state, and between two of those."""
_STYLES = {
    Health.OK: "green",
    Health.SLOWED: "cyan",
    Health.PAUSED: "yellow",
    Health.SKIPPED: "yellow",
    Health.CLOSED: "red",
}


class Progress:
    """Reads the report in the making, and never changes it."""

    def __init__(self, report: RunReport, vendors: VendorStates, *, expected: int | None, clock: Clock) -> None:
        self._report = report
        self._vendors = vendors
        self._expected = expected
        self._clock = clock
        self._speed = Speed(clock.monotonic())

    @asynccontextmanager
    async def shown(self, console: Console) -> AsyncIterator[None]:
        """Show it as long as the block lasts."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(
                self._panel if console.is_terminal and not console.is_dumb_terminal else self._lines, console
            )
            try:
                yield
            finally:
                tasks.cancel_scope.cancel()

    async def _panel(self, console: Console) -> None:
        with live_lines(self.panel, console) as draw_again:
            while True:
                await self._clock.sleep(_REFRESH_SECONDS)
                draw_again()

    async def _lines(self, console: Console) -> None:
        while True:
            await self._clock.sleep(PLAIN_LINE_SECONDS)
            console.print(self.line(), soft_wrap=True, highlight=False, markup=False)

    def line(self) -> str:
        """The progress as one plain line."""
        trouble = (state for state in self._vendors.states() if state.health is not Health.OK)
        parts = [*self._pace(), *self._money(), *self._counts(), *(f"{one.vendor} {one.words}" for one in trouble)]
        return ", ".join(parts)

    def panel(self, columns: int) -> Group:
        """The bar with rate and time left, then money and counts, then each vendor's state.

        No line is longer than the columns: if there is too little room it is cut.
        """
        width = min(columns, _WIDEST)
        length = min(_BAR, width // 4)
        bar = ProgressBar(total=self._expected, completed=self._landed, width=length, pulse=not self._expected)
        top = Table.grid(padding=(0, 1))
        top.add_row(bar, _line(Text("  ".join(self._pace())), width - length - 1))
        money = Text("  ".join(self._money()), style="bold").append(f"  {', '.join(self._counts())}", style="not bold")
        return Group(top, _line(money, width), *self._states(width))

    def _states(self, width: int) -> list[Text]:
        """Side by side as they fit; a closed vendor stays closed, and has a line of its own for the reason."""
        states = self._vendors.states()
        names = max((len(state.vendor) for state in states), default=0)
        cells = [_state(state, names) for state in states if state.health is not Health.CLOSED]
        a_row = max(1, (width + _GAP) // (_CELL + _GAP))
        for cell in cells:
            cell.truncate(_CELL + _GAP, pad=True)
        rows = [Text().join(cells[start : start + a_row]) for start in range(0, len(cells), a_row)]
        closed = [_state(state, names) for state in states if state.health is Health.CLOSED]
        return [_line(row, width) for row in (*rows, *closed)]

    @property
    def _landed(self) -> int:
        return sum(self._report.customers.values())

    def _pace(self) -> list[str]:
        landed, whole = self._landed, self._expected
        rate = self._speed.of(landed, self._clock.monotonic())
        rows = f"{landed:,}/{counted(whole, 'row')}" if whole else counted(landed, "row")
        parts = [rows, f"{rate:,.{0 if rate >= 10 else 1}f}/s"]
        if whole and whole > landed and rate:
            parts.append(f"{_span(round((whole - landed) / rate))} left")
        return parts

    def _money(self) -> list[str]:
        counts = self._report.customers
        found = counts[Count.ENRICHED] + counts[Count.PARTIAL]
        looked_up = found + counts[Count.NOT_FOUND] + counts[Count.FAILED]
        return [f"spent {dollars(self._report.cost)}", f"hit rate {percent(found / looked_up if looked_up else None)}"]

    def _counts(self) -> list[str]:
        return [*counts_in_words(self._report.customers, order=Count).values()]


def _state(state: VendorState, names: int) -> Text:
    return Text(f"{state.vendor:<{names}} ").append(state.words, style=_STYLES[state.health])


def _line(text: Text, width: int) -> Text:
    """The same, in at most this many columns."""
    text.rstrip()
    text.truncate(width, overflow="ellipsis")
    text.no_wrap = True
    return text


def _span(seconds: int) -> str:
    """`1:31`, `2:05:31`"""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
