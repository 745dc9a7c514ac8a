"""How much memory a process and those that it starts take at most."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_LOOK_AGAIN_SECONDS = 0.02
_PEAK = "VmHWM:"


class Footprint:
    """Looks every now and then, until the process has ended, and adds up what each of them took at its highest.

    The kernel keeps that figure for each process, so nothing is missed but what is taken in the last moment. Linux
    alone tells it.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak_mib(self) -> float:
        """The sum; 0 where it can't be told. The process has ended."""
        self._is_over.set()
        self._thread.join()
        return sum(self._peaks.values()) / 1024

    def _look(self) -> None:
        while not self._is_over.wait(_LOOK_AGAIN_SECONDS):
            for pid in _with_children(self._pid):
                if kib := _peak_kib(pid):
                    self._peaks[pid] = kib


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _with_children(int(child))


def _peak_kib(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(_PEAK):
                return int(line.split()[1])
    return 0
