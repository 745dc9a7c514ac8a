"""Starting the keeper of a run's books. Imports little, so that it can start before anything else is loaded."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich_cli.store.keeper import Opening


class KeeperProcess:
    """A keeper in a process of its own, which ends when the run's end of the line is closed."""

    def __init__(self) -> None:
        """Start it; it waits for `begin`."""
        self.connection, its_end = socket.socketpair()
        with its_end:
            self._process = subprocess.Popen(  # noqa: S603 this interpreter, on a module of ours
                # Safe path: nothing in the working directory is taken for a module.
                (sys.executable, "-P", "-m", "enrich_cli.store.keeper", str(its_end.fileno())),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(its_end.fileno(),),
                # Ctrl-C in a terminal reaches only the run, which decides what becomes of the books.
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def begin(self, opening: Opening) -> None:
        """Let it open the books. Raises KeeperLost."""
        from enrich_cli.store.errors import KeeperLost  # noqa: PLC0415 it loads while the keeper starts
        from enrich_cli.store.messages import frame  # noqa: PLC0415 as above

        try:
            self.connection.sendall(frame(pickle.dumps(opening)))
        except ConnectionError:
            raise KeeperLost(begun=False) from None

    def join(self) -> None:
        """Return when it has ended, as it does once nobody is at the other end of the line."""
        self.connection.close()
        self._process.wait()
