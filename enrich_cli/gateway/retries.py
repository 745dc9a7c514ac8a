"""Which failures are worth another try, how many, and after how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random
from typing import TYPE_CHECKING

from enrich_cli.providers.errors import AnswerLost, ProviderError, RateLimited, Unavailable
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from enrich_cli.gateway.account import Account
    from enrich_cli.gateway.gateway import Gateway

TRIES = 4
"""How often a request that certainly was not charged is tried, including the first time."""
TRIES_WHILE_SLOWED = 12
"""The same if the vendor puts off one request while it answers others: it is slower than we assumed."""
LONGEST_SECONDS = 300.0
"""This long after its first failure, a request is not tried again."""
FIRST_BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 20.0


async def retrying(
    gateway: Gateway,
    account: Account,
    pause: Callable[[float], Awaitable[None]],
    first: ProviderError,
    again: Callable[[], Awaitable[Response]],
) -> Response:
    """Try again what first failed with `first`; raises the last failure once it is not worthwhile any more.

    Unavailable: nothing was charged; tried again after `min(20, 0.5 · 2ⁿ)` seconds, less up to half of that by chance,
    or after what the vendor asks for. RateLimited: tried again when the vendor's pause is over. AnswerLost: it may have
    been charged, so it is tried again only once.
    """
    began = gateway.clock.monotonic()
    error, tries, lost = first, 0, 0
    while True:
        tries += 1
        lost += isinstance(error, AnswerLost)
        is_slow = isinstance(error, RateLimited) and account.answered_sent_at >= began
        most = TRIES_WHILE_SLOWED if is_slow else TRIES
        is_late = gateway.clock.monotonic() - began > LONGEST_SECONDS
        if tries >= most or is_late or not _is_worth_it(error, lost, gateway.max_pause):
            raise error
        await pause(_wait(error, tries, gateway.chance))
        try:
            return await again()
        except ProviderError as failed:
            error = failed


def _is_worth_it(error: ProviderError, lost: int, max_pause: float) -> bool:
    if isinstance(error, AnswerLost):
        return lost == 1
    return isinstance(error, RateLimited | Unavailable) and (error.retry_after or 0) <= max_pause


def _wait(error: ProviderError, tries: int, chance: Random) -> float:
    """The seconds to wait after so many tries; a pause that RateLimited asks for is waited for by the vendor's pace."""
    if isinstance(error, RateLimited):
        return 0.0
    backoff = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2.0 ** (tries - 1))
    asked = error.retry_after if isinstance(error, Unavailable) else None
    return max(asked or 0.0, backoff * chance.uniform(0.5, 1.0))
