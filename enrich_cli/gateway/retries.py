"""Which failures are worth another try, how many, and after how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState

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
    lost = isinstance(first, AnswerLost)
    told_first = False

    async def attempt() -> Response:
        """The first try was made before, without the cost of tenacity, which now learns how it ended."""
        nonlocal told_first
        if not told_first:
            told_first = True
            raise first
        return await again()

    def worth_it(state: RetryCallState) -> bool:
        nonlocal lost
        error = _error(state)
        if isinstance(error, AnswerLost):
            already, lost = lost and error is not first, True
            return not already
        return isinstance(error, RateLimited | Unavailable) and (error.retry_after or 0) <= gateway.max_pause

    def enough(state: RetryCallState) -> bool:
        is_slow = isinstance(_error(state), RateLimited) and account.answered_sent_at >= began
        tries = TRIES_WHILE_SLOWED if is_slow else TRIES
        return state.attempt_number >= tries or gateway.clock.monotonic() - began > LONGEST_SECONDS

    def wait(state: RetryCallState) -> float:
        error = _error(state)
        if isinstance(error, RateLimited):
            return 0.0
        backoff: float = FIRST_BACKOFF_SECONDS * 2 ** (state.attempt_number - 1)
        asked = error.retry_after if isinstance(error, Unavailable) else None
        return max(asked or 0.0, min(LONGEST_BACKOFF_SECONDS, backoff) * gateway.chance.uniform(0.5, 1.0))

    return await AsyncRetrying(sleep=pause, retry=worth_it, stop=enough, wait=wait, reraise=True)(attempt)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
