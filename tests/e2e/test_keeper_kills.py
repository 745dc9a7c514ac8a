"""A kill of the process that keeps a run's books: the run says so and ends, and the store stays whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

CHILDREN = "/proc/{0}/task/{0}/children"
LOST = "enrich-cli: error: the process that keeps the run's books has ended"
CUSTOMERS = 40

pytestmark = pytest.mark.skipif(
    not Path(CHILDREN.format(os.getpid())).exists(), reason="only Linux tells whose process is whose"
)


@pytest.fixture(scope="module")
def vendors(serve: Serve) -> Iterator[SandboxProcess]:
    with serve(latency=0.05) as sandbox:
        yield sandbox


def kill_keeper(run: subprocess.Popen[str], seconds: float) -> None:
    """So long after it began; it is the only process that a run starts."""
    children = Path(CHILDREN.format(run.pid))
    while not (found := children.read_text().split()):
        assert run.poll() is None
        time.sleep(0.001)
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(int(found[0]), signal.SIGKILL)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 40))])
def test_a_kill_of_the_keeper_at_any_instant(cli: Cli, vendors: SandboxProcess, hits: Hits, seed: int) -> None:
    vendors.reset()
    cli.asks(vendors)
    command = ["enrich", cli.source(hits(CUSTOMERS)), "--types", "person", "--concurrency", "4", "-o", "out.csv"]
    with subprocess.Popen(
        [*cli.program, *command],
        cwd=cli.folder,
        env=cli.settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        # The first is killed long before the run has anything to tell it.
        kill_keeper(run, random.Random(seed).uniform(0, 1.5) if seed else 0)
        _, said = run.communicate(timeout=90)
    assert run.returncode in (0, 1)
    assert (LOST in said) == bool(run.returncode), said
    never_begun = "run the command again" in said
    if not never_begun:
        cli.assert_whole(vendors.bill())
    resume = ["--resume", "last"] if run.returncode and not never_begun else []
    again = cli.run(*command, *resume, "--json")
    assert (again.code, again.report["quota"]["used"]) == (0, CUSTOMERS)
    cli.assert_whole(vendors.bill())
