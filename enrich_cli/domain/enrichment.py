"""What is known about one customer for one data type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec
import orjson
from msgspec.structs import astuple, replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import FLAT, columns, flat

NOTHING: tuple[Any, ...] = (None, "", [], {})
"""JSON values that say nothing."""


class Known(StrEnum):
    """What the store remembers for a data type."""

    FOUND = "found"
    NOT_FOUND = "not_found"


def content_of(
    data: Mapping[str, Any], provenance: Mapping[str, str] | None = None, reasons: Sequence[str] = ()
) -> bytes:
    """What was learned, as one JSON document.

    `data` holds the data model as JSON values (contract, *Enriched data*), `provenance` field → the provider that gave
    it, `reasons` why the confidence is what it is, free of personal data.
    """
    return orjson.dumps({"data": data, "provenance": provenance, "reasons": reasons})


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found out for one customer's data type: a chain's merged answer, or that there is nothing."""

    data_type: DataType
    source: str = ""
    confidence: float | None = None
    content: bytes | None = None
    """As made by `content_of`; None if nothing was found."""
    refused: float | None = None
    """The highest confidence among the answers that were too unsure to keep; None if there were none."""

    @property
    def status(self) -> Known:
        return Known.NOT_FOUND if self.content is None else Known.FOUND


class _Data(msgspec.Struct):
    """Reads the data of a content, without parsing the rest."""

    data: dict[str, Any]


class _Parts(msgspec.Struct):
    """Takes a content apart without parsing what it holds."""

    data: msgspec.Raw
    provenance: msgspec.Raw


@cache
def _columns_of(data_type: DataType) -> msgspec.json.Decoder[Any]:
    """Reads the flat columns in their order from the content of a data type that is flat."""
    fields = msgspec.defstruct("Fields", [(name, Any, None) for name in columns(data_type)])
    return msgspec.json.Decoder(msgspec.defstruct("Content", [("data", fields)]))


_data = msgspec.json.Decoder(_Data)
_parts = msgspec.json.Decoder(_Parts)


class Enrichment(msgspec.Struct, frozen=True, kw_only=True, array_like=True, omit_defaults=True):
    """One data type of one customer, as it is saved and served. Times are aware and UTC."""

    data_type: DataType
    status: Known
    cached_at: datetime
    expires_at: datetime
    source: str = ""
    """The contributing providers in chain order, joined by commas; empty when nothing was found."""
    confidence: float | None = None
    content: bytes | None = None
    """As made by `content_of`. Parsed at each access, since most contents are only handed on."""

    @property
    def data(self) -> Mapping[str, Any] | None:
        """The data model as JSON values (contract, *Enriched data*)."""
        return None if self.content is None else _data.decode(self.content).data

    @property
    def provenance(self) -> Mapping[str, str] | None:
        """Field → the provider that gave it."""
        provenance: Mapping[str, str] | None = self._part("provenance")
        return provenance

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why `confidence` is what it is; free of personal data."""
        return tuple(self._part("reasons") or ())

    @property
    def percent_sure(self) -> int | None:
        """`confidence` as a percentage, rounded down: nothing is ever 100 % sure."""
        return None if self.confidence is None else int(round(100 * self.confidence, 6))

    def _part(self, name: str) -> Any:
        return None if self.content is None else orjson.loads(self.content).get(name)

    @property
    def as_json(self) -> tuple[bytes, bytes] | None:
        """Data and provenance as raw JSON; None if nothing was found."""
        if self.content is None:
            return None
        parts = _parts.decode(self.content)
        return bytes(parts.data), bytes(parts.provenance)

    def shown_of_a_miss(self, least: float) -> Enrichment:
        """What to show after a lookup that found nothing: found data that it left in place, if its confidence is at
        least this.
        """
        if self.status is Known.FOUND and (self.confidence or 0) < least:
            return replace(self, status=Known.NOT_FOUND, source="", confidence=None, content=None)
        return self

    def has(self, wanted: frozenset[str]) -> bool:
        """Has some provider given each of these fields?"""
        return wanted <= (self.provenance or {}).keys()

    def flat_values(self) -> Sequence[Any]:
        """The values of the flat columns, in the order of `columns`; None where nobody gave one."""
        if self.content is None:
            return [None] * len(columns(self.data_type))
        # A dictionary in between would double the time, which tells where many rows are written.
        if self.data_type in FLAT:
            return astuple(_columns_of(self.data_type).decode(self.content).data)
        values = flat(self.data_type, self.data or {})
        return [values.get(name) for name in columns(self.data_type)]

    def fields(self) -> Iterator[tuple[str, Any, str]]:
        """The flat columns that have a value, in order, each with its value and the provider that gave it."""
        values, provenance = flat(self.data_type, self.data or {}), self.provenance or {}
        for name in columns(self.data_type):
            if (value := values.get(name)) not in NOTHING or name in provenance:
                # A profile comes whole: the provider is that of its network, whose name begins the column's.
                yield name, value, provenance.get(name) or provenance.get(name.partition("_")[0], "")


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
    """The data to show: from this run, or stored earlier if the type failed."""
    fresh: bool = False
    """Served from the store, without a lookup."""
    reason: str = ""
    refused: bool = False
    """A cap allowed nothing (more) to be sent."""
