"""Loading what a run needs, in both of its processes at once."""

from __future__ import annotations

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
