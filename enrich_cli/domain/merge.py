"""Joining what several providers said, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from enrich_cli.domain.outcomes import Model

EMPTY: tuple[Any, ...] = (None, "", (), {})


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that say something."""
    return frozenset(name for name in model.__dataclass_fields__ if getattr(model, name) not in EMPTY)


def take(model: Model, other: Model, names: Iterable[str]) -> Model:
    """The model with these fields as the other has them."""
    return replace(model, **{name: getattr(other, name) for name in names})
