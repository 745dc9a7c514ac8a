"""The data model of each data type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.person import Person

MODELS: Mapping[DataType, tuple[str, ...]] = {
    data_type: tuple(field.name for field in fields(model)) for data_type, model in ((DataType.PERSON, Person),)
}
"""Data type → the names of its fields, in the order in which they are shown everywhere."""
