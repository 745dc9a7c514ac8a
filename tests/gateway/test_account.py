"""How a vendor is doing: the pauses it is given, what it costs, and what is never shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.gateway.account import Account

if TYPE_CHECKING:
    from tests.gateway.conftest import World


@pytest.fixture
def account(world: World) -> Account:
    return world.account


def test_it_pauses_as_long_as_the_vendor_asks(account: Account) -> None:
    assert [account.pause_for(seconds, sent_at=9, now=10) for seconds in (30.0, 0.0)] == [30.0, 0.0]


def test_a_pause_of_untold_length_doubles_from_a_second_to_a_minute(account: Account) -> None:
    pauses = [account.pause_for(None, sent_at=10 * n + 1, now=10 * n + 2) for n in range(8)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_what_had_left_before_the_pause_tells_nothing_new(account: Account) -> None:
    assert [account.pause_for(None, sent_at, now=10) for sent_at in (7, 8, 9)] == [1, 1, 1]


def test_an_answer_to_a_request_sent_afterwards_begins_anew(account: Account) -> None:
    pauses = [account.pause_for(None, sent_at=1, now=2), account.pause_for(None, sent_at=3, now=4)]
    account.answered(sent_at=3.5)
    pauses.append(account.pause_for(None, sent_at=5, now=6))
    account.answered(sent_at=7)
    pauses.append(account.pause_for(None, sent_at=8, now=9))
    assert pauses == [1, 2, 4, 1]


def test_units_cost_their_price_rounded_up_to_a_micro_dollar(account: Account) -> None:
    assert account.costs(Fraction(1, 3)) == Money(33_334)
    assert replace(account, price=None).costs(Fraction(5)) == ZERO


def test_it_never_shows_its_key(account: Account) -> None:
    assert "k3y" not in repr(account)
    assert "Auth" not in repr(account)
