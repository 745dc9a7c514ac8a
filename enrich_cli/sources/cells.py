"""Values of a database as a CSV file would hold them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from math import isfinite
from typing import Any


def cells_of(values: Iterable[Any]) -> list[str]:
    """A text for each value."""
    return [value if type(value) is str else _text(value) for value in values]


def _text(value: Any) -> str:
    """NULL is empty; a whole number has no decimals, and none has an exponent; times are ISO-8601.

    Bytes are text when they are UTF-8, else hexadecimal; lists and maps are JSON.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # By way of its shortest text, or 0.1 would show what binary fractions are.
            return _text(Decimal(str(value))).removesuffix(".0") if isfinite(value) else str(value)
        case Decimal():
            return f"{value:f}"
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return _text_of_bytes(bytes(value))
        case list() | tuple() | dict():
            import orjson  # noqa: PLC0415 such columns are rare

            return orjson.dumps(value, default=_text).decode()
        case _:
            return str(value)


def _text_of_bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
