"""Where commands are measured: a folder of its own as home and working directory, and an environment without ours."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PYTHON = sys.executable
ENRICH_CLI = str(Path(sys.executable).with_name("enrich-cli"))
_BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


class DidNotRun(Exception):
    """A command did not do what it is measured for."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one whole process took, its start included."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    output: str

    def report(self) -> dict[str, Any]:
        """The output as JSON."""
        report: dict[str, Any] = json.loads(self.output)
        return report


def peak_mib(used: resource.struct_rusage) -> float:
    return used.ru_maxrss * _BYTES_OF_MAXRSS / 2**20


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.folder), "PATH": os.defpath, "LANG": "C.UTF-8"}

    def run(self, *command: str, environment: Mapping[str, str] | None = None) -> Usage:
        """Run a command to its end; raises DidNotRun when it fails."""
        with (self.folder / "output").open("w+b") as output, (self.folder / "errors").open("w+b") as errors:
            began = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**self.environment, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            errors.seek(0)
            if process.returncode:
                said = errors.read()[-2000:].decode(errors="replace").strip()
                raise DidNotRun(f"{Path(command[0]).name} ended with {process.returncode}: {said}")
            return Usage(
                seconds=seconds,
                cpu_seconds=used.ru_utime + used.ru_stime,
                peak_mib=peak_mib(used),
                output=output.read().decode(),
            )
