"""Where commands are measured: a folder of its own as home and working directory, and an environment without ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.bench.footprint import Footprint

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
ENRICH_CLI = str(Path(sys.executable).with_name("enrich-cli"))


class DidNotRun(Exception):
    """A command did not do what it is measured for."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one whole process took, its start included."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    """Of it and the processes that it started, together; 0 where that was not watched."""
    output: str

    def report(self) -> dict[str, Any]:
        """The output as JSON."""
        report: dict[str, Any] = json.loads(self.output)
        return report


class Started:
    """A command that is running."""

    def __init__(self, command: tuple[str, ...], folder: Path, environment: Mapping[str, str], *, watch: bool) -> None:
        self._name = Path(command[0]).name
        self._output, self._errors = _spool(), _spool()
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._errors,
        )
        self._footprint = Footprint(self._process.pid) if watch else None

    def usage(self) -> Usage:
        """Wait for its end; raises DidNotRun when it fails."""
        _, status, used = os.wait4(self._process.pid, 0)
        seconds = time.perf_counter() - self._began
        self._process.returncode = os.waitstatus_to_exitcode(status)
        peak_mib = self._footprint.peak_mib() if self._footprint else 0.0
        with self._output as output, self._errors as errors:
            output.seek(0)
            errors.seek(0)
            if self._process.returncode:
                said = errors.read()[-2000:].decode(errors="replace").strip()
                raise DidNotRun(f"{self._name} ended with {self._process.returncode}: {said}")
            return Usage(seconds, used.ru_utime + used.ru_stime, peak_mib, output.read().decode())


def _spool() -> IO[bytes]:
    return tempfile.TemporaryFile()


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.folder), "PATH": os.defpath, "LANG": "C.UTF-8"}

    def start(self, *command: str, environment: Mapping[str, str] | None = None, watch: bool = False) -> Started:
        """Start a command; `watch`: follow how much memory it takes."""
        return Started(command, self.folder, {**self.environment, **(environment or {})}, watch=watch)

    def run(self, *command: str, environment: Mapping[str, str] | None = None, watch: bool = False) -> Usage:
        """Run a command to its end; raises DidNotRun when it fails."""
        return self.start(*command, environment=environment, watch=watch).usage()

    def run_module(self, module: str, *arguments: str) -> Usage:
        """Run a module of the tests."""
        return self.run(PYTHON, "-m", module, *arguments, environment={"PYTHONPATH": str(ROOT)})

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A path that is free, and is free again afterwards, with what SQLite and the store lay beside it."""
        path = self.folder / name
        try:
            yield path
        finally:
            for one in self.folder.glob(f"{name}*"):
                one.unlink()
