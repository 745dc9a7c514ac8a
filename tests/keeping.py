"""The keeper of a run's books in a thread, so that tests can look into its books, and change them."""

from __future__ import annotations

import socket
import threading

from enrich_cli.store.keeper import Opening, RunLine, keep


class KeeperThread:
    """A `Keeper`: its orders and replies pass over a socket, as those of a process do."""

    def __init__(self) -> None:
        self.connection, self._its_end = socket.socketpair()
        self._thread: threading.Thread | None = None

    def begin(self, opening: Opening) -> None:
        self._thread = threading.Thread(target=self._keep, args=(opening,), daemon=True)
        self._thread.start()

    def join(self) -> None:
        self.connection.close()
        if self._thread:
            self._thread.join()

    def _keep(self, opening: Opening) -> None:
        with self._its_end:
            keep(RunLine(self._its_end), opening)
