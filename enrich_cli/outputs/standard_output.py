"""Standard output, for another program to read rows as they come."""

from __future__ import annotations

from typing import BinaryIO

from enrich_cli.domain.errors import ReaderLeft
from enrich_cli.outputs.errors import broken_off


class StandardOutput:
    """A `Sink` that stays open, and in which what was written stays."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Write bytes at once; raises ReaderLeft or WritingFailed."""
        try:
            self._stream.write(data)
            self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderLeft from error
        except OSError as error:
            raise broken_off("standard output", error) from error

    def close(self) -> None:
        """Does nothing: everything is written already."""

    def discard(self) -> None:
        """Does nothing: what was written can't be taken back."""
