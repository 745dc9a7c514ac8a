"""From settings to an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.opening import open_account
from enrich_cli.providers.hunter import Hunter
from enrich_cli.settings import ProviderSettings, VendorOptions

if TYPE_CHECKING:
    from tests.gateway.conftest import HandClock

HUNTER = Hunter()
KEYS = {"HUNTER_API_KEY": "k3y"}
NOTHING_SET = ProviderSettings.model_construct(base_url=None, rate=None, timeout=None, cost_usd=None)


def opened(
    clock: HandClock, options: ProviderSettings = NOTHING_SET, keys: Mapping[str, str] = KEYS, timeout: float = 30
) -> Account:
    account = open_account(HUNTER, options, VendorOptions.model_construct(), keys.get, timeout=timeout, clock=clock)
    assert isinstance(account, Account)
    return account


def test_the_vendor_s_own_values_hold_where_nothing_is_set(clock: HandClock) -> None:
    account = opened(clock)
    assert (account.base_url, account.price, account.timeout) == (HUNTER.base_url, HUNTER.price, 30)


def test_what_is_set_wins(clock: HandClock) -> None:
    options = NOTHING_SET.model_copy(
        update={"base_url": "http://127.0.0.1:9", "timeout": 5.0, "cost_usd": Money(1), "rate": parse_rate("1/1h")}
    )
    account = opened(clock, options)
    assert (account.base_url, account.price, account.timeout) == ("http://127.0.0.1:9", Money(1), 5.0)


async def test_its_pace_is_the_rate_that_is_set_or_the_vendor_s(clock: HandClock) -> None:
    for rate, paced in (("1/1h", True), ("none", False)):
        account = opened(clock, NOTHING_SET.model_copy(update={"rate": parse_rate(rate)}))
        await account.pace.acquire()
        assert account.pace.would_wait() is paced


@pytest.mark.parametrize(("seconds", "may_leave"), [(1.0, False), (1.05, True)])
async def test_a_window_also_holds_where_the_next_request_reaches_the_vendor_sooner_than_the_last_one(
    clock: HandClock, seconds: float, may_leave: bool
) -> None:
    account = opened(clock, NOTHING_SET.model_copy(update={"rate": parse_rate("1/1s")}))
    await account.pace.acquire()
    await clock.advance(seconds)
    assert account.pace.would_wait() is not may_leave


async def left_at_once(account: Account, path: str) -> int:
    """How many requests to a path may leave before one has to wait."""
    pace, left = account.pace_for(path), 0
    while not pace.would_wait():
        await pace.acquire()
        left += 1
    return left


async def test_a_path_may_have_a_pace_of_its_own(clock: HandClock) -> None:
    assert await left_at_once(opened(clock), "/v2/email-verifier") == 10
    assert await left_at_once(opened(clock), "/v2/people/find") == 15


async def test_a_rate_that_is_set_holds_alone_for_all_paths(clock: HandClock) -> None:
    account = opened(clock, NOTHING_SET.model_copy(update={"rate": parse_rate("40/1s")}))
    assert await left_at_once(account, "/v2/email-verifier") == 40


async def test_processes_share_the_pace_of_a_path_by_its_name(clock: HandClock) -> None:
    counted: list[str] = []

    def departures(name: str, windows: Sequence[Window]) -> Departures:
        counted.append(name)
        return Departures(windows)

    open_account(
        HUNTER, NOTHING_SET, VendorOptions.model_construct(), KEYS.get, timeout=30, clock=clock, departures=departures
    )
    assert counted == ["hunter", "hunter/v2/email-verifier"]


def test_a_price_of_nothing_is_a_price(clock: HandClock) -> None:
    assert opened(clock, NOTHING_SET.model_copy(update={"cost_usd": Money(0)})).price == Money(0)


@pytest.mark.parametrize("keys", [{}, {"HUNTER_API_KEY": ""}])
def test_without_its_keys_there_is_none_and_it_is_said_what_to_set(clock: HandClock, keys: dict[str, str]) -> None:
    answer = open_account(HUNTER, NOTHING_SET, VendorOptions.model_construct(), keys.get, timeout=30, clock=clock)
    assert answer == "not configured: set HUNTER_API_KEY"


def test_a_vendor_with_several_keys_names_those_that_are_missing(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hunter, "keys", ("FIRST_KEY", "HUNTER_API_KEY", "SECOND_KEY"))
    answer = open_account(HUNTER, NOTHING_SET, VendorOptions.model_construct(), KEYS.get, timeout=30, clock=clock)
    assert answer == "not configured: set FIRST_KEY and SECOND_KEY"
