"""What a run needs of any source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from enrich_cli.domain.row import SourceRow


class Source(Protocol):
    """Customers, row by row, in constant memory."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The header, as it is in the source."""

    @property
    def mapping(self) -> Mapping[str, str]:
        """Customer field (including `customer_id`) → the column it is read from."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about how it was read, as far as it was read."""

    @property
    def has_id(self) -> bool:
        """Is there a column of customer ids?"""

    def rows_expected(self) -> int | None:
        """Roughly how many rows there are; None if that can't be known without consuming them."""

    def close(self) -> None:
        """Release what is being read; closing it twice does nothing."""

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows in order; raises SourceError if the source can't be read any further."""
