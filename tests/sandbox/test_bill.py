from __future__ import annotations

from fractions import Fraction

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.bill import Account, Bill, decimal_text


@pytest.fixture
def account() -> Account:
    return Account(Money.parse("0.0245"))


def test_a_hundred_parts_of_a_credit_add_up_without_rounding(account: Account) -> None:
    for number in range(100):
        account.book(f"q{number}", found=True, units=Fraction(1, 5))
    assert account.entry().units == 20
    assert account.entry().usd == Money.parse("0.49")


def test_questions_are_counted_once_and_verdicts_each_time(account: Account) -> None:
    account.book("q", None, Fraction(0))
    account.book("q", found=True, units=Fraction(1))
    account.book("r", found=False, units=Fraction(0))
    entry = account.entry()
    assert (entry.questions, entry.hits, entry.misses) == (2, 1, 1)


def test_the_bill_is_the_sum_of_its_entries_as_exact_decimals(account: Account) -> None:
    account.book("q", found=True, units=Fraction(1, 2))
    account.seen["200"] += 1
    bill = Bill({"one": account.entry(), "other": account.entry()})
    entry = {"requests": 1, "questions": 1, "hits": 1, "misses": 0, "units": "0.5", "usd": "0.01225"}
    assert bill.as_json() == {"vendors": {"one": entry, "other": entry}, "usd": "0.0245"}


@pytest.mark.parametrize(
    ("units", "text"),
    [(Fraction(0), "0"), (Fraction(3895, 5), "779"), (Fraction(3896, 5), "779.2"), (Fraction(10**7), "10000000")],
)
def test_units_are_written_as_plain_decimals(units: Fraction, text: str) -> None:
    assert decimal_text(units) == text
