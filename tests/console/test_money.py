"""Money as people read it."""

from __future__ import annotations

import pytest

from enrich_cli.console.money import about, dollars, money_column
from enrich_cli.domain.money import Money


@pytest.mark.parametrize(
    ("micros", "shown"),
    [(0, "$0.00"), (1_234_500_000, "$1,234.50"), (4_900, "$0.0049"), (1_000_000_000_000, "$1,000,000.00")],
)
def test_dollars_are_exact_with_two_decimals_at_least(micros: int, shown: str) -> None:
    assert dollars(Money(micros)) == shown


@pytest.mark.parametrize(
    ("micros", "shown"),
    [(102_351_139, "$102.35"), (102_355_000, "$102.36"), (1_000_000, "$1.00"), (981_649, "$0.9816"), (0, "$0.00")],
)
def test_what_is_but_expected_is_told_to_the_cent_or_of_less_than_a_dollar_to_its_hundredth(
    micros: int, shown: str
) -> None:
    assert about(Money(micros)) == shown


def test_in_a_column_decimal_point_stands_below_decimal_point() -> None:
    assert money_column("cost", [Money(1_234_500_000), Money(44_100), None]) == [
        "       cost",
        "$1,234.50  ",
        "    $0.0441",
        "           ",
    ]
