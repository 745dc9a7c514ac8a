"""What a person sees in a terminal of 80 columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Serve

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def seen(command: list[str], cli: Cli) -> tuple[int, str]:
    """Exit code and all that was drawn, of a command in a terminal of 24 lines and 80 columns."""
    terminal, own = pty.openpty()
    fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    settings = cli.settings | {"TERM": "xterm-256color"}
    with subprocess.Popen(
        command, stdin=own, stdout=own, stderr=own, cwd=cli.folder, env=settings, start_new_session=True
    ) as process:
        os.close(own)
        drawn = b""
        while block := read(terminal):
            drawn += block
    os.close(terminal)
    return process.returncode, drawn.decode()


def read(terminal: int) -> bytes:
    """What comes next; nothing when the other end is closed, which Linux tells by an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def lines(drawn: str) -> list[str]:
    return re.split(r"[\r\n]+", CONTROL.sub("", drawn))


@pytest.mark.parametrize("faults", [(), ("clearbit:credit", "fullcontact:shape:0.5"), ("*:503:0.5",)])
def test_a_run_fits_80_columns_and_shows_no_traceback(
    cli: Cli, serve: Serve, hits: Hits, faults: tuple[str, ...]
) -> None:
    source = cli.source([*hits(10), "ben.archer+miss@freight.example"])
    with serve(*faults, latency=0.15) as sandbox:
        cli.asks(sandbox)
        code, drawn = seen([*cli.program, "enrich", source, "--concurrency", "3", "-o", "out.csv"], cli)
    assert code in (0, 3)
    assert "Traceback" not in drawn
    assert "\x1b[" in drawn
    assert "enrich done: 11 rows" in CONTROL.sub("", drawn)
    assert [line for line in lines(drawn) if cell_len(line) > 80] == []


def test_progress_is_drawn_while_it_goes_on_and_cleared_at_the_end(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=0.3) as sandbox:
        cli.asks(sandbox)
        _, drawn = seen([*cli.program, "enrich", cli.source(hits(9)), "--concurrency", "3"], cli)
    during, _, after = CONTROL.sub("", drawn).partition("enrich done")
    assert re.search(r"[3-9]/9 rows", during)
    assert "3 providers ok" in during
    assert "/9 rows" not in after


def test_a_mistake_is_one_line_in_a_terminal_too(cli: Cli) -> None:
    code, drawn = seen([*cli.program, "enrich", "absent.csv"], cli)
    assert code == 2
    assert [line for line in lines(drawn) if line] == [line for line in lines(drawn) if "absent.csv" in line]
