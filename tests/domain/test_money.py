"""Amounts of dollars, without binary floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.money import ZERO, Money

amounts = st.integers(-(10**12), 10**12).map(Money)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("25", 25_000_000),
        (" 0.0245 ", 24_500),
        ("0", 0),
        (".5", 500_000),
        ("0.0000001", 1),
        ("1e-99999999", 1),
        ("1.0000011", 1_000_002),
    ],
)
def test_a_number_of_dollars_is_read_and_parts_of_a_micro_dollar_are_rounded_up(text: str, micros: int) -> None:
    assert Money.parse(text) == Money(micros)


@pytest.mark.parametrize("text", ["", "ten", "-1", "-0.01", "nan", "inf", "-inf", "$5", "1,5", "1 000", "1e99999999"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount of dollars"):
        Money.parse(text)


@pytest.mark.parametrize(
    ("micros", "shown"),
    [
        (0, "0.00"),
        (200_000, "0.20"),
        (4_900, "0.0049"),
        (1_000_001, "1.000001"),
        (12_000_000, "12.00"),
        (-1, "-0.000001"),
    ],
)
def test_it_is_shown_exactly_with_two_decimals_at_least(micros: int, shown: str) -> None:
    assert str(Money(micros)) == shown


@given(amounts)
def test_what_is_shown_is_exact(amount: Money) -> None:
    assert Decimal(str(amount)) * 1_000_000 == amount.micros


@pytest.mark.parametrize(("units", "micros"), [(Fraction(3), 300), (Fraction(1, 3), 34), (Fraction(0), 0)])
def test_so_many_units_cost_their_price_rounded_up(units: Fraction, micros: int) -> None:
    assert Money(100).times(units) == Money(micros)


@given(amounts, amounts)
def test_amounts_add_subtract_and_compare_like_numbers(one: Money, other: Money) -> None:
    assert (one + other) - other == one
    assert (one < other) is (one.micros < other.micros)
    assert bool(one) is (one != ZERO)
