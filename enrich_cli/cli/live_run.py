"""The run itself: books, gateway, outputs and progress, from the first row to the last."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial

import anyio
from rich.console import Console

from enrich_cli.cli.assignment import Assignment
from enrich_cli.cli.exit_codes import nobody_to_ask
from enrich_cli.cli.log import Log
from enrich_cli.cli.outlets import Outlets
from enrich_cli.cli.signals import obeying_signals
from enrich_cli.console.live_lines import give_back
from enrich_cli.console.progress import Progress
from enrich_cli.console.vendors import VendorStates
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import ReaderLeft
from enrich_cli.domain.events import RunBegan, RunEnded
from enrich_cli.domain.report import Count, Quota, RunReport
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of
from enrich_cli.engine.customer import CustomerLookups
from enrich_cli.engine.room import Room
from enrich_cli.engine.run import Run
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.gateway import Gateway
from enrich_cli.gateway.late_keys import LateKeys
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Stop
from enrich_cli.gateway.transport import open_transport
from enrich_cli.outputs.errors import WritingFailed
from enrich_cli.sources.source import Source
from enrich_cli.store.books import open_books
from enrich_cli.store.errors import KeeperLost
from enrich_cli.store.liveness import alive
from enrich_cli.store.plan import RunPlan
from enrich_cli.store.reading import has_ended, read_quota
from enrich_cli.store.run_store import Keeper, Store, run_store


class LiveRun:
    """Looks customers up; the keeper process keeps the books."""

    def __init__(
        self,
        asked: Assignment,
        keeper: Keeper,
        outlets: Outlets,
        *,
        stop: Stop,
        clock: Clock,
        log: Log,
        messages: Console,
    ) -> None:
        """`stop` is asked by signals, and by whoever else ends the run early."""
        self._asked = asked
        self._keeper = keeper
        self._outlets = outlets
        self._stop = stop
        self._clock = clock
        self._log = log
        self._messages = messages
        self._what_finishes = "requests in flight finish"
        """What a stopping run waits for, in words for people."""

    def obeying_signals(self) -> AbstractAsyncContextManager[None]:
        """Obey signals as long as the block lasts.

        It has to begin before the run does: once that is in the books, a signal must end the run, not just the program.
        And it has to last until the report is shown: of a run that is over in the books, nothing else would tell.
        """
        return obeying_signals(
            self._stop, self._log, what_finishes=lambda: self._what_finishes, on_quit=self._leave_in_order
        )

    def _leave_in_order(self) -> None:
        self._outlets.discard()
        if not self._messages.quiet:
            give_back(self._messages)

    async def go(
        self, source: Source, chains: Mapping[DataType, Chain], plan: RunPlan, tally: Tally, keys: LateKeys
    ) -> WritingFailed | ReaderLeft | None:
        """Look up all rows of the source, write the outputs, and fill in the tally's report; signals must be obeyed.

        Returns why an output could not be written. If that failed before all was looked up, the run was stopped, and
        its report says so.
        """
        report = tally.report
        began = self._clock.monotonic()
        async with AsyncExitStack() as stack:
            # What is incomplete gives way: the report may go to the same full disk.
            stack.callback(self._outlets.discard)
            stack.enter_context(alive(self._asked.path, report.run_id))
            opening = partial(open_books, self._asked.path, self._asked.store_keys, plan, self._clock.now())
            store = await stack.enter_async_context(run_store(self._keeper, opening, self._clock))
            self._log.event(RunBegan.of(report))
            state = "interrupted"
            try:
                report.interrupted = not await self._look_up(source, chains, store, tally, keys)
                self._what_finishes = "the run is over, and its rows are being written"
                if report.interrupted:
                    # Customers that were not finished are in none of the counts.
                    report.read = sum(report.customers.values())
                else:
                    await _write(self._outlets, source, report)
                    # What was not read or written remains to be done by a run that resumes this one.
                    state = "interrupted" if report.incomplete or self._outlets.failed else "done"
            finally:
                with anyio.CancelScope(shield=True):
                    report.quota = await self._end(store, state, report)
        self._what_finishes = "the run is over, and its report is being shown"
        report.duration_s = self._clock.monotonic() - began
        self._log.event(RunEnded.of(report, state))
        return self._outlets.failed

    async def _look_up(
        self,
        source: Source,
        chains: Mapping[DataType, Chain],
        store: Store,
        tally: Tally,
        keys: LateKeys,
    ) -> bool:
        """Everything between the first row and the last; returns whether all rows were finished."""
        async with AsyncExitStack() as stack:
            accounts = accounts_of(chains.values())
            # Several vendors may be reached at one address, and a slow one must leave the others their connections.
            transport = open_transport(connections=self._asked.options.concurrency * len(accounts))
            gateway = Gateway(
                transport=await stack.enter_async_context(transport),
                journal=store,
                stop=self._stop,
                clock=self._clock,
                chance=random.Random(),  # noqa: S311 it spreads retries, it guards nothing
                max_pause=self._asked.settings.max_pause,
                on_closed=tally.closed,
                keys=keys,
            )
            if not self._messages.quiet:
                progress = await self._progress(source, chains, tally.report)
                await stack.enter_async_context(progress.shown(self._messages))
            slots = Slots(self._asked.options.concurrency)
            run = Run(
                rows=self._asked.rows(source),
                chains=chains,
                store=store,
                lookups=CustomerLookups(
                    chains=chains,
                    gateway=gateway,
                    store=store,
                    tally=tally,
                    slots=slots,
                    min_confidence=self._asked.min_confidence,
                ),
                stop=self._stop,
                tally=tally,
                room=Room(slots, self._stop),
                finished=self._outlets.take,
            )
            complete = await run.go()
            tally.settled(accounts)
            tally.report.incomplete = str(run.broken_off) if run.broken_off else None
            known = tally.report.warnings
            known += [warning for warning in source.warnings if warning not in known]
            return complete

    async def _end(self, store: Store, state: str, report: RunReport) -> Quota:
        try:
            return await store.end(state, json.dumps(report.customers))
        except KeeperLost:
            # The keeper was killed after recording the end, but before saying so: there is nothing to resume.
            if not has_ended(self._asked.path, report.company, report.run_id):
                raise
            return read_quota(self._asked.path, report.company, self._clock.now())[0]

    async def _progress(self, source: Source, chains: Mapping[DataType, Chain], report: RunReport) -> Progress:
        asked = self._asked
        in_tier = accounts_of(chain for kind, chain in chains.items() if kind not in report.skipped_types)
        vendors = VendorStates(in_tier, max_pause=asked.settings.max_pause, clock=self._clock, times=asked.times)
        return Progress(report, vendors, expected=await self._expected(source), clock=self._clock)

    async def _expected(self, source: Source) -> int | None:
        """Roughly how many rows there are. The source is read for this only if there is a terminal to show it."""
        limit = self._asked.options.limit
        rows = await anyio.to_thread.run_sync(source.rows_expected) if self._messages.is_terminal else None
        return min((number for number in (rows, limit) if number is not None), default=None)


async def _write(outlets: Outlets, source: Source, report: RunReport) -> None:
    """Let the outputs appear."""
    # The output may be in the same database, and wait until nobody is reading it.
    source.close()
    # A database may be slow, and a second Ctrl-C must be heard meanwhile.
    closing = partial(outlets.close, rows=not _could_not_start(report))
    report.warnings += await anyio.to_thread.run_sync(closing)


def _could_not_start(report: RunReport) -> bool:
    """Nobody is configured, and nothing is known: what an earlier run wrote is worth more than empty rows."""
    nobody = nobody_to_ask(report) and not any(provider.configured for provider in report.providers)
    return nobody and not any(report.customers[count] for count in (Count.ENRICHED, Count.PARTIAL, Count.CACHED))
