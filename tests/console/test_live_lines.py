"""Lines that are drawn again and again in their place, as a terminal shows them."""

from __future__ import annotations

import io
from itertools import count

import pyte
import pytest
from rich.console import Console
from rich.text import Text

from enrich_cli.console.live_lines import live_lines

LINE = "0123456789" * 8


class Terminal:
    """What is seen of what a console wrote."""

    def __init__(self, *, folds: bool) -> None:
        self._folds = folds
        self._file = io.StringIO()
        self.console = Console(file=self._file, width=80, height=24, force_terminal=True, color_system=None)
        self._screen = pyte.Screen(80, 24)

    @property
    def lines(self) -> list[str]:
        pyte.Stream(self._screen).feed(self._file.getvalue().replace("\n", "\r\n"))
        self._file.seek(0)
        self._file.truncate()
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip().split("\n")

    def make_narrower(self, columns: int) -> None:
        """Most terminals fold what is too long; others cut it off."""
        before = self.lines
        self.console.width = columns
        if self._folds:
            self._screen = pyte.Screen(columns, 24)
            pyte.Stream(self._screen).feed("\r\n".join(before))
        else:
            self._screen.resize(24, columns)


def test_they_are_drawn_in_their_place_and_gone_at_the_end() -> None:
    terminal, number = Terminal(folds=True), count()
    terminal.console.print("above")
    with live_lines(lambda _: Text(f"drawn {next(number)}\nbelow"), terminal.console) as draw_again:
        assert terminal.lines == ["above", "drawn 0", "below"]
        draw_again()
        assert terminal.lines == ["above", "drawn 1", "below"]
    assert terminal.lines == ["above"]


@pytest.mark.parametrize("folds", [True, False])
def test_a_terminal_may_be_made_narrower_and_nothing_is_left_over_or_lost(
    monkeypatch: pytest.MonkeyPatch, *, folds: bool
) -> None:
    monkeypatch.delenv("XTERM_VERSION", raising=False)
    if not folds:
        monkeypatch.setenv("XTERM_VERSION", "XTerm(390)")
    terminal = Terminal(folds=folds)
    terminal.console.print("one\ntwo")
    with live_lines(lambda columns: Text(f"{LINE[:columns]}\nend"), terminal.console) as draw_again:
        assert terminal.lines == ["one", "two", LINE, "end"]
        for columns in (60, 30, 25):
            terminal.make_narrower(columns)
            draw_again()
            assert terminal.lines == ["one", "two", LINE[:columns], "end"]
        terminal.make_narrower(10)
    assert terminal.lines == ["one", "two"]


def test_what_is_said_meanwhile_stands_above() -> None:
    terminal = Terminal(folds=True)
    with live_lines(lambda _: Text("drawn"), terminal.console) as draw_again:
        terminal.console.print("said")
        draw_again()
        assert terminal.lines == ["said", "drawn"]
