"""Values in the form that a database takes."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import orjson
from sqlalchemy import ARRAY, BINARY, JSON, VARBINARY, DateTime, Enum, Integer, LargeBinary, String
from sqlalchemy.dialects.mysql import BIT, LONGBLOB, MEDIUMBLOB, TINYBLOB
from sqlalchemy.engine.interfaces import ReflectedColumn

from enrich_cli.domain.months import iso
from enrich_cli.domain.row import HexCell

_BYTES = (BINARY, VARBINARY, LargeBinary, TINYBLOB, MEDIUMBLOB, LONGBLOB)


def key_for(column: ReflectedColumn | None, key: str) -> str | bytes:
    """A customer's id as a value for its column, which may hold bytes, such as a UUID in MySQL."""
    kind = column and column["type"]
    return _bytes_of(kind, key) if isinstance(kind, _BYTES) else key


def cell_for(column: ReflectedColumn | None, cell: str, dialect: str) -> Any:
    """A cell of the input as a value for its column, which is a text column if it is new.

    A value that does not fit is refused by the database itself.
    """
    if dialect == "postgresql" and not isinstance(cell, HexCell):
        cell = _without_nul(cell)
    if column is None:
        return cell or None
    kind = column["type"]
    if not cell:
        may_be_blank = isinstance(kind, String) and not isinstance(kind, Enum)
        return "" if may_be_blank and not column["nullable"] else None
    if isinstance(kind, _BYTES):
        found = _bytes_of(kind, cell)
        # PostgreSQL would read what follows a backslash as an octal number.
        is_text = dialect == "postgresql" and found is cell and not cell.startswith("\\x")
        return cell.encode() if is_text else found
    if isinstance(kind, ARRAY) and cell.startswith("["):
        with suppress(ValueError):
            return _json_elements(cell) if isinstance(kind.item_type, JSON) else _elements(orjson.loads(cell))
    if isinstance(kind, BIT) and cell.isdecimal():
        return int(cell)
    if isinstance(kind, Integer) and cell in ("true", "false"):
        return int(cell == "true")
    if isinstance(kind, DateTime) and dialect == "mysql":
        # It has no UTC offsets.
        with suppress(ValueError):
            moment = datetime.fromisoformat(cell)
            return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else cell
    return cell


def _elements(part: Any) -> Any:
    """A list for an array of PostgreSQL: all texts, which the database itself converts, or NULL.

    The driver takes no list whose elements are of several types, and no map. Nor has JSON numbers for all: `NaN`.
    """
    if isinstance(part, list):
        return [_elements(one) for one in part]
    return part if part is None or isinstance(part, str) else orjson.dumps(part).decode()


def _json_elements(cell: str) -> list[str | None]:
    """The same where each element is itself JSON, as it is written. Raises ValueError."""
    written = (bytes(one).decode() for one in msgspec.json.decode(cell, type=list[msgspec.Raw]))
    return [None if one == "null" else one for one in written]


def _bytes_of(kind: Any, cell: str) -> str | bytes:
    """The bytes that a source showed as hexadecimal; else the cell, which may be text that looks like it.

    In a column of a fixed number of bytes, text would not have twice as many characters.
    """
    fits = isinstance(kind, BINARY) and len(cell) == 2 * (kind.length or 1)
    if fits or isinstance(cell, HexCell):
        with suppress(ValueError):
            return bytes.fromhex(cell)
    return cell


def bound(value: Any, dialect: str, *, as_text: bool, as_array: bool) -> Any:
    """A value for whatever type its column has. `as_text`: it is a text column, which takes a time as text.

    `as_array`: it is an array, which takes a list as one; what is no text in the list becomes JSON.
    """
    if dialect == "postgresql":
        value = _without_nul(value)
    if as_array and isinstance(value, list):
        return [one if isinstance(one, str) else orjson.dumps(one).decode() for one in value]
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    if not isinstance(value, datetime):
        return value
    if dialect == "sqlite" or as_text:
        return iso(value)
    return value if dialect == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)


def _without_nul(value: Any) -> Any:
    """Drops NUL characters, which PostgreSQL allows neither in text nor in JSON."""
    match value:
        case str():
            return value.replace("\x00", "\ufffd")
        case list():
            return [_without_nul(one) for one in value]
        case dict():
            return {name: _without_nul(one) for name, one in value.items()}
        case _:
            return value
