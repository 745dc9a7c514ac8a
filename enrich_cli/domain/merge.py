"""Joining what several providers said, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec.structs import astuple, replace

from enrich_cli.domain.outcomes import Model

_REGISTERED = ("company_number", "jurisdiction")
_BELONGS_TO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "email_status": ("email",),
        "state": ("city",),
        "country": ("city",),
        "location": ("city",),
        "last_sale_price": ("last_sale_date",),
        "last_sale_date": ("last_sale_price",),
        "incorporated_on": _REGISTERED,
        "company_type": _REGISTERED,
        "registration_status": _REGISTERED,
        "registered_address": _REGISTERED,
        "officers": _REGISTERED,
        "registry_url": _REGISTERED,
    }
)
"""Field → the fields that name what it is about: added to another one of these, it would say what nobody said."""


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that have a value. An empty list is one if the model's default is not."""
    values = zip(model.__struct_fields__, astuple(model), _blank(type(model)), strict=True)
    return frozenset([name for name, value, blank in values if value is not None and value not in ("", blank)])


@cache
def _blank(model: type[Model]) -> tuple[Any, ...]:
    return astuple(model())


def fitting(model: Model, other: Model, names: frozenset[str]) -> frozenset[str]:
    """The names less those that `other` must not add: its verdict on another e-mail says nothing about the model's.

    Nor on one that does not come along.
    """
    return frozenset(
        [name for name in names if all(_agree(model, other, one, names) for one in _BELONGS_TO.get(name, ()))]
    )


def _agree(model: Model, other: Model, name: str, names: frozenset[str]) -> bool:
    """Do both say the same about a field once these names are taken, as far as `other` says anything about it?"""
    one, two = getattr(model, name), getattr(other, name)
    if not one:
        return not two or name in names
    return not two or str(one).lower() == str(two).lower()


def take(model: Model, other: Model, names: Iterable[str]) -> Model:
    """The model with these fields taken from the other."""
    return replace(model, **{name: getattr(other, name) for name in names})
