"""A kill leaves no readable person behind, though an output was half written."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Serve


@pytest.mark.parametrize("output", ["out.csv", "out.ndjson", "out.json", "out.parquet", "out.xlsx"])
def test_a_kill_in_the_middle_of_an_output_leaves_nobody_readable(
    cli: Cli, serve: Serve, hits: Hits, output: str
) -> None:
    # Of the last one the vendor says again and again that it is not ready: until then the run goes on.
    source = cli.source([*hits(45), *([""] * 200), "quentin.slow+forever@queue.example"])
    with serve(latency=0.1) as sandbox:
        cli.asks(sandbox)
        running = cli.start(
            "enrich", source, "--types", "person", "-o", output, "--rejects", "rejects.csv", "--concurrency", "4"
        )
        sandbox.until_asked(40, running)
        running.signal(signal.SIGKILL)
        assert running.wait().code == -signal.SIGKILL
    assert not (cli.folder / output).exists()
