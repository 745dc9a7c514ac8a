"""Standard output, for rows that another program takes as they come."""

from __future__ import annotations

from typing import BinaryIO

from enrich_cli.domain.errors import ReaderLeft
from enrich_cli.outputs.errors import broken_off


class StandardOutput:
    """A `Sink` that is left open, and where what was written stays written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Hand bytes on at once; raises ReaderLeft or WritingFailed."""
        try:
            self._stream.write(data)
            self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderLeft from error
        except OSError as error:
            raise broken_off("standard output", error) from error

    def close(self) -> None:
        """Do nothing: everything is written already."""

    def discard(self) -> None:
        """What was handed on can't be taken back."""
