"""The messages between a run and the keeper of its books: frames of MessagePack on a socket."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

import msgspec

_LENGTH_BYTES = 4

OPENING = 0
"""The number of the reply that says whether the books are open; orders have larger numbers."""

Encoded: TypeAlias = msgspec.Raw
encode = msgspec.msgpack.Encoder().encode

NOTHING = msgspec.Raw(encode(None))


class Order(NamedTuple):
    """Something to be carried out; the reply bears its number."""

    number: int
    verb: str
    argument: Encoded


class Reply(NamedTuple):
    """What came of an order: the result of its verb, or the error that it raised."""

    number: int
    result: Encoded
    error: bytes | None = None


class Orders(NamedTuple):
    """The orders of one turn of a run's event loop, and the time of that by the run's clock."""

    at: datetime
    orders: Sequence[Order]


_orders = msgspec.msgpack.Decoder(Orders)
_replies = msgspec.msgpack.Decoder(list[Reply])

FAREWELL = b""
"""The last message of a run that ends in good order."""


def frame(message: bytes) -> bytes:
    """The message with its length in front."""
    return len(message).to_bytes(_LENGTH_BYTES) + message


class Frames:
    """Reassembles messages that arrive in pieces."""

    def __init__(self) -> None:
        self._received = bytearray()

    def take(self, data: bytes) -> list[bytes]:
        """The messages that are complete with these bytes."""
        received = self._received
        received += data
        messages, begin = [], 0
        while len(received) >= (start := begin + _LENGTH_BYTES):
            end = start + int.from_bytes(received[begin:start])
            if len(received) < end:
                break
            messages.append(bytes(received[start:end]))
            begin = end
        del received[:begin]
        return messages


def read_orders(message: bytes) -> Orders:
    return _orders.decode(message)


def read_replies(message: bytes) -> list[Reply]:
    return _replies.decode(message)


def failed(number: int, error: Exception) -> Reply:
    """The reply to an order that raised an error."""
    try:
        pickled = pickle.dumps(error)
    except Exception:  # noqa: BLE001 an error that can't be pickled has to reach the run all the same
        pickled = pickle.dumps(RuntimeError(type(error).__name__))
    return Reply(number, NOTHING, pickled)


def raised(error: bytes) -> Exception:
    """The error that a keeper raised. Both ends are one program, so what is pickled may be trusted."""
    it: Any = pickle.loads(error)  # noqa: S301 see above
    return it if isinstance(it, Exception) else RuntimeError()
