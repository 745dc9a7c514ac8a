"""How each vendor is doing at the moment."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import anyio
import httpx
import pytest

from enrich_cli.console.vendors import VendorStates
from enrich_cli.domain.rate import parse_rate
from enrich_cli.domain.times import IN_UTC
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.breaker import FAILURES_TO_OPEN
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.places import Places
from enrich_cli.providers.catalog import PROVIDERS


class StillClock(Clock):
    """Time stands still; who sleeps sleeps for ever."""

    def now(self) -> datetime:
        return datetime(2026, 11, 3, 14, 22, 35, tzinfo=UTC)

    def monotonic(self) -> float:
        return 100.0

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep_forever()


@pytest.fixture
def account() -> Account:
    provider = PROVIDERS[0]
    pace = Pace(Departures(parse_rate("1/1s")), StillClock())
    return Account(
        provider=provider, base_url=provider.base_url, auth=httpx.Auth(), pace=pace, timeout=30, price=provider.price
    )


def words(account: Account) -> str:
    (state,) = VendorStates([account], max_pause=120, clock=StillClock(), times=IN_UTC).states()
    assert state.vendor == account.provider.name
    assert state.words.startswith(state.health)
    return state.words


def test_who_answers_is_ok(account: Account) -> None:
    assert words(account) == "ok"


def test_who_had_trouble_with_many_at_once_is_slowed_while_requests_wait_for_that(account: Account) -> None:
    places = account.places = Places(Limit(6))
    places.limit.trouble(sent_at=90.0, now=91.0)
    assert words(account) == "ok"
    for _ in range(int(places.limit.now)):
        places.take_now()
    assert words(account) == "slowed to 3 at once"
    while places.limit.now < 6:
        places.limit.answered(sent_at=92.0, in_flight=6)
    assert words(account) == "ok"


async def test_who_may_not_be_asked_any_faster_is_slowed_while_requests_wait(account: Account) -> None:
    await account.pace.acquire()
    assert words(account) == "ok"
    async with anyio.create_task_group() as group:
        group.start_soon(account.pace.acquire)
        await anyio.wait_all_tasks_blocked()
        assert words(account) == "slowed"
        group.cancel_scope.cancel()


def test_who_asked_for_a_pause_is_paused_until_then(account: Account) -> None:
    account.pace.pause(30)
    assert words(account) == "paused until 14:23:05"


def test_who_asked_for_too_long_a_pause_is_skipped(account: Account) -> None:
    account.pace.pause(121)
    assert words(account) == "skipped until 14:24:36"


def test_who_asked_for_days_is_skipped_without_a_time_of_day(account: Account) -> None:
    account.pace.pause(100_000)
    assert words(account) == "skipped until tomorrow or later"


def test_who_failed_too_often_is_skipped_for_a_while(account: Account) -> None:
    for _ in range(FAILURES_TO_OPEN):
        account.breaker.failed(100.0)
    assert words(account) == "skipped until 14:23:05"


def test_who_is_closed_says_why_whatever_else_there_is(account: Account) -> None:
    account.pace.pause(math.inf)
    account.closed = "the key was refused (status 401)"
    assert words(account) == "closed: the key was refused (status 401)"
