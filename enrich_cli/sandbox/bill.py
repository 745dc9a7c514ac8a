"""What the vendors counted and charged, at the list prices of their sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from enrich_cli.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Entry:
    """One vendor's part of the bill."""

    requests: int
    """All requests that came, including spoilt and refused ones."""
    questions: int
    """Different questions that were looked up."""
    hits: int
    misses: int
    units: Fraction
    """What was charged, in the vendor's billing units."""
    usd: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """The whole sandbox's bill, by vendor."""

    vendors: Mapping[str, Entry]

    @property
    def usd(self) -> Money:
        return sum((entry.usd for entry in self.vendors.values()), ZERO)

    def as_json(self) -> dict[str, object]:
        """JSON values: `{"vendors": {name: {…}}, "usd": …}`; units and dollars as exact decimal texts."""
        vendors = {
            name: {
                "requests": entry.requests,
                "questions": entry.questions,
                "hits": entry.hits,
                "misses": entry.misses,
                "units": decimal_text(entry.units),
                "usd": str(entry.usd),
            }
            for name, entry in self.vendors.items()
        }
        return {"vendors": vendors, "usd": str(self.usd)}


@dataclass(slots=True)
class Account:
    """What one vendor remembers about its only client."""

    price: Money
    """List price of a billing unit."""
    seen: Counter[str] = field(default_factory=Counter)
    """Requests, by status or kind of fault."""
    questions: set[str] = field(default_factory=set)
    hits: int = 0
    misses: int = 0
    units: Fraction = Fraction(0)

    def book(self, question: str, found: bool | None, units: Fraction) -> None:
        """Count one answer and what it costs; `found` is None for an answer that is no verdict yet."""
        self.questions.add(question)
        self.hits += found is True
        self.misses += found is False
        if units:
            self.units += units

    def entry(self) -> Entry:
        return Entry(
            requests=self.seen.total(),
            questions=len(self.questions),
            hits=self.hits,
            misses=self.misses,
            units=self.units,
            usd=self.price.times(self.units),
        )


def decimal_text(units: Fraction) -> str:
    """Units as a decimal number, exactly: the sheets have no fractions but tenths and fortieths."""
    return f"{Decimal(units.numerator) / Decimal(units.denominator):f}"
