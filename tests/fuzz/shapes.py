"""Are values of the types that a dataclass declares?"""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec


def fits(value: object, declared: Any) -> bool:
    """Is the value of the declared type, all the way down? An int is a float, too; a bool is neither."""
    if isinstance(declared, UnionType):
        return any(fits(value, one) for one in get_args(declared))
    match get_origin(declared):
        case None if isinstance(declared, type) and issubclass(declared, msgspec.Struct):
            hints = get_type_hints(declared)
            return type(value) is declared and all(fits(getattr(value, name), hint) for name, hint in hints.items())
        case None:
            return type(value) is declared or (declared is float and type(value) is int)
        case origin if origin is tuple:
            return isinstance(value, tuple) and _members_fit(value, get_args(declared))
        case origin if origin is frozenset:
            return isinstance(value, frozenset) and all(fits(one, get_args(declared)[0]) for one in value)
        case _:
            key, held = get_args(declared)
            return isinstance(value, Mapping) and all(fits(k, key) and fits(v, held) for k, v in value.items())


def _members_fit(value: tuple[object, ...], declared: tuple[Any, ...]) -> bool:
    if declared[-1] is Ellipsis:
        return all(fits(one, declared[0]) for one in value)
    return len(value) == len(declared) and all(map(fits, value, declared))
