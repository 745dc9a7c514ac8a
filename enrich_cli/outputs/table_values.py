"""Values as a database takes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson

from enrich_cli.domain.months import iso


def bound(value: Any, dialect: str, *, as_text: bool) -> Any:
    """A value for whatever type its column has. `as_text`: that is one of texts, where a time is written as one."""
    if dialect == "postgresql":
        value = _without_nul(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    if not isinstance(value, datetime):
        return value
    if dialect == "sqlite" or as_text:
        return iso(value)
    return value if dialect == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)


def _without_nul(value: Any) -> Any:
    """PostgreSQL has no such character, neither in a text nor in JSON."""
    match value:
        case str():
            return value.replace("\x00", "\ufffd")
        case list():
            return [_without_nul(one) for one in value]
        case dict():
            return {name: _without_nul(one) for name, one in value.items()}
        case _:
            return value
