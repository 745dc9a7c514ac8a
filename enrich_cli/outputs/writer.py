"""What a run needs from any output format, and what a format needs from the place it writes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from enrich_cli.domain.row import Finished


class Writer(Protocol):
    """Writes finished rows, which come in the order of the output."""

    @property
    def losses(self) -> Sequence[str]:
        """What this format could not hold, in words for people; empty if it held everything."""

    def write(self, finished: Finished) -> None:
        """Add a row; one whose cells can't be read is left out. Raises WritingFailed."""

    def close(self) -> None:
        """Finish: only now does a file appear. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; does nothing after `close`."""


def write_all(writer: Writer, rows: Iterable[Finished]) -> int:
    """Write rows to the end, or leave nothing behind; returns how many. Raises WritingFailed and what `rows` raises."""
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
        """Finish: only now does a file appear. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; does nothing after `close`."""


class ToSink:
    """Base of writers that turn every row into bytes at once, and can hold any value."""

    losses: Sequence[str] = ()

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def close(self) -> None:
        self._sink.close()

    def discard(self) -> None:
        self._sink.discard()
