"""`enrich-cli providers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.exit_codes import NOBODY_TO_ASK, SOME_FAILED
from enrich_cli.cli.option_types import AsJson

if TYPE_CHECKING:
    from enrich_cli.cli.log import Log
    from enrich_cli.engine.roster import Entry
    from enrich_cli.gateway.probing import Standing


def command(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Ask each configured provider about its account, without spending.")
    ] = False,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Show the built-in simulator instead of the providers.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Every provider: its place in the chain, whether it is configured, what it costs, and how fast it may be asked.

    With --check the exit code is 0 if every configured provider accepted its key; 3 if one refused it, has no credit
    left or gave no answer; 5 if all of them refused it, or none is configured. Providers that a chain leaves out are
    not asked.

    Examples:

        enrich-cli providers

        enrich-cli providers --check --json
    """
    import anyio

    from enrich_cli.cli.mistyped_settings import warn_of_mistyped
    from enrich_cli.console.providers import print_providers, providers_json

    options: Context = context.obj
    warn_of_mistyped(options.log)
    entries, standings = anyio.run(_asked, check, sandbox, options.insecure)
    if as_json:
        typer.echo(providers_json(entries, standings, sandbox=sandbox))
    elif not options.quiet:
        from rich.console import Console

        print_providers(entries, standings, Console(), sandbox=sandbox)
    if check and (code := _exit_code(standings, options.log)):
        raise typer.Exit(code)


async def _asked(check: bool, sandbox: bool, insecure: bool) -> tuple[list[Entry], dict[str, Standing]]:
    """All providers, and the account state of those that a run would ask."""
    from contextlib import AsyncExitStack
    from functools import partial

    from enrich_cli.cli.vendors import Vendors, sandbox_vendors
    from enrich_cli.engine.roster import roster
    from enrich_cli.gateway.clock import Clock
    from enrich_cli.gateway.late_keys import LateKeys
    from enrich_cli.gateway.probing import probe_all
    from enrich_cli.gateway.transport import open_transport
    from enrich_cli.settings import Settings

    settings, clock = Settings.load(), Clock()
    async with AsyncExitStack() as stack:
        vendors = await stack.enter_async_context(sandbox_vendors()) if sandbox else Vendors(insecure=insecure)
        entries = roster(
            settings,
            open_account=partial(vendors.open_account, timeout=settings.timeout, clock=clock),
            settings_of=vendors.settings_of,
        )
        accounts = [entry.account for entry in entries if entry.account and not entry.disabled]
        if not check or not accounts:
            return entries, {}
        await LateKeys(account.auth for account in accounts).made()
        transport = await stack.enter_async_context(open_transport(connections=len(accounts)))
        return entries, await probe_all(accounts, transport, clock)


def _exit_code(standings: dict[str, Standing], log: Log) -> int:
    """The exit code; says on standard error what is wrong, if anything."""
    from enrich_cli.gateway.probing import State

    if not standings:
        log.failure("no provider is configured")
        return NOBODY_TO_ASK
    wrong = {
        name: standing
        for name, standing in standings.items()
        if standing.state not in (State.ACCEPTED, State.NOT_CHECKED)
    }
    if not wrong:
        return 0
    why = "; ".join(f"{name}: {standing.words}" for name, standing in sorted(wrong.items()))
    log.failure(f"not every provider is ready: {why}")
    refused = all(standing.state is State.REFUSED for standing in standings.values())
    return NOBODY_TO_ASK if refused else SOME_FAILED
