"""Money without binary floats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

MICROS_PER_DOLLAR = 1_000_000
_LARGEST_EXPONENT = 30
"""Of ten: to work out `1e999999999` would take hours, and it is no amount."""
_SMALLEST = Decimal("0.000001")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount of US dollars, held as whole micro-dollars."""

    micros: int = 0

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read a plain decimal number of dollars, such as ``0.0245``.

        Parts of a micro-dollar are rounded up. Raises ValueError for anything but a number of at least 0, and for one
        that is absurdly large.
        """
        try:
            dollars = Decimal(text.strip())
        except InvalidOperation:
            raise ValueError("not an amount of dollars") from None
        if not dollars.is_finite() or dollars < 0 or dollars.adjusted() > _LARGEST_EXPONENT:
            raise ValueError("not an amount of dollars of 0 or more")
        return cls(MICROS_PER_DOLLAR).times(Fraction(max(dollars, _SMALLEST))) if dollars else cls()

    def times(self, units: Fraction) -> Money:
        """The price of this many units; parts of a micro-dollar are rounded up."""
        return Money(-(-self.micros * units.numerator // units.denominator))

    def __add__(self, other: Money) -> Money:
        return Money(self.micros + other.micros)

    def __sub__(self, other: Money) -> Money:
        return Money(self.micros - other.micros)

    def __bool__(self) -> bool:
        return self.micros != 0

    def __str__(self) -> str:
        """Dollars, exact, with at least two decimals: ``0.20``, ``0.0049``."""
        sign = "-" if self.micros < 0 else ""
        dollars, rest = divmod(abs(self.micros), MICROS_PER_DOLLAR)
        return f"{sign}{dollars}.{f'{rest:06}'.rstrip('0').ljust(2, '0')}"


ZERO = Money()
