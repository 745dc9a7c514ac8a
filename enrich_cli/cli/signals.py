"""Ctrl-C and SIGTERM during a run: the first asks it to stop, the second quits at once. A hang-up only asks."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskStatus

from enrich_cli.cli.exit_codes import INTERRUPTED
from enrich_cli.cli.log import Log
from enrich_cli.gateway.stop import Stop

_STANDARD_STREAMS = 0, 1, 2
"""By their descriptors."""


@asynccontextmanager
async def obeying_signals(
    stop: Stop, log: Log, *, what_finishes: Callable[[], str], on_quit: Callable[[], None]
) -> AsyncIterator[None]:
    """Obey signals as long as the block lasts; `on_quit` is called before the program quits at once.

    `what_finishes` says what the first one waits for.
    """
    async with anyio.create_task_group() as tasks:
        # Signals are handled from before the block begins.
        await tasks.start(_obey, stop, log, what_finishes, on_quit)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()


async def _obey(
    stop: Stop,
    log: Log,
    what_finishes: Callable[[], str],
    on_quit: Callable[[], None],
    *,
    task_status: TaskStatus[None],
) -> None:
    on_sigterm, on_a_terminal = signal.getsignal(signal.SIGTERM), _on_a_terminal()
    try:
        said = False
        with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM, *_hang_up()) as signals:
            task_status.started()
            async for number in signals:
                # A run that stopped by itself has not been asked before.
                is_first, said = not said, True
                if number == signal.SIGHUP:
                    # The terminal is closed, or its connection lost; that may be said more than once.
                    _redirect_to_nowhere(on_a_terminal)
                    stop.ask()
                    continue
                if not is_first:
                    on_quit()
                    # The store is safe at any instant: whoever opens it next books what was in flight as in doubt.
                    os._exit(INTERRUPTED)
                stop.ask()
                log.note(f"stopping: {what_finishes()}; press Ctrl-C again to quit at once")
    finally:
        # The event loop would restore the default, which ends the program in the middle of its report.
        signal.signal(signal.SIGTERM, on_sigterm)


def _hang_up() -> list[signal.Signals]:
    """SIGHUP, unless it is ignored: with `nohup` the run goes on."""
    return [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]


def _on_a_terminal() -> list[int]:
    """The standard streams that a hang-up takes away; once it has happened, they can't be told any more."""
    return [descriptor for descriptor in _STANDARD_STREAMS if os.isatty(descriptor)]


def _redirect_to_nowhere(descriptors: Iterable[int]) -> None:
    """Whatever is still said goes nowhere: to write to a terminal that is gone is an error."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
