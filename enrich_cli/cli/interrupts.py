"""Ctrl-C and SIGTERM outside a run: the program ends at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from enrich_cli.cli.exit_codes import INTERRUPTED


def leave_on_signals() -> None:
    """Make Ctrl-C and SIGTERM end the program at once: while it loads, and after its command is done.

    An exception would be raised wherever Python happens to be, and shown there, or even swallowed. A signal that our
    parent process set to be ignored stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)


@contextmanager
def raising_signals() -> Iterator[None]:
    """In the block, Ctrl-C raises KeyboardInterrupt instead of ending the program at once, and SIGTERM acts like
    Ctrl-C.
    """
    leaving = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is _leave]
    try:
        for number in leaving:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else _as_ctrl_c)
        yield
    finally:
        for number in leaving:
            signal.signal(number, _leave)


@contextmanager
def leaving_on_signals() -> Iterator[None]:
    """For loading, in a block of `raising_signals`: Ctrl-C and SIGTERM end the program at once again.

    An exception in the middle of an import may be swallowed, and leave a module that is not what it says.
    """
    raising = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    obeyed = [number for number, by in raising.items() if by in (signal.default_int_handler, _as_ctrl_c)]
    try:
        for number in obeyed:
            signal.signal(number, _leave)
        yield
    finally:
        for number in obeyed:
            signal.signal(number, raising[number])


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)


def _as_ctrl_c(_number: int, frame: FrameType | None) -> None:
    handler = signal.getsignal(signal.SIGINT)
    # In a background job of a script Ctrl-C is ignored, but SIGTERM is not.
    obey = handler if callable(handler) else signal.default_int_handler
    obey(signal.SIGINT, frame)


@contextmanager
def interruptible() -> Iterator[None]:
    """For code that blocks the event loop, which handles Ctrl-C itself and would notice it only afterwards.

    Ctrl-C raises KeyboardInterrupt in the block.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
