"""Standard output, for rows that another program takes as they come."""

from __future__ import annotations

from typing import BinaryIO

from enrich_cli.outputs.errors import writing


class StandardOutput:
    """A `Sink` that is left open, and where what was written stays written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Hand bytes on at once; raises WritingFailed."""
        with writing("standard output"):
            self._stream.write(data)
            self._stream.flush()

    def close(self) -> None:
        """Nothing is held back."""

    def discard(self) -> None:
        """What was handed on can't be taken back."""
