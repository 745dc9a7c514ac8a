"""The first Ctrl-C: requests in flight finish, nothing else starts, and nobody keeps waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anyio


class Interrupted(Exception):
    """The run was asked to stop before this could start."""


class Stop:
    """Set once, by a signal; checked wherever something would start or wait."""

    def __init__(self) -> None:
        self._waits: set[anyio.CancelScope] = set()
        self.asked = False

    def ask(self) -> None:
        """Stop, for good: every wait that `interruptible` guards ends at once."""
        self.asked = True
        for scope in self._waits:
            scope.cancel()

    def check(self) -> None:
        """Raises Interrupted if the run was asked to stop."""
        if self.asked:
            raise Interrupted

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """A wait that ends, with Interrupted, as soon as the run is asked to stop."""
        self.check()
        with anyio.CancelScope() as scope:
            self._waits.add(scope)
            try:
                yield
            finally:
                self._waits.discard(scope)
        if scope.cancelled_caught:
            raise Interrupted
