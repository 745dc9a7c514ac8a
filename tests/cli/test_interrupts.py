"""Ctrl-C and SIGTERM outside of runs."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
WHILE_LOADING = "with taking_signals(): signal.raise_signal(signal.{0})"
AFTERWARDS = """
with taking_signals(): pass
try: signal.raise_signal(signal.{0})
except KeyboardInterrupt: print('interrupted')
"""
IGNORED = """
signal.signal(signal.{0}, signal.SIG_IGN)
with taking_signals(): signal.raise_signal(signal.{0})
signal.raise_signal(signal.{0})
"""


def ran(program: str, number: signal.Signals) -> tuple[int, str, str]:
    """Exit code, output and errors of a program; `went on` where it was not ended before."""
    start = "import signal\nfrom enrich_cli.cli.interrupts import taking_signals\n"
    command = [sys.executable, "-c", f"{start}{program.format(number.name)}\nprint('went on')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@BOTH
def test_while_the_program_loads_it_ends_at_once_and_without_a_word(number: signal.Signals) -> None:
    assert ran(WHILE_LOADING, number) == (130, "", "")


@BOTH
def test_afterwards_either_can_be_caught_as_ctrl_c(number: signal.Signals) -> None:
    assert ran(AFTERWARDS, number) == (0, "interrupted\nwent on\n", "")


@BOTH
def test_what_whoever_started_it_ignores_stays_ignored(number: signal.Signals) -> None:
    assert ran(IGNORED, number) == (0, "went on\n", "")
