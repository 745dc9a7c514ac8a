"""Joining what several providers said, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import astuple, replace

from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person

EMPTY: tuple[Any, ...] = (None, "", (), {})


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that have a value."""
    values = zip(model.__struct_fields__, astuple(model), strict=True)
    return frozenset([name for name, value in values if value is not None and value not in EMPTY])


def fitting(model: Model, other: Model, names: frozenset[str]) -> frozenset[str]:
    """The names less those that `other` must not add: its verdict on another e-mail says nothing about the model's."""
    if not isinstance(model, Person) or not isinstance(other, Person) or not model.email or not other.email:
        return names
    return names if model.email.lower() == other.email.lower() else names - {"email_status"}


def take(model: Model, other: Model, names: Iterable[str]) -> Model:
    """The model with these fields taken from the other."""
    return replace(model, **{name: getattr(other, name) for name in names})
