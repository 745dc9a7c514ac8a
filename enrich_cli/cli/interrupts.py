"""Ctrl-C and SIGTERM where a run does not obey them yet: the program ends at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from enrich_cli.cli.exit_codes import INTERRUPTED


def leave_on_signals() -> None:
    """From now on Ctrl-C and SIGTERM end the program at once: while it loads, and when its command is over.

    As an exception either would be raised wherever Python happens to be, and shown, or even passed over. What whoever
    started us ignores stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)


@contextmanager
def raising_signals() -> Iterator[None]:
    """Where they would end the program at once, Ctrl-C raises KeyboardInterrupt, and SIGTERM does what Ctrl-C does."""
    leaving = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is _leave]
    try:
        for number in leaving:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else _as_ctrl_c)
        yield
    finally:
        for number in leaving:
            signal.signal(number, _leave)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)


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
