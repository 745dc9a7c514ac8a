"""What a run needs of any output format, and what a format needs of the place it writes to."""

from __future__ import annotations

from typing import Protocol

from enrich_cli.domain.row import Finished


class Writer(Protocol):
    """Takes finished rows in the order in which they shall stand."""

    def write(self, finished: Finished) -> None:
        """Add a row; one whose cells can't be read is left out. Raises WritingFailed."""

    def close(self) -> None:
        """Finish: a file appears only now. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes) -> None:
        """Add bytes; raises WritingFailed."""

    def close(self) -> None:
        """Finish: a file appears only now. Raises WritingFailed."""

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""
