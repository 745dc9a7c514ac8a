"""Every column that is sealed, and what each value is bound to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

_UNIT = "\x1f"


class SealedValue(NamedTuple):
    """One sealed value with its place."""

    id: int
    """The id of its row."""
    place: list[str]
    value: bytes


class SealedColumn(msgspec.Struct, frozen=True):
    """One column of a table with an `id`."""

    table: str
    column: str
    place: str
    """SQL: what its values are bound to besides table and company, joined by char(31)."""

    def values(
        self, connection: sqlite3.Connection, company: str, *, after: int = 0, most: int = -1
    ) -> Iterator[SealedValue]:
        """At most `most` values of a company, in the order of their rows; all of them if that is negative."""
        # A text in place of a BLOB need not be UTF-8, and could not be read; like an empty value, it does not open.
        value = f"CASE typeof({self.column}) WHEN 'blob' THEN {self.column} ELSE x'' END"
        # The plus keeps SQLite from using an index with which it would sort all rows of the company each time.
        rows = connection.execute(
            f"SELECT id, {self.place}, {value} FROM {self.table}"  # noqa: S608 ours
            f" WHERE +company_id = ? AND {self.column} IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
            (company, after, most),
        )
        return (SealedValue(row_id, place.split(_UNIT), sealed) for row_id, place, sealed in rows)


SEALED = (
    SealedColumn("customers", "fields", "customer_id"),
    SealedColumn("customer_enrichment_data", "enrichment_data", "customer_id || char(31) || data_type"),
    SealedColumn("answers", "body", "lower(hex(question))"),
)
