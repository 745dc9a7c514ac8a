"""Loading what a run needs, in both of its processes at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich_cli.store.process import KeeperProcess


@contextmanager
def keeper_started() -> Iterator[KeeperProcess]:
    """Start the keeper of the books, so that it loads while the run does; it has ended when the block is left."""
    from enrich_cli.store.process import KeeperProcess

    keeper = KeeperProcess()
    try:
        yield keeper
    finally:
        keeper.join()


@contextmanager
def out_of_the_collectors_way() -> Iterator[None]:
    """What is loaded in the block never becomes garbage: the collector does not look through it again and again.

    That is a fifth of a whole run's time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
