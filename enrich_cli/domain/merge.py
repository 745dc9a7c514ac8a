"""Joining what several providers said, field by field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from enrich_cli.domain.outcomes import Model

EMPTY: tuple[Any, ...] = (None, "", (), {})


def filled(model: Model) -> frozenset[str]:
    """The names of the fields that say something."""
    return frozenset(field.name for field in fields(model) if getattr(model, field.name) not in EMPTY)


def fill_gaps(model: Model, other: Model) -> tuple[Model, frozenset[str]]:
    """Take from `other` what `model` lacks; returns the result and the names of the fields that were taken."""
    taken = filled(other) - filled(model)
    return replace(model, **{name: getattr(other, name) for name in taken}), taken
