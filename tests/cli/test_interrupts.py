"""Ctrl-C and SIGTERM before runs, after them, and where there is none."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
WHILE_LOADING = "leave_on_signals(); signal.raise_signal(signal.{0})"
IN_A_COMMAND = """
leave_on_signals()
try:
    with raising_signals(): signal.raise_signal(signal.{0})
except KeyboardInterrupt: print('interrupted')
"""
AFTERWARDS = """
leave_on_signals()
with raising_signals(): print('done', flush=True)
signal.raise_signal(signal.{0})
"""
IGNORED = """
signal.signal(signal.{0}, signal.SIG_IGN)
leave_on_signals()
with raising_signals(): signal.raise_signal(signal.{0})
signal.raise_signal(signal.{0})
"""
AFTER_A_RUN = """
import anyio
from enrich_cli.cli.log import Log
from enrich_cli.cli.signals import obeying_signals
from enrich_cli.gateway.stop import Stop

async def run():
    async with obeying_signals(Stop(), Log(), what_finishes=str, on_quit=lambda: None): pass
    signal.raise_signal(signal.{0})

leave_on_signals()
try:
    with raising_signals(): anyio.run(run)
except KeyboardInterrupt: print('interrupted')
"""
IN_ITS_OUTPUT = """
import io, sys
from enrich_cli.cli import main

class Output(io.TextIOWrapper):
    def {1}(self, **options):
        signal.raise_signal(signal.{0})

sys.stdout, sys.argv[1:] = Output(io.BytesIO()), ["--db", {2!r}, "--quiet", "set-tier", "pro"]
main()
"""
WHILE_A_RUN_LOADS = """
import sys
from enrich_cli.cli import main

class Swallowing:
    def find_spec(self, module, *_):
        if module == "enrich_cli.settings":
            try: signal.raise_signal(signal.{0})
            except KeyboardInterrupt: pass

sys.meta_path.insert(0, Swallowing())
sys.argv[1:] = ["--db", {1!r}, "enrich", {2!r}, "--sandbox"]
main()
"""
IN_ITS_REPORT = """
import io, sys, time
from enrich_cli.cli import main

class Output(io.TextIOWrapper):
    def write(self, text):
        if text[:1] == "{{": {1}
        return super().write(text)

sys.stdout = Output(sys.stdout.buffer)
sys.argv[1:] = ["--db", {2!r}, "enrich", {3!r}, "--sandbox", "--json"]
main()
"""
ONCE = "signal.raise_signal(signal.{0})"
TWICE_WHILE_NOBODY_READS = f"{ONCE}; time.sleep(0.2); {ONCE}; time.sleep(60)"


def ran(program: str, number: signal.Signals, *more: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a program; `went on` where it was not ended before."""
    start = "import signal\nfrom enrich_cli.cli.interrupts import leave_on_signals, raising_signals\n"
    command = [sys.executable, "-c", f"{start}{program.format(number.name, *more)}\nprint('went on')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@BOTH
def test_while_the_program_loads_it_ends_at_once_and_without_a_word(number: signal.Signals) -> None:
    assert ran(WHILE_LOADING, number) == (130, "", "")


@BOTH
def test_in_a_command_either_can_be_caught_as_ctrl_c(number: signal.Signals) -> None:
    assert ran(IN_A_COMMAND, number) == (0, "interrupted\nwent on\n", "")


@BOTH
def test_so_they_can_when_a_run_is_over_and_its_report_is_shown(number: signal.Signals) -> None:
    assert ran(AFTER_A_RUN, number) == (0, "interrupted\nwent on\n", "")


@BOTH
def test_when_the_command_is_over_it_ends_at_once(number: signal.Signals) -> None:
    assert ran(AFTERWARDS, number) == (130, "done\n", "")


@BOTH
@pytest.mark.parametrize("step", ["reconfigure", "flush"])
def test_nor_is_there_a_word_while_its_output_is_made_ready_or_waits_for_who_reads_it(
    tmp_path: Path, number: signal.Signals, step: str
) -> None:
    assert ran(IN_ITS_OUTPUT, number, step, str(tmp_path / "store.db")) == (130, "", "")


@pytest.fixture
def store_and_source(tmp_path: Path) -> tuple[str, str]:
    source = tmp_path / "people.csv"
    source.write_text("email\nada@example.com\n")
    return str(tmp_path / "store.db"), str(source)


@BOTH
def test_while_a_run_loads_it_ends_at_once_though_an_import_may_swallow_exceptions(
    store_and_source: tuple[str, str], number: signal.Signals
) -> None:
    assert ran(WHILE_A_RUN_LOADS, number, *store_and_source) == (130, "", "")


@BOTH
def test_of_a_run_that_is_over_the_report_is_shown(store_and_source: tuple[str, str], number: signal.Signals) -> None:
    code, output, errors = ran(IN_ITS_REPORT, number, ONCE.format(number.name), *store_and_source)
    assert (code, json.loads(output)["interrupted"]) == (0, False)
    assert "stopping" not in errors or "its report is being shown" in errors


@BOTH
def test_a_second_signal_quits_though_nobody_reads_the_report(
    store_and_source: tuple[str, str], number: signal.Signals
) -> None:
    code, output, _ = ran(IN_ITS_REPORT, number, TWICE_WHILE_NOBODY_READS.format(number.name), *store_and_source)
    assert (code, output) == (130, "")


@BOTH
def test_what_whoever_started_it_ignores_stays_ignored(number: signal.Signals) -> None:
    assert ran(IGNORED, number) == (0, "went on\n", "")
