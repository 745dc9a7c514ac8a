"""One `enrich` or `refresh`, assembled: source, chains, gateway, store, outputs, progress, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, nullcontext, suppress
from datetime import datetime
from functools import partial

import anyio
from rich.console import Console

from enrich_cli.cli.assignment import Assignment
from enrich_cli.cli.context import Context
from enrich_cli.cli.ending import show_report
from enrich_cli.cli.exit_codes import exit_code
from enrich_cli.cli.inlet import open_source
from enrich_cli.cli.interrupts import interruptible
from enrich_cli.cli.live_run import LiveRun
from enrich_cli.cli.mistyped_settings import warn_of_mistyped
from enrich_cli.cli.outlets import Outlets, refuse_clashes, refuse_unfit_output
from enrich_cli.cli.outlook import Outlook
from enrich_cli.cli.parsing import data_types, required_fields
from enrich_cli.cli.run_chains import open_chains
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import NotConfigured, ReaderLeft, ShownError
from enrich_cli.domain.report import RunReport
from enrich_cli.domain.tier import Tier, needs_tier
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of, cheapest_first
from enrich_cli.engine.hindsight import compare, savings
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.late_keys import LateKeys
from enrich_cli.gateway.stop import Stop
from enrich_cli.outputs.errors import WritingFailed
from enrich_cli.settings import Settings
from enrich_cli.sources.source import Source
from enrich_cli.store.reading import read_history, read_quota, read_tier, runs_at_work
from enrich_cli.store.run_store import Keeper


def perform(context: Context, keeper: Keeper, options: RunOptions) -> int:
    """Perform a run, with its books kept by the keeper; returns the exit code.

    Raises a ShownError if it can't be started or finished.
    """
    refuse_clashes(options)
    settings = Settings.load()
    warn_of_mistyped(context.log)
    session = Session(context, keeper, options, settings)
    try:
        return anyio.run(session.run)
    except (WritingFailed, BaseExceptionGroup) as raised:
        error = _first(raised)
        if isinstance(error, WritingFailed):
            # If nothing stays fresh for long, the same command would buy everything again.
            raise WritingFailed(f"{error}; what arrived is saved: continue with --resume {session.run_id}") from None
        raise error from None


def _first(error: BaseException) -> BaseException:
    """The error to show, if it is a group of several that happened at once."""
    if isinstance(error, BaseExceptionGroup):
        error = error.subgroup(ShownError) or error
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


class Session:
    """Holds what all steps of a run need; each step is a method."""

    def __init__(self, context: Context, keeper: Keeper, options: RunOptions, settings: Settings) -> None:
        self._keeper = keeper
        self._clock = Clock()
        self._asked = Assignment(context, options, settings, self._clock)
        self._log = context.log
        # A JSON log leaves no room for text and progress bars.
        self._messages = Console(stderr=True, quiet=context.quiet or context.log.as_json)

    @property
    def run_id(self) -> str:
        """The run's id in the books."""
        return self._asked.run_id

    async def run(self) -> int:
        """Perform the run, or the dry run; returns the exit code."""
        asked, options = self._asked, self._asked.options
        async with AsyncExitStack() as stack:
            tier = read_tier(asked.path, asked.company, migrate=not options.dry_run)
            types = data_types(options.types) or tuple(DataType)
            skipped = _beyond(tier, types)
            required = required_fields(options.require, types)
            default = await open_chains(asked, types, required, self._clock, stack)
            in_tier = [chain for kind, chain in default.items() if kind not in skipped]
            keys = LateKeys(account.auth for account in accounts_of(in_tier))
            history = read_history(asked.path, asked.company, self._clock.now(), migrate=not options.dry_run)
            chains = default
            if options.optimize_cost:
                chains = {kind: cheapest_first(chain, history.records) for kind, chain in default.items()}
            saved_before = asked.saved_before(tier, self._clock.now())
            source = self._source(stack, _asked_for(chains, skipped), saved_before)
            plan = asked.plan(required, tuple(skipped), saved_before)
            if self._reads_twice:
                # This takes as long as reading all rows.
                with interruptible():
                    if options.dry_run:
                        refuse_unfit_output(options, source, tuple(chains))
                    outlook = Outlook(asked, source, chains, skipped, plan, history, self._clock.now())
                if options.dry_run:
                    outlook.say(self._log)
                    return 0
                outlook.announce(self._messages)
                if outlook.asks:
                    # A key command may ask for a password, and must do so before the progress bar moves.
                    await keys.made()
            quota, _ = read_quota(asked.path, asked.company, self._clock.now())
            report = asked.report(quota, skipped, source)
            self._say_who_else_is_at_work()
            tally = Tally(report, chains.values(), self._log.event)
            stop = Stop()
            # A database may keep us waiting, and nothing is in the books yet.
            with interruptible():
                outlets = stack.enter_context(Outlets(options, source, tuple(chains), stop.ask))
            live = LiveRun(
                asked, self._keeper, outlets, stop=stop, clock=self._clock, log=self._log, messages=self._messages
            )
            await stack.enter_async_context(live.obeying_signals())
            failed = await live.go(source, chains, plan, tally, keys)
            compare(tally, history.records, cap=asked.cap(history.month_costs))
            if options.optimize_cost:
                now_known = read_history(asked.path, asked.company, self._clock.now())
                report.cheapest_order = savings(tally, now_known.records, _names(default))
            await self._show(report, failed)
            return exit_code(report)

    async def _show(self, report: RunReport, failed: WritingFailed | ReaderLeft | None) -> None:
        """Show the report, unless nobody is there to read it; then raise why an output could not be written, if so."""
        if isinstance(failed, ReaderLeft):
            raise failed
        asked = self._asked
        show = partial(show_report, report, asked.options, self._log, self._messages, program=asked.program)
        # A full disk may have no room for the report, either.
        with suppress(OSError) if failed else nullcontext():
            # Nobody may be reading, and a second Ctrl-C must be heard meanwhile.
            await anyio.to_thread.run_sync(partial(show, is_written=failed is None))
        if failed:
            raise failed

    @property
    def _reads_twice(self) -> bool:
        """Is the source read once before the run, only to say what would happen?"""
        return self._asked.options.dry_run or self._messages.is_terminal

    def _source(self, stack: AsyncExitStack, data_types: Sequence[DataType], saved_before: datetime | None) -> Source:
        """The run's source, open until the stack is closed."""
        opening = open_source(
            self._asked.options,
            self._asked.path,
            self._asked.company,
            keys=self._asked.store_keys,
            data_types=data_types,
            saved_before=saved_before,
            twice=self._reads_twice,
            migrate=not self._asked.options.dry_run,
        )
        # Standard input may keep us waiting for its first line.
        with interruptible():
            return stack.enter_context(opening)

    def _say_who_else_is_at_work(self) -> None:
        if others := runs_at_work(self._asked.path, self._asked.company):
            who = "another run is" if others == 1 else f"{others} other runs are"
            self._log.note(f"{who} at work: no customer is looked up twice, and each run uses what the others save")


def _names(chains: Mapping[DataType, Chain]) -> dict[DataType, list[str]]:
    return {kind: [link.provider.name for link in chain.links] for kind, chain in chains.items()}


def _asked_for(chains: Mapping[DataType, Chain], skipped: Mapping[DataType, str]) -> Sequence[DataType]:
    """The data types that the tier has and some provider can be asked for; if there are none, all that the tier has."""
    had = [kind for kind in chains if kind not in skipped]
    return [kind for kind in had if any(link.account for link in chains[kind].links)] or had


def _beyond(tier: Tier, types: Sequence[DataType]) -> dict[DataType, str]:
    """The requested data types that the tier lacks, and why. Raises NotConfigured if it lacks all of them."""
    skipped = {kind: needs_tier(kind) for kind in types if kind not in tier.terms.data_types}
    if len(skipped) == len(types):
        named = ", ".join(f"{kind.value} {why}" for kind, why in skipped.items())
        raise NotConfigured(f"tier {tier.value} has none of the requested data types: {named}")
    return skipped
