"""Values from a database as a CSV file would hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from enrich_cli.domain.row import HexCell, JsonCell


def cells_of(values: Iterable[Any]) -> list[str]:
    """The cells of a row: each value as text."""
    return [value if type(value) is str else _text(value) for value in values]


def _text(value: Any) -> str:
    """NULL is empty; whole numbers have no decimals, and no number has an exponent; times are ISO-8601.

    A float that is no number is `NaN` or `Infinity`. Bytes are text if they are UTF-8, else hexadecimal; lists and
    maps are JSON.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # Via its shortest text; otherwise 0.1 would show the limits of binary fractions.
            return _text(Decimal(str(value))).removesuffix(".0")
        case Decimal():
            return f"{value:f}"
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return _text_of_bytes(bytes(value))
        case timedelta():
            return _text_of_duration(value)
        case list() | tuple() | dict():
            return _text_of_structure(value)
        case _:
            return str(value)


def _text_of_duration(value: timedelta) -> str:
    """As MySQL writes its TIME, which drivers take for a duration: `09:30:00`, `-838:59:59`."""
    seconds, fraction = divmod(abs(value), timedelta(seconds=1))
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{'-' if value < timedelta() else ''}{text}{f'.{fraction.microseconds:06}' if fraction else ''}"


def _text_of_structure(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> str:
    import orjson  # noqa: PLC0415 such columns are rare

    def in_json(part: Any) -> Any:
        return orjson.Fragment(part.encode()) if isinstance(part, JsonCell) else _text(part)

    try:
        return orjson.dumps(_for_json(value), default=in_json, option=orjson.OPT_PASSTHROUGH_SUBCLASS).decode()
    except TypeError:
        # It accepts no whole number above 64 bits, and no half of a surrogate pair.
        return json.dumps(_for_json(value), default=_text, separators=(",", ":"))


def _for_json(part: Any) -> Any:
    """The same with texts for what JSON has no numbers for: `NaN` and `Infinity`."""
    match part:
        case float() if not isfinite(part):
            return _text(part)
        case list() | tuple():
            return [_for_json(one) for one in part]
        case dict():
            return {name: _for_json(one) for name, one in part.items()}
        case _:
            return part


def _text_of_bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return HexCell(value.hex())
