"""The program without its start, which is most of a command's time: forked from a process that has
loaded everything.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.reduction import DupFd
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

import enrich_cli
from enrich_cli.cli import main


@cache
def _context() -> ForkServerContext:
    """A server that has loaded every module of the program."""
    context = multiprocessing.get_context("forkserver")
    modules = [module.name for module in pkgutil.walk_packages(enrich_cli.__path__, "enrich_cli.")]
    context.set_forkserver_preload([name for name in modules if not name.endswith("__main__")])
    return context


class ForkedProgram:
    """What `subprocess.Popen` is for any program: a separate process that can be signalled and waited for."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], *streams: int) -> None:
        """Start it. `streams`: the descriptors of its standard input, output and error."""
        self._process = _context().Process(
            target=_run, args=(list(command), folder, dict(environment), [DupFd(stream) for stream in streams])
        )
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, or below 0 for the signal that ended it. Raises TimeoutExpired after this many seconds."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired("enrich-cli", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()


def _run(command: list[str], folder: Path, environment: dict[str, str], streams: list[Any]) -> None:
    """Become the console script as it is after its start."""
    for number, stream in enumerate(streams):
        os.dup2(descriptor := stream.detach(), number)
        os.close(descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
    sys.argv = command
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None
    os.chdir(folder)
    main()
