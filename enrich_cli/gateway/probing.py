"""Are the vendors' keys good? Each account is asked, without spending."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial

import anyio
import msgspec

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.exchange import exchange
from enrich_cli.gateway.transport import Transport
from enrich_cli.providers.errors import InvalidCredentials, OutOfCredit, ProviderError
from enrich_cli.providers.lookup import Probe, Request, Response

NOT_CHECKABLE = "cannot be checked without spending"


class State(StrEnum):
    """What is known about an account."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The vendor refused its key, or what the key stands for."""
    OUT_OF_CREDIT = "out_of_credit"
    NO_ANSWER = "no_answer"
    """Not reached, too busy, or an unreadable reply: the key may be good."""
    NOT_CHECKED = "not_checked"


class Standing(msgspec.Struct, frozen=True):
    """An account's state, and in words what the vendor says about it. Free of keys."""

    state: State
    words: str


async def probe_all(accounts: Iterable[Account], transport: Transport, clock: Clock) -> dict[str, Standing]:
    """Vendor → how its account stands; all are asked at the same time.

    Each request leaves once, without pace and retries. Nothing is booked, since a probe costs nothing.
    """
    standings: dict[str, Standing] = {}

    async def note(account: Account) -> None:
        standings[account.provider.name] = await _probed(account, transport, clock)

    async with anyio.create_task_group() as tasks:
        for account in accounts:
            tasks.start_soon(note, account)
    return standings


async def _probed(account: Account, transport: Transport, clock: Clock) -> Standing:
    probe = account.provider.probe()
    if probe is None:
        return Standing(State.NOT_CHECKED, NOT_CHECKABLE)
    try:
        return Standing(State.ACCEPTED, await _told(probe, account, transport, clock))
    except InvalidCredentials as error:
        return Standing(State.REFUSED, str(error))
    except OutOfCredit as error:
        return Standing(State.OUT_OF_CREDIT, str(error))
    except ProviderError as error:
        return Standing(State.NO_ANSWER, str(error))
    finally:
        probe.close()


async def _told(probe: Probe, account: Account, transport: Transport, clock: Clock) -> str:
    """Drive the generator to its end. Raises ProviderError."""
    step: Callable[[], Request] = partial(next, probe)
    while True:
        try:
            request = step()
        except StopIteration as end:
            words: str = end.value
            return words
        try:
            step = partial(probe.send, await _answer(request, account, transport, clock))
        except ProviderError as error:
            step = partial(probe.throw, error)


async def _answer(request: Request, account: Account, transport: Transport, clock: Clock) -> Response:
    response = await exchange(transport, account, request, clock)
    if error := account.provider.error(request, response):
        raise error
    return response
