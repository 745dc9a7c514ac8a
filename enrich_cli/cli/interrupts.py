"""Ctrl-C and SIGTERM where a run does not obey them yet: the program ends at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def let_sigterm_interrupt() -> None:
    """Let SIGTERM do what Ctrl-C does at the time; unless whoever started us ignores it."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _as_ctrl_c)


def _as_ctrl_c(_number: int, frame: FrameType | None) -> None:
    handler = signal.getsignal(signal.SIGINT)
    # In the background of a script Ctrl-C is ignored; SIGTERM is not.
    obey = handler if callable(handler) else signal.default_int_handler
    obey(signal.SIGINT, frame)


@contextmanager
def interruptible() -> Iterator[None]:
    """While something blocks the loop of events, which takes Ctrl-C for its own and would hear of it only afterwards.

    What is interrupted raises KeyboardInterrupt.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
