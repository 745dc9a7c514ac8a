"""From a command to its run: both of the run's processes load their modules at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich_cli import collector
from enrich_cli.cli.interrupts import leaving_on_signals

if TYPE_CHECKING:
    from enrich_cli.cli.context import Context
    from enrich_cli.cli.run_options import RunOptions


def load_and_perform(context: Context, options: RunOptions) -> int:
    """Start the keeper process, which loads while the run does, and perform the run; returns the exit code.

    The keeper has ended by then. Raises what `perform` raises.
    """
    from enrich_cli.store.process import KeeperProcess

    keeper = KeeperProcess()
    try:
        with leaving_on_signals(), collector.out_of_the_way():
            from enrich_cli.cli.session import perform
        return perform(context, keeper, options)
    finally:
        keeper.join()
