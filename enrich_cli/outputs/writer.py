"""What a run needs of any output format, and what a format needs of the place it writes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from enrich_cli.domain.row import Finished


class Writer(Protocol):
    """Writes finished rows, which come in the order of the output."""

    @property
    def losses(self) -> Sequence[str]:
        """What of the rows this format could not hold, for people; empty when it holds everything."""

    def write(self, finished: Finished) -> None:
        """Add a row; one whose cells can't be read is left out. Raises WritingFailed."""

    def close(self) -> None:
        """Finish: a file appears only now. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""


def write_all(writer: Writer, rows: Iterable[Finished]) -> int:
    """Write rows to the end, or leave nothing behind; returns how many. Raises WritingFailed and what `rows` raise."""
    number = 0
    try:
        for finished in rows:
            writer.write(finished)
            number += 1
        writer.close()
    finally:
        writer.discard()
    return number


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes) -> None:
        """Add bytes; raises WritingFailed."""

    def close(self) -> None:
        """Finish: a file appears only now. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""


class ToSink:
    """What the writers have in common whose every row is bytes at once, and that hold whatever comes."""

    losses: Sequence[str] = ()

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def close(self) -> None:
        self._sink.close()

    def discard(self) -> None:
        self._sink.discard()
