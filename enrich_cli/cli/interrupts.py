"""Ctrl-C and SIGTERM where a run does not obey them yet: the program ends at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from enrich_cli.cli.exit_codes import INTERRUPTED


@contextmanager
def taking_signals() -> Iterator[None]:
    """While the program loads, Ctrl-C and SIGTERM end it at once; afterwards SIGTERM does what Ctrl-C does at the time.

    As an exception either would be raised wherever Python happens to be, and shown, or even passed over. What whoever
    started us ignores stays ignored.
    """
    on_ctrl_c, on_sigterm = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    if on_ctrl_c is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    if on_sigterm is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)
    yield
    if on_sigterm is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _as_ctrl_c)
    signal.signal(signal.SIGINT, on_ctrl_c)


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
