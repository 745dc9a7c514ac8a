"""Joining what several providers said, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec.structs import astuple, replace

from enrich_cli.domain.outcomes import Model


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that say something: an empty list does where the model tells it from one nobody gave."""
    values = zip(model.__struct_fields__, astuple(model), _blank(type(model)), strict=True)
    return frozenset([name for name, value, blank in values if value is not None and value not in ("", blank)])


@cache
def _blank(model: type[Model]) -> tuple[Any, ...]:
    return astuple(model())


def take(model: Model, other: Model, names: Iterable[str]) -> Model:
    """The model with these fields as the other has them."""
    return replace(model, **{name: getattr(other, name) for name in names})
