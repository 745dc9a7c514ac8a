"""Stores in which everybody of a file is fresh."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.customers import FULL, WIDE, Cells, full, wide, write
from tests.bench.enriching import enrich, set_tier
from tests.bench.flat_out import ASKED
from tests.bench.place import Place
from tests.bench.vendors import sandbox

_REALLY_ENRICHED = 200


@dataclass(frozen=True, slots=True)
class Stock:
    """A store, and the file that it was filled from."""

    store: Path
    source: Path

    def first(self, rows: int) -> Path:
        """So many rows of the file, as a file."""
        few = self.source.with_stem(f"{self.source.stem}-first-{rows}")
        if not few.exists():
            with self.source.open("rb") as source, few.open("wb") as target:
                target.writelines(itertools.islice(source, 1 + rows))
        return few


def stock(place: Place, customers: int) -> Stock:
    """With the person of each customer of 15 columns; made once, and left for all benchmarks that need it."""
    made = Stock(place.folder / f"stock-{customers}.db", place.folder / f"stock-{customers}.csv")
    if not made.store.exists():
        write(made.source, WIDE, map(wide, range(customers)))
        _fill(place, made, ("clearbit",), WIDE, list(map(wide, range(_REALLY_ENRICHED))))
    return made


@contextmanager
def full_stock(place: Place, customers: int) -> Iterator[Stock]:
    """With all four data types of each customer, and the answers that they come of."""
    with place.file(f"full-{customers}.db") as store, place.file(f"full-{customers}.csv") as source:
        write(source, FULL, map(full, range(customers)))
        made = Stock(store, source)
        _fill(place, made, ASKED, FULL, list(map(full, range(_REALLY_ENRICHED))), "--with-answers")
        yield made


def _fill(
    place: Place, made: Stock, asked: tuple[str, ...], columns: Sequence[str], few: list[Cells], *options: str
) -> None:
    """Some are enriched by a real run; the others are given what those have, as the run would have saved it."""
    first = write(place.folder / "first.csv", columns, few)
    set_tier(place, made.store, "enterprise")
    with sandbox(place) as vendors:
        enrich(place, made.store, first, vendors.settings(*asked), expected={"enriched": len(few)})
    place.run_module("tests.bench.fill", str(made.store), str(made.source), *options)
    set_tier(place, made.store, "pro")
