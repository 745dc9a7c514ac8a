"""What is known of one customer for one data type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import values_of


class Known(StrEnum):
    """What the store remembers of a data type."""

    FOUND = "found"
    NOT_FOUND = "not_found"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found out of one customer's data type: a chain's merged answer, or that there is nothing."""

    data_type: DataType
    source: str = ""
    confidence: float | None = None
    data: Mapping[str, Any] | None = None
    provenance: Mapping[str, str] | None = None
    reasons: tuple[str, ...] = ()

    @property
    def status(self) -> Known:
        return Known.NOT_FOUND if self.data is None else Known.FOUND


class Enrichment(msgspec.Struct, frozen=True, kw_only=True):
    """One data type of one customer, as it is saved and served. Times are aware and UTC."""

    data_type: DataType
    status: Known
    cached_at: datetime
    expires_at: datetime
    source: str = ""
    """The contributing providers in chain order, joined by commas; empty when nothing was found."""
    confidence: float | None = None
    data: Mapping[str, Any] | None = None
    """The data model as JSON values (contract, *Enriched data*)."""
    provenance: Mapping[str, str] | None = None
    """Field → the provider that said it."""
    reasons: tuple[str, ...] = ()
    """Why we are as sure as `confidence` says; free of personal data."""

    def has(self, wanted: frozenset[str]) -> bool:
        """Are all these fields of the data there?"""
        values = values_of(self.data_type, self.data or {})
        return all(values.get(field) not in (None, "", [], {}) for field in wanted)


class State(StrEnum):
    """How a data type of a customer ended in a run."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    SKIPPED = "skipped"


class Result(msgspec.Struct, frozen=True):
    """One requested data type of one customer, as a run leaves it."""

    state: State
    enrichment: Enrichment | None = None
    """The data to show: of this run, or stored before when the type failed."""
    fresh: bool = False
    """It was served from the store, without a lookup."""
    reason: str = ""
    refused: bool = False
    """A cap let nothing (more) be sent."""
