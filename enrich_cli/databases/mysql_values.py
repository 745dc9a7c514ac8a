"""Values of MySQL that its driver leaves in the server's format."""

from __future__ import annotations

from typing import Any

_BIT = 16
"""The type's number in the protocol."""


def read_bits(connection: Any) -> None:
    """Read BIT columns, often used for booleans, as the numbers they stand for, from now on."""
    connection.decoders[_BIT] = int.from_bytes
