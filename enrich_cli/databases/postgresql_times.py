"""Times of PostgreSQL that Python has none for: infinity, and years before 1 and after 9999."""

from __future__ import annotations

from typing import Any

from psycopg import Connection, DataError
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader


class _OrItsText(Loader):
    def load(self, data: Buffer) -> Any:
        try:
            return super().load(data)  # type: ignore[safe-super]
        except DataError:
            return bytes(data).decode()


class _Date(_OrItsText, DateLoader):
    pass


class _Timestamp(_OrItsText, TimestampLoader):
    pass


class _Timestamptz(_OrItsText, TimestamptzLoader):
    pass


def read_every_time(connection: Connection) -> None:
    """From now on such a time is the text that PostgreSQL writes for it, and no error that ends the reading."""
    for name, loader in (("date", _Date), ("timestamp", _Timestamp), ("timestamptz", _Timestamptz)):
        connection.adapters.register_loader(name, loader)
