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
"""Field → the fields that say what it is about. Beside other values of these it would be wrong."""


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that have a value. An empty list is one if the model's default is not."""
    values = zip(model.__struct_fields__, astuple(model), _blank(type(model)), strict=True)
    return frozenset([name for name, value, blank in values if value is not None and value not in ("", blank)])


@cache
def _blank(model: type[Model]) -> tuple[Any, ...]:
    return astuple(model())


def fitting(model: Model, other: Model, names: frozenset[str]) -> frozenset[str]:
    """Those of the named fields that can be taken from `other` and are then about the same as there.

    Its verdict on another e-mail says nothing about the model's; nor does one on an e-mail that is not taken along.
    """
    return frozenset(
        [name for name in names if all(_agree(model, other, one, names) for one in _BELONGS_TO.get(name, ()))]
    )


def _agree(model: Model, other: Model, name: str, names: frozenset[str]) -> bool:
    """Do both have the same value in a field once the named ones are taken? One that `other` lacks does not count."""
    one, two = getattr(model, name), getattr(other, name)
    if not one:
        return not two or name in names
    return not two or str(one).lower() == str(two).lower()


def take(model: Model, other: Model, names: Iterable[str]) -> Model:
    """The model with these fields taken from the other."""
    return replace(model, **{name: getattr(other, name) for name in names})
