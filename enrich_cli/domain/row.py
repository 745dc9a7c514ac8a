"""One row on its way through a run: read from a source, finished with what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.report import Count


class Row(NamedTuple):
    """A row that holds a customer. `line` is where an editor shows it (1 is the header); `cells` are as they were."""

    line: int
    cells: Sequence[str]
    customer: Customer
    renewed: frozenset[DataType] | None = None
    """The data types that it was chosen for, to be looked up again; what is saved of others serves, whatever its age.
    None: the run says what serves."""


class Rejected(msgspec.Struct, frozen=True):
    """A row that holds none. `readable` is False when its cells do not fit the header."""

    line: int
    cells: Sequence[str]
    reason: str
    readable: bool = True
    customer_id: str = ""
    """As the row has it; empty when it has none."""


SourceRow: TypeAlias = Row | Rejected


class Finished(msgspec.Struct, frozen=True):
    """A row with the count it landed in and what is known of each requested data type."""

    row: SourceRow
    count: Count
    results: Mapping[DataType, Result] = {}
    customer_id: str = ""
    """The id as people see it; empty for a rejected row that has none."""
