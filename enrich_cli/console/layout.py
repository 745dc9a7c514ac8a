"""Layout of a screen: phrases that are not broken, tables, and indentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_ENDLESS = 10_000
"""Columns; more than any table of figures has."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Puts as many phrases on a line as fit, and breaks one only if it is longer than a line."""

    phrases: Sequence[Text]
    between: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text()
        for phrase in self.phrases:
            if line and line.cell_len + len(self.between) + phrase.cell_len > options.max_width:
                yield line
                line = Text()
            line = Text(self.between).join([line, phrase]) if line else phrase.copy()
        yield line


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures. If there is too little room for it, each row becomes phrases, so that no figure is broken."""

    table: Table
    named: bool = True
    """The first column says whose figures they are."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if Measurement.get(console, options.update(max_width=_ENDLESS), self.table).maximum <= options.max_width:
            yield self.table
            return
        titles = [str(column.header).strip() for column in self.table.columns]
        for row in zip(*(column.cells for column in self.table.columns), strict=True):
            cells = [cell.plain if isinstance(cell, Text) else str(cell).rstrip() for cell in row]
            figures = list(zip(titles, map(str.strip, cells), strict=True))
            indent = 0
            if self.named:
                yield Text(cells[0])
                indent = len(cells[0]) - len(cells[0].lstrip()) + 2
            if told := [Text(f"{title} {cell}") for title, cell in figures[self.named :] if cell]:
                yield set_in(Phrases(told, " · "), indent)


def with_commas(words: Sequence[str]) -> list[str]:
    """The words, each followed by a comma except the last."""
    return [*(f"{word}," for word in words[:-1]), *words[-1:]]


def set_in(what: RenderableType, columns: int = 2) -> Padding:
    """Indent all lines by this many columns."""
    return Padding(what, (0, 0, 0, columns), expand=False)


def print_lines(lines: Iterable[str], console: Console) -> None:
    """One line each: cut if too long for a terminal, whole elsewhere."""
    for line in lines:
        if console.is_terminal:
            console.print(Text(line), no_wrap=True, overflow="ellipsis")
        else:
            console.print(line, soft_wrap=True, highlight=False, markup=False)
