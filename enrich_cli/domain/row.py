"""One row on its way through a run: read from a source, finished with what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.report import Count


class HexCell(str):
    """Bytes that are no text, as hexadecimal; by this type they are told from a text that merely looks like it."""

    __slots__ = ()


class JsonCell(str):
    """A cell that holds JSON as the database wrote it: within a list it stays JSON."""

    __slots__ = ()


class Row(NamedTuple):
    """A row that holds a customer. `line` is where an editor shows it (1 is the header); `cells` are unchanged."""

    line: int
    cells: Sequence[str]
    customer: Customer
    renewed: frozenset[DataType] | None = None
    """The data types to look up again for this row; stored data of the others is served, whatever its age.

    None: the run's own rule decides.
    """


class Rejected(msgspec.Struct, frozen=True):
    """A row without a customer. `readable` is False if its cells do not fit the header."""

    line: int
    cells: Sequence[str]
    reason: str
    readable: bool = True
    customer_id: str = ""
    """As the row has it; empty if it has none."""


SourceRow: TypeAlias = Row | Rejected


class Finished(msgspec.Struct, frozen=True):
    """A row with the count it landed in and what is known for each requested data type."""

    row: SourceRow
    count: Count
    results: Mapping[DataType, Result] = {}
    customer_id: str = ""
    """The id as people see it; empty for a rejected row without one."""
