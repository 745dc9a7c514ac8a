"""Money as people and scripts read it. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence

from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import MICROS_PER_DOLLAR, Money


def dollars(amount: Money) -> str:
    """`$1,234.50`: exact, with at least two decimals."""
    whole, _, cents = str(amount).partition(".")
    return f"${int(whole):,}.{cents}"


def rounded(amount: Money) -> Money:
    """To the cent; below a dollar, to a hundredth of a cent."""
    step = 10_000 if amount.micros >= MICROS_PER_DOLLAR else 100
    return Money((amount.micros + step // 2) // step * step)


def about(amount: Money) -> str:
    """`$1,234.57`, for estimates, which are not exact to the micro-dollar."""
    return dollars(rounded(amount))


def expected(what: Expectation) -> str:
    """`expected $3.10 (80 %: $2.80 to $3.40)`"""
    return f"expected {about(what.expected)} (80 %: {about(what.low)} to {about(what.high)})"


def expectation_json(what: Expectation) -> dict[str, object]:
    """The members of a JSON document that give an expectation."""
    return {
        "cost_max_usd": str(what.most),
        "cost_expected_usd": str(what.expected),
        "interval_usd": [str(what.low), str(what.high)],
    }


def money_column(title: str, amounts: Sequence[Money | None]) -> list[str]:
    """Title and cells of equal width, with aligned decimal points; None is an empty cell."""
    texts = ["" if amount is None else dollars(amount) for amount in amounts]
    decimals = max((len(text.partition(".")[2]) for text in texts), default=0)
    cells = [text + " " * (decimals - len(text.partition(".")[2])) if text else "" for text in texts]
    width = max(map(len, [title, *cells]))
    return [cell.rjust(width) for cell in (title, *cells)]
