"""Values of PostgreSQL that Python can't represent: infinity, years before 1, 24:00, intervals in months, and the
numbers of JSON, which have any number of digits.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
from psycopg import Connection, DataError
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.datetime import DateLoader, TimeLoader, TimestampLoader, TimestamptzLoader, TimetzLoader
from psycopg.types.string import TextLoader

from enrich_cli.domain.row import JsonCell

_RANGED = ("int4", "int8", "num", "ts", "tstz", "date")
_AS_WRITTEN = ("interval", *(f"{of}{kind}" for of in _RANGED for kind in ("range", "multirange")))


class _OrItsText(Loader):
    def load(self, data: Buffer) -> Any:
        try:
            return super().load(data)  # type: ignore[safe-super]
        except DataError:
            return bytes(data).decode()


class _Date(_OrItsText, DateLoader):
    pass


class _Time(_OrItsText, TimeLoader):
    pass


class _Timetz(_OrItsText, TimetzLoader):
    pass


class _Timestamp(_OrItsText, TimestampLoader):
    pass


class _Timestamptz(_OrItsText, TimestamptzLoader):
    pass


class _Json(TextLoader):
    def load(self, data: Buffer) -> Any:
        """Text, true, false and null as Python has them; all else as it is written, only without white space."""
        text = str(super().load(data)).strip()
        # Half of a surrogate pair can't be decoded, and no output could hold it.
        with suppress(msgspec.DecodeError, RecursionError):
            if text[:1] in ('"', "t", "f", "n"):
                return msgspec.json.decode(text)
            text = msgspec.json.format(text, indent=-1)
        return JsonCell(text)


_LOADERS: dict[str, type[Loader]] = {
    "date": _Date,
    "time": _Time,
    "timetz": _Timetz,
    "timestamp": _Timestamp,
    "timestamptz": _Timestamptz,
    **dict.fromkeys(("json", "jsonb"), _Json),
    **dict.fromkeys(_AS_WRITTEN, TextLoader),
}


def read_every_value(connection: Connection) -> None:
    """Read such values as PostgreSQL's text for them from now on, instead of failing."""
    for name, loader in _LOADERS.items():
        connection.adapters.register_loader(name, loader)
