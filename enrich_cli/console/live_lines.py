"""A few lines that are redrawn in place, while other output scrolls by above them."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console, RenderableType
from rich.control import Control
from rich.live import Live
from rich.segment import ControlType, Segment

_DOES_NOT_FOLD = "XTERM_VERSION"
"""Set by the one common terminal that cuts long lines when it is made narrower; all others fold them."""


@contextmanager
def live_lines(draw: Callable[[int], RenderableType], console: Console) -> Iterator[Callable[[], None]]:
    """Draw the lines, and yield a function that redraws them; they disappear at the end of the block.

    `draw` is given the number of columns. None of its lines may be longer, or padded.
    """
    first = draw(console.width)
    with Live(first, console=console, auto_refresh=False, transient=True) as live:
        lengths = _lengths(first, console)

        def again() -> None:
            nonlocal lengths
            columns = console.width
            _take_back_folds(sum((length - 1) // columns for length in lengths if length), console)
            drawn = draw(columns)
            live.update(drawn, refresh=True)
            lengths = _lengths(drawn, console)

        try:
            yield again
        finally:
            # The last ones may have been folded since they were drawn.
            again()


def give_back(console: Console) -> None:
    """For a program that ends in the middle of the block: the terminal gets its cursor back, on a line of its own.

    Nothing is waited for: neither a terminal that takes no output at the moment, nor a thread that is writing to it.
    """
    if console.is_terminal:
        terminal = console.file.fileno()
        with suppress(OSError):
            if select.select([], [terminal], [], 0)[1]:
                os.write(terminal, b"\n" if console.is_dumb_terminal else b"\n\x1b[?25h")


def _lengths(drawn: RenderableType, console: Console) -> list[int]:
    return [Segment.get_line_length(line) for line in console.render_lines(drawn, pad=False)]


def _take_back_folds(folds: int, console: Console) -> None:
    """A terminal that was made narrower shows what was drawn on this many more lines than the library knows of."""
    if folds and _DOES_NOT_FOLD not in os.environ:
        console.control(Control(*[(ControlType.ERASE_IN_LINE, 2), (ControlType.CURSOR_UP, 1)] * folds))
