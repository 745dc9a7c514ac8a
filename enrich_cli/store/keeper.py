"""The keeper of a run's books: a process of its own, so that run and books don't compete for one interpreter.

It owns the database connection, and ends with the run: when told to, or when the run is gone.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import NoReturn, TypeAlias

from enrich_cli import collector
from enrich_cli.store.books import Books
from enrich_cli.store.messages import FAREWELL, NOTHING, OPENING, Frames, Reply, encode, failed, frame, read_orders
from enrich_cli.store.orders import ReceivedOrder, carry_out, turns
from enrich_cli.store.verbs import ASK, EVERY_VERB

Opening: TypeAlias = Callable[[], AbstractContextManager[Books]]

_CHUNK_BYTES = 1 << 18


class RunLine:
    """The keeper's end of the socket; an `Inbox`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._frames = Frames()
        self.is_open = True

    def receive(self) -> bytes | None:
        """The first message, whose reply the run waits for; None when the run is gone."""
        while data := self._received():
            if messages := self._frames.take(data):
                return None if self._is_abandoned() else messages[0]
        return None

    def wait(self) -> None:
        select.select([self._connection], [], [])

    def take(self) -> Sequence[ReceivedOrder]:
        """All that has arrived. Of a run that is gone, `ask` orders are left out: nothing will be sent any more."""
        received: list[ReceivedOrder] = []
        with suppress(BlockingIOError):
            while self.is_open:
                data = self._received(socket.MSG_DONTWAIT)
                if not data:
                    self.is_open = False
                    return [order for order in received if order.verb is not ASK]
                for message in self._frames.take(data):
                    if message == FAREWELL:
                        self.is_open = False
                    else:
                        received += _orders_in(message)
        return received

    def _received(self, flags: int = 0) -> bytes:
        """The next bytes; none when the other end is closed, even if it left some of ours unread."""
        try:
            return self._connection.recv(_CHUNK_BYTES, flags)
        except ConnectionResetError:
            return b""

    def _is_abandoned(self) -> bool:
        with suppress(BlockingIOError):
            return not self._received(socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return False

    def send(self, replies: Sequence[Reply]) -> None:
        # A run that is gone needs no reply.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._connection.sendall(frame(encode(replies)))


def _orders_in(message: bytes) -> list[ReceivedOrder]:
    at, orders = read_orders(message)
    return [ReceivedOrder(number, EVERY_VERB[verb], argument, at) for number, verb, argument in orders]


def keep(line: RunLine, opening: Opening) -> None:
    """Open the books and carry out orders until the run is over or gone."""
    try:
        with opening() as books:
            line.send([Reply(OPENING, NOTHING)])
            for orders in turns(line):
                line.send(carry_out(books, orders))
    except Exception as error:  # noqa: BLE001 it is raised again in the run
        line.send([failed(OPENING, error)])


def main() -> NoReturn:
    """Serve the run at the other end of a socket; its file descriptor is the only argument."""
    # The run decides when it ends: after a Ctrl-C it may have to finish what it has begun.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    collector.look_seldom()
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        line = RunLine(connection)
        if opening := line.receive():
            keep(line, pickle.loads(opening))  # noqa: S301 from the run, which is of the same program
    os._exit(0)  # the books are closed: the run need not wait until the interpreter is taken apart


if __name__ == "__main__":
    main()
