"""People are asked in the terminal that a command was given in, wherever its data comes from."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from enrich_cli.cli.agreement import agree

ASKS = """
from enrich_cli.cli.agreement import agree
from enrich_cli.domain.errors import Declined
try:
    agree("Go on?", otherwise="nothing was sent", stdin_is_data=True)
    print("yes")
except Declined as error:
    print(error)
"""
NO = "not started: nothing was sent"


@pytest.mark.parametrize(("typed", "said"), [(b"y\n", "yes"), (b"YES\n", "yes"), (b"n\n", NO), (b"\n", NO)])
def test_with_data_on_standard_input_the_terminal_itself_is_asked(typed: bytes, said: str) -> None:
    terminal, own = pty.openpty()
    os.write(terminal, typed)
    process = subprocess.Popen(
        [sys.executable, "-c", ASKS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=own,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(own, termios.TIOCSCTTY, 0),  # noqa: PLW1509 nothing else runs in the child
    )
    os.close(own)
    shown = ""
    while "[y/N]: " not in shown:
        shown += os.read(terminal, 1000).decode()
    out, _ = process.communicate("Email\nada@example.com\n", timeout=30)
    os.close(terminal)
    assert (out.strip(), process.returncode) == (said, 0)
    assert "Go on? [y/N]: " in shown


def test_where_no_terminal_is_nobody_is_asked() -> None:
    process = subprocess.run(
        [sys.executable, "-c", ASKS],
        input="Email\n",
        check=True,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=30,
    )
    assert (process.stdout.strip(), process.stderr) == ("yes", "")


def test_standard_input_that_is_neither_terminal_nor_data_leaves_nobody_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        agree("Go on?", otherwise="nothing was sent")
