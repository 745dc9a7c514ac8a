"""The types of the columns that are added to a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_origin

from sqlalchemy import JSON, REAL, BigInteger, Boolean, DateTime, Double, Integer, String, Text
from sqlalchemy.dialects.mysql import DATETIME, LONGTEXT
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from enrich_cli.outputs.columns import Columns

TEXT = Text().with_variant(LONGTEXT(), "mysql")
_STRUCTURE = JSON().with_variant(JSONB(), "postgresql")
_TYPES: Mapping[Any, TypeEngine[Any]] = {
    str: TEXT,
    int: BigInteger(),
    float: Double(),
    bool: Boolean(),
    datetime: DateTime(timezone=True).with_variant(DATETIME(fsp=6), "mysql"),
}
_STRICT_TYPES: Mapping[Any, TypeEngine[Any]] = {int: Integer(), bool: Integer(), float: REAL()}
"""What a strict table of SQLite knows beside texts."""
# MySQL can't index text without a length, and by default takes ada and Ada for equal.
ID = Text().with_variant(String(700, collation="utf8mb4_bin"), "mysql")


def learned_types(columns: Columns, *, in_strict_table: bool = False) -> dict[str, TypeEngine[Any]]:
    """The columns of enriched data. `in_strict_table`: for a strict table of SQLite, which has only a few types."""
    kinds = {"enrichment_status": str, **columns.learned_types}
    types, otherwise = (_STRICT_TYPES, TEXT) if in_strict_table else (_TYPES, _STRUCTURE)
    return {column: types.get(kind, otherwise) for column, kind in kinds.items()}


def holds_lists(columns: Columns, column: str) -> bool:
    """Is what is learned for a column a list, rather than a single value or a map?"""
    return get_origin(columns.learned_types.get(column.casefold())) in (list, tuple)
