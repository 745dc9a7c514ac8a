"""What can go wrong with an output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from enrich_cli.domain.errors import ShownError


class OutputError(ShownError):
    """The output can't be written as asked. The text says what, where and what to do, and quotes no cell."""

    exit_code = 2


class WritingFailed(OutputError):
    """Writing failed: the disk is full, the device is gone, the reader of standard output has left."""

    exit_code = 1


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Turn errors of the operating system into ours, which name what was being written."""
    try:
        yield
    except OSError as error:
        raise broken_off(where, error) from error


def broken_off(where: str, error: OSError) -> WritingFailed:
    """The error for a failed write, for callers that can't afford a `with` block per row."""
    return WritingFailed(f"{where}: writing failed: {error.strerror or type(error).__name__}")
