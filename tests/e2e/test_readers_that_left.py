"""`enrich-cli … | head -1`: a command whose reader has left ends at once and says nothing, as a filter does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, SandboxProcess

CUSTOMER = "ada.sample0+hit@pumps0.example"
COMMANDS = (
    *("", "--help", "enrich --help", "quota", "runs", "runs --json", "stats", "stats --format csv", "providers"),
    *("export", "export --format json", "export --format html", f"show {CUSTOMER}", f"show {CUSTOMER} --json"),
    *(f"subject-report {CUSTOMER}", "check", "sandbox --port 0", "enrich customers.csv --dry-run"),
)


def with_nobody_reading(cli: Cli, *words: str) -> Result:
    reading, writing = os.pipe()
    os.close(reading)
    result = cli.start(*words, stdout=writing).wait()
    os.close(writing)
    return result


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_shows_something_ends_quietly(stocked: Cli, command: str) -> None:
    result = with_nobody_reading(stocked, *command.split())
    assert (result.code, result.err) == (1, "")


@pytest.mark.parametrize("option", [("-o", "-"), ("--json",)])
def test_a_run_ends_quietly_and_what_was_bought_is_kept(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, option: tuple[str, ...]
) -> None:
    result = with_nobody_reading(cli, "enrich", cli.source(hits(3)), *option)
    assert (result.code, result.err) == (1, "")
    cli.assert_whole(sandbox.bill())
