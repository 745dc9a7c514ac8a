"""`enrich-cli … | head -1`: a command whose reader has left ends at once and says nothing, as a filter does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, SandboxProcess, Serve

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


def test_requests_in_flight_are_waited_for_so_that_what_they_cost_is_not_in_doubt(
    cli: Cli, serve: Serve, hits: Hits
) -> None:
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        cli.run("set-tier", "pro")
        source = cli.source(hits(100))
        result = with_nobody_reading(cli, "enrich", source, "--types", "person", "--concurrency", "10", "-o", "-")
        assert (result.code, result.err) == (1, "")
        assert cli.booked() == (sandbox.bill(), sandbox.bill())
        assert cli.rows("SELECT state FROM runs") == [("interrupted",)]
        assert sandbox.bill() < 5
