"""Commands in a pseudo-terminal, and what is seen in it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli

LINES, COLUMNS = 24, 80
_BREAK_SECONDS = 0.02
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class PseudoTerminal:
    """A command in it, from its start to its end."""

    def __init__(self, command: list[str], cli: Cli, *, keys: bytes = b"", settings: dict[str, str] | None = None):
        """`keys` are typed before it starts."""
        self._terminal, self._own = pty.openpty()
        self.resize(COLUMNS)
        os.write(self._terminal, keys)
        self._process = subprocess.Popen(
            command,
            stdin=self._own,
            stdout=self._own,
            stderr=self._own,
            cwd=cli.folder,
            env=cli.settings | {"TERM": "xterm-256color"} | (settings or {}),
            start_new_session=True,
        )
        os.close(self._own)

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))

    def blocks(self) -> Iterator[bytes]:
        """What is drawn, as it comes, to the end."""
        while block := self._read():
            yield block
        os.close(self._terminal)

    def _read(self) -> bytes:
        """What comes next, up to a break; nothing if the other end is closed, which Linux reports as an error."""
        block = b""
        try:
            while not block or select.select([self._terminal], [], [], _BREAK_SECONDS)[0]:
                block += (more := os.read(self._terminal, 1 << 16))
                if not more:
                    break
        except OSError:
            pass
        return block

    def code(self) -> int:
        """The exit code, at the end."""
        return self._process.wait()

    def interrupt(self) -> None:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)

    def hang_up(self) -> None:
        """As if the window was closed: nothing can be drawn any more, and the command hears of it more than once."""
        os.close(self._terminal)
        for _ in range(2):
            self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """Let it not outlive its test."""
        self._process.kill()
        self._process.wait()


@contextmanager
def in_terminal(
    command: list[str], cli: Cli, *, keys: bytes = b"", settings: dict[str, str] | None = None
) -> Iterator[PseudoTerminal]:
    terminal = PseudoTerminal(command, cli, keys=keys, settings=settings)
    try:
        yield terminal
    finally:
        terminal.kill()


def seen(command: list[str], cli: Cli, keys: bytes = b"", settings: dict[str, str] | None = None) -> tuple[int, str]:
    """Exit code and everything drawn by a command in a terminal of 24 lines and 80 columns in which keys are typed."""
    with in_terminal(command, cli, keys=keys, settings=settings) as terminal:
        drawn = b"".join(terminal.blocks()).decode()
        cli.drawn(command[len(cli.program) :], drawn)
        return terminal.code(), drawn


def watched(command: list[str], cli: Cli, panel: re.Pattern[str], *columns: int) -> list[list[str]]:
    """What the screen showed each time it was drawn with the panel on it; each list ends with the final screen.

    Each time it was seen twice, the terminal gets the next of the columns. Like xterm's, its lines do not fold.
    """
    screen, frames, widths = pyte.Screen(COLUMNS, LINES), [], [width for width in columns for _ in range(4)][::-1]
    stream = pyte.ByteStream(screen)
    with in_terminal(command, cli, settings={"XTERM_VERSION": "XTerm(390)"}) as terminal:
        for block in terminal.blocks():
            stream.feed(block)
            frame = [line.rstrip() for line in screen.display if line.rstrip()]
            if any(panel.search(line) for line in frame):
                frames.append(frame)
                if widths and (width := widths.pop()) != screen.columns:
                    screen.resize(LINES, width)
                    terminal.resize(width)
        assert terminal.code() == 0
    return [*frames, [line.rstrip() for line in screen.display if line.rstrip()]]


def plain(drawn: str) -> str:
    """What was drawn, without control sequences."""
    return _CONTROL.sub("", drawn)


def lines(drawn: str) -> list[str]:
    return re.split(r"[\r\n]+", plain(drawn))
