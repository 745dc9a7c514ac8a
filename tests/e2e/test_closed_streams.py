"""`enrich-cli … >&-`: a standard stream that is closed is as empty as `/dev/null`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, SandboxProcess


def with_closed(cli: Cli, streams: str, *words: str) -> Result:
    cli.program = ["sh", "-c", f'"$@" {streams}', "sh", *cli.program]
    return cli.run(*words)


@pytest.mark.parametrize("command", ["quota", "export", "refresh -o again.csv", "enrich customers.csv -o -"])
def test_a_command_does_its_work_and_says_nothing(stocked: Cli, command: str) -> None:
    result = with_closed(stocked, ">&- 2>&-", *command.split())
    assert (result.code, result.out, result.err) == (0, "", "")


def test_no_customers_come_from_there(stocked: Cli) -> None:
    result = with_closed(stocked, "<&-", "enrich", "-")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "standard input: is empty" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_messages_that_cant_be_written_change_neither_a_run_nor_its_exit_code(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    done = with_closed(cli, "2>/dev/full", "-v", "enrich", cli.source(hits(3)), "--types", "person", "--json")
    assert (done.code, done.counts) == (0, {"enriched": 3})
    assert cli.booked() == (sandbox.bill(), sandbox.bill())
    assert cli.run("bogus").code == 2
