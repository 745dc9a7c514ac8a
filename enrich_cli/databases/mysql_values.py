"""Values of MySQL that its driver leaves as the server sends them."""

from __future__ import annotations

from typing import Any

_BIT = 16
"""What the protocol calls the type."""


def read_bits(connection: Any) -> None:
    """From now on the value of a BIT column, which people keep truths in, is the number that it stands for."""
    connection.decoders[_BIT] = int.from_bytes
