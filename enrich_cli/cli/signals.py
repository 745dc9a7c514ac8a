"""Ctrl-C and SIGTERM during a run: the first asks it to stop, the second quits at once."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskStatus

from enrich_cli.cli.exit_codes import INTERRUPTED
from enrich_cli.cli.log import Log
from enrich_cli.gateway.stop import Stop


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
    on_sigterm = signal.getsignal(signal.SIGTERM)
    try:
        with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            task_status.started()
            async for _ in signals:
                if stop.asked:
                    on_quit()
                    # The store is safe at any instant: whoever opens it next books what was in flight as in doubt.
                    os._exit(INTERRUPTED)
                stop.ask()
                log.note(f"stopping: {what_finishes()}; press Ctrl-C again to quit at once")
    finally:
        # The event loop would restore the default, which ends the program in the middle of its report.
        signal.signal(signal.SIGTERM, on_sigterm)
