"""Where a table begins in a file: at its header, above which there may be titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from enrich_cli.sources.headers import known_columns
from enrich_cli.sources.records import Record

_LOOKED_AT = 20
_NOTHING: Record = (1, [], "")


class Start(NamedTuple):
    """The first records of a file, up to the header."""

    header: Record
    titles: Sequence[Record] = ()
    """The records above the header."""
    looks_like_header: int | None = None
    """The line of another record that looks like a header, if nothing in the first one is known."""


def start_of(records: Iterable[Record], overrides: Sequence[str]) -> Start:
    """Find the header: the first record, or a later one that looks like a header if all those above it are titles.

    A record with two known columns looks like a header, and a first record with one. In a title only one cell is
    filled, and not with an e-mail address: that would be somebody's row. No more records are read than necessary.
    Raises what reading them raises.
    """
    above: list[Record] = []
    are_titles = True
    for record in islice(records, _LOOKED_AT):
        line, cells, _ = record
        known = known_columns(cells, overrides)
        if known > 1 or (known and not above):
            return Start(record, above) if are_titles else Start(above[0], looks_like_header=line)
        are_titles = are_titles and sum(map(bool, map(str.strip, cells))) < 2 and "@" not in "".join(cells)
        above.append(record)
    return Start(above[0] if above else _NOTHING)
