"""Reading vendors' JSON leniently: a member of an unexpected type is treated as absent."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from enrich_cli.domain.outcomes import Place
from enrich_cli.providers.errors import BadAnswer
from enrich_cli.providers.legibility import note
from enrich_cli.providers.lookup import Response

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")

LARGEST_EXACT = 2**53
"""Whole numbers up to this are exact in JSON."""


def json_object(response: Response, *path: str) -> dict[str, Any]:
    """The JSON object at a path of the body; empty if the last step of the path is null.

    Raises BadAnswer for a body that is not JSON or has another shape.
    """
    value = response.json()
    for name in path:
        if not isinstance(value, dict) or name not in value:
            raise BadAnswer(f"the answer (status {response.status}) has the wrong shape")
        value = value[name] if value[name] is not None else {}
    if not isinstance(value, dict):
        raise BadAnswer(f"the answer (status {response.status}) has the wrong shape")
    return value


def json_list(response: Response, *path: str) -> list[object]:
    """The JSON list at a path of the body; empty if the last step of the path is null.

    Raises BadAnswer for a body that is not JSON or has another shape.
    """
    *parents, last = path
    found = json_object(response, *parents)
    if last not in found or not isinstance(found[last], (list, type(None))):
        raise BadAnswer(f"the answer (status {response.status}) has the wrong shape")
    return found[last] or []


def unreadable(response: Response, *path: str, read: Callable[..., object] = json_object) -> BadAnswer | None:
    """What `read` would raise; None if what it reads is there."""
    try:
        read(response, *path)
    except BadAnswer as error:
        return error
    return None


def json_or_none(response: Response) -> object:
    """The body as JSON; None if it is not JSON, as those of errors and misses may be."""
    try:
        return response.json()
    except BadAnswer:
        return None


def member(value: object, *path: str) -> object:
    """The member at a path of nested objects; None if any step is missing."""
    for name in path:
        if not isinstance(value, dict):
            note(value, fits=False)
            return None
        value = value.get(name)
    return value


def items(value: object, *path: str) -> list[object]:
    """The list at a path; empty if there is none."""
    found = member(value, *path)
    if isinstance(found, list):
        return found
    note(found, fits=False)
    return []


def text(value: object, *path: str) -> str | None:
    """The text at a path, trimmed; a whole number counts as its digits; None if it is missing or empty."""
    found = member(value, *path)
    if type(found) is str:
        note(found, fits=True)
    else:
        found = _of_type(found, str, int)
    return None if found is None else str(found).strip() or None


def number(value: object, *path: str) -> float | None:
    """The finite number at a path, which may be given as text."""
    found = _of_type(member(value, *path), int, float, str)
    if found is None:
        return None
    try:
        read = float(found)
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def count(value: object, *path: str) -> int | None:
    """The whole number of at least 0 at a path, which may be given as text.

    None if it is too large to be exact in JSON: nothing countable is that large.
    """
    found = member(value, *path)
    if type(found) is int:
        note(found, fits=True)
        return found if 0 <= found <= LARGEST_EXACT else None
    read = number(found)
    return int(read) if read is not None and 0 <= read <= LARGEST_EXACT and read.is_integer() else None


def day(value: object, *path: str) -> str | None:
    """The date at a path as `YYYY-MM-DD`; it may be written `2021-6-1` or `20210601`, or be followed by a time of day.

    None if it is not a date.
    """
    match = _DATE.match(text(value, *path) or "")
    if not match:
        return None
    year, month, day_of_month = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return None


def flag(value: object, *path: str) -> bool | None:
    """The boolean at a path, which may be given as text (`true`, `Y`)."""
    found = _of_type(member(value, *path), bool, str)
    return {"true": True, "y": True, "false": False, "n": False}.get(str(found).strip().lower())


def _of_type(value: object, *types: type) -> Any:
    """The value if it has one of the types, else None. A boolean is not a number."""
    fits = isinstance(value, types) and (not isinstance(value, bool) or bool in types)
    note(value, fits=fits)
    return value if fits else None


def known(*values: str | None) -> tuple[str, ...]:
    """The values that are there, each once."""
    return tuple(dict.fromkeys(value for value in values if value))


def known_places(*places: Place) -> tuple[Place, ...]:
    """Those of which at least a part is known."""
    nothing = Place()
    return tuple(place for place in places if place != nothing)
