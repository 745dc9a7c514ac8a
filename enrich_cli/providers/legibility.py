"""When is an answer unreadable as a whole?

A field of a wrong type is as good as absent: vendors err in one of many. But where no field that is read is of its
type, and one at least is of another, the answer is not what the sheet describes: it is no miss, and nobody can know
what was charged.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from enrich_cli.providers.errors import BadAnswer

T = TypeVar("T")
P = ParamSpec("P")

_NOTHING: tuple[object, ...] = (None, "", [], {})


@dataclass(slots=True)
class _Seen:
    """What the fields that were read so far were like."""

    right: bool = False
    wrong: bool = False


_SEEN: ContextVar[_Seen | None] = ContextVar("seen", default=None)


def legible(read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `read` makes of an answer; it has to read all that is of use before it returns.

    Raises BadAnswer when all that it found was of wrong types. That there was nothing is no fault.
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
    """Note for `legible` whether a value is of the type that is read; an empty one, of any type, says nothing."""
    seen = _SEEN.get()
    if seen is None or seen.right or value in _NOTHING:
        return
    if fits:
        seen.right = True
    else:
        seen.wrong = True
