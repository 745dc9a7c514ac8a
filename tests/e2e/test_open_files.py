"""A system that lets a program have few files open, of which each connection is one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Serve

WITH_FEW_FILES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (250, 250))
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.parametrize("options", [[], ["--sandbox"]], ids=["vendors", "built-in sandbox"])
def test_more_customers_in_flight_than_files_may_be_open_wait_for_each_other(
    cli: Cli, serve: Serve, hits: Hits, options: list[str]
) -> None:
    cli.run("--db", "few.db", "set-tier", "pro")
    cli.program = [sys.executable, "-c", WITH_FEW_FILES, *cli.program]
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "clearbit"
    with serve(latency=0.2) as vendors:
        cli.asks(vendors)
        command = ("enrich", cli.source(hits(300)), "--types", "person", "--concurrency", "300", *options, "--json")
        result = cli.run("--db", "few.db", *command)
    assert result.code == 0, result.err
    assert result.report["providers"][0]["failed"] == 0
    assert result.report["providers"][0]["retries"] == 0
