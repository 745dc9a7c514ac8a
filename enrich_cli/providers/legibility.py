"""When is an answer unreadable as a whole?

A field of a wrong type is treated as absent: vendors err in single fields. But if no field that is read has its type,
and at least one has another, the answer is not what the sheet describes: it is no miss, and nobody can know what was
charged.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from enrich_cli.domain.enrichment import NOTHING
from enrich_cli.providers.errors import BadAnswer

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(slots=True)
class _Seen:
    """What the fields read so far were like."""

    right: bool = False
    wrong: bool = False


_SEEN: ContextVar[_Seen | None] = ContextVar("seen", default=None)


def legible(read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `read` makes of an answer; it must read everything useful before it returns.

    Raises BadAnswer if all that it found had wrong types. Finding nothing at all is fine.
    """
    seen = _Seen()
    before = _SEEN.set(seen)
    try:
        told = read(*args, **kwargs)
    finally:
        _SEEN.reset(before)
    if seen.wrong and not seen.right:
        raise BadAnswer("values in the answer have the wrong types")
    return told


def note(value: object, *, fits: bool) -> None:
    """Record for `legible` whether a value has the type that is read; an empty value of any type says nothing."""
    seen = _SEEN.get()
    if seen is None or seen.right or value in NOTHING:
        return
    if fits:
        seen.right = True
    else:
        seen.wrong = True
