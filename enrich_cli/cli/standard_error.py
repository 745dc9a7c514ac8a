"""Standard error: whether anybody hears what is said there does not decide how a command ends."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Unheeded(io.FileIO):
    """A stream that loses what can't be written, since its reader has left or the disk is full."""

    def write(self, data: ReadableBuffer, /) -> int:
        with suppress(OSError):
            return super().write(data)
        return memoryview(data).nbytes


def go_on_unheard() -> None:
    """Let standard error raise nothing: a run would end in the middle, with what is in flight in doubt."""
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Unheeded(sys.stderr.fileno(), "w", closefd=False)),
        encoding=sys.stderr.encoding,
        errors="backslashreplace",
        line_buffering=True,
    )
