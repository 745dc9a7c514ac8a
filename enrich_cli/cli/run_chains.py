"""The chains of a run, with an account at each vendor that it may ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from functools import partial

from enrich_cli.cli.assignment import Assignment
from enrich_cli.cli.vendors import Vendors, sandbox_vendors
from enrich_cli.domain.data_type import DataType
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of, build_chains
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.open_files import connections_each
from enrich_cli.gateway.places import Places
from enrich_cli.gateway.shared_pace import PaceFile
from enrich_cli.gateway.trial import Trial
from enrich_cli.store.liveness import anybody_alive


async def open_chains(
    asked: Assignment,
    types: Sequence[DataType],
    required: Mapping[DataType, frozenset[str]],
    clock: Clock,
    stack: AsyncExitStack,
) -> Mapping[DataType, Chain]:
    """Which providers to ask for each data type, in the order of the settings; open until the stack is closed.

    Raises SettingError.
    """
    options = asked.options
    if options.sandbox:
        vendors = await stack.enter_async_context(sandbox_vendors())
    else:
        vendors = Vendors(insecure=asked.insecure)
    paces = None if options.dry_run else stack.enter_context(closing(_shared_paces(asked, clock)))
    chains = build_chains(
        types,
        asked.settings,
        required=required,
        open_account=partial(vendors.open_account, timeout=asked.settings.timeout, clock=clock, paces=paces),
        capped=asked.capped,
    )
    accounts = accounts_of(chains.values())
    for account in accounts:
        account.trial = Trial(options.stop_after_misses)
        connections = connections_each(len(accounts), both_ends=options.sandbox)
        account.places = Places(Limit(min(options.concurrency, connections)))
    return chains


def _shared_paces(asked: Assignment, clock: Clock) -> PaceFile:
    """How fast vendors are asked, shared with other runs on the store."""
    others = partial(anybody_alive, asked.path, besides=asked.run_id)
    return PaceFile(asked.path, clock, anybody_here=others)
