"""Keys that commands print are there when something is to be sent, and not before."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import pytest

from enrich_cli.domain.outcomes import Found
from enrich_cli.gateway import late_keys
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.late_keys import LateKey, LateKeys
from enrich_cli.gateway.opening import open_account
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.key_command import KeyCommandFailed
from enrich_cli.providers.auth import Auth, bearer
from enrich_cli.providers.hunter import Hunter
from enrich_cli.settings import ProviderSettings, VendorOptions

if TYPE_CHECKING:
    from tests.gateway.conftest import HandClock, World

ADA = (200, {"name": "Ada Sample"})
GRACE = (200, {"name": "Grace Sample"})


class Commands:
    """Print keys, and note that they were run."""

    def __init__(self) -> None:
        self.run: list[str] = []

    def late(self, key: str) -> LateKey:
        def made() -> Auth:
            self.run.append(key)
            if key == "broken":
                raise KeyCommandFailed("HUNTER_API_KEY_CMD: the command failed (exit code 1)")
            return bearer(key)

        return LateKey(made)


async def test_a_request_bears_what_the_command_printed_which_is_run_once(world: World) -> None:
    commands = Commands()
    world.account.auth = commands.late("pr1nted")
    world.gateway = replace(world.gateway, keys=LateKeys([world.account.auth]))
    assert commands.run == []
    assert isinstance(await world.look_up(ADA), Found)
    world.says = [GRACE]
    await world.clock.until_done(world.ask("grace@example.com"))
    assert commands.run == ["pr1nted"]
    assert [request.headers["authorization"] for request in world.sent] == ["Bearer pr1nted"] * 2


async def test_before_anybody_is_asked_all_are_there_or_it_is_said_that_one_is_not(world: World) -> None:
    commands = Commands()
    world.account.auth = commands.late("good")
    world.gateway = replace(world.gateway, keys=LateKeys([commands.late("broken"), bearer("k3y"), world.account.auth]))
    with pytest.raises(KeyCommandFailed):
        await world.look_up(ADA)
    assert world.happened == []


def test_opening_an_account_runs_no_command(clock: HandClock) -> None:
    nothing_set = ProviderSettings.model_construct(base_url=None, rate=None, timeout=None, cost_usd=None)

    def command() -> str:
        pytest.fail("it was run")

    account = open_account(
        Hunter(), nothing_set, VendorOptions.model_construct(), lambda _: command, timeout=30, clock=clock
    )
    assert isinstance(account, Account)
    assert isinstance(account.auth, LateKey)


async def test_the_key_of_a_vendor_that_is_asked_after_all_is_made_then_and_nobody_else_waits(world: World) -> None:
    """As of a data type that the tier did not have when the run began."""
    threads = []

    def made() -> Auth:
        threads.append(threading.current_thread())
        return bearer("late")

    world.account.auth = LateKey(made)
    assert isinstance(await world.look_up(ADA), Found)
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_one_that_can_not_be_had_is_not_tried_again_by_others_who_wait_for_it() -> None:
    commands = Commands()
    keys = LateKeys([commands.late("broken")])
    failures = await asyncio.gather(*(keys.made() for _ in range(3)), return_exceptions=True)
    assert [type(failure) for failure in failures] == [KeyCommandFailed] * 3
    assert commands.run == ["broken"]


@pytest.mark.parametrize("ends_first", [False, True], ids=["goes on", "ends of the signal, too"])
async def test_a_signal_stops_a_run_that_waits_for_a_command(
    world: World, ends_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_keys, "_SIGNAL_SECONDS", 60)
    begun, may_end = threading.Event(), threading.Event()

    def made() -> Auth:
        begun.set()
        may_end.wait()
        raise KeyCommandFailed("HUNTER_API_KEY_CMD: the command failed (exit code -2)")

    world.gateway = replace(world.gateway, keys=LateKeys([LateKey(made)]))
    try:
        async with anyio.create_task_group() as tasks:
            await world.start(tasks, "ada@example.com", "grace@example.com")
            await anyio.to_thread.run_sync(begun.wait)
            if ends_first:
                may_end.set()
                await anyio.sleep(0.03)
            world.stop.ask()
    finally:
        may_end.set()
    assert [type(outcome) for outcome in world.outcomes] == [Interrupted] * 2
    assert world.happened == []
