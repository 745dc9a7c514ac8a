"""What a run needs of any source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from enrich_cli.domain.row import SourceRow


class Source(Protocol):
    """Customers, row by row, in constant memory."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The header, as it stands in the source."""

    @property
    def mapping(self) -> Mapping[str, str]:
        """Customer field (`customer_id` included) → the column it is read from."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should know about how it was read, as far as it was read."""

    @property
    def has_id(self) -> bool:
        """Is there a column that says what a customer is called?"""

    def rows_expected(self) -> int | None:
        """About how many rows there are; None when that can't be told without using them up."""

    def close(self) -> None:
        """Let go of what is read; a second time does nothing."""

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows in order; raises SourceError where the source can't be read on."""
