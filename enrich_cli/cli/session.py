"""One `enrich` or `refresh`, put together: source, chains, gateway, store, outputs, progress, report."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing, contextmanager
from functools import partial
from itertools import islice

import anyio
import typer
from rich.console import Console

from enrich_cli.cli.context import Context
from enrich_cli.cli.exit_codes import exit_code, nobody_to_ask
from enrich_cli.cli.inlet import open_source
from enrich_cli.cli.outlets import Outlets, refuse_clashes
from enrich_cli.cli.parsing import data_types, dollars, required_fields
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.cli.signals import obeying_signals
from enrich_cli.cli.vendors import Vendors, sandbox_vendors
from enrich_cli.console.forecast import forecast_json, print_forecast
from enrich_cli.console.progress import Progress
from enrich_cli.console.report import print_report, report_json
from enrich_cli.databases.urls import is_url, shown
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import NotConfigured, ShownError, UsageProblem
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Count, Quota, RunReport
from enrich_cli.domain.row import SourceRow
from enrich_cli.domain.tier import Lifetimes, Tier, needs_tier
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of, build_chains, cheapest_first, reads
from enrich_cli.engine.customer import CustomerLookups
from enrich_cli.engine.dry_run import forecast
from enrich_cli.engine.forecast import Bounds
from enrich_cli.engine.hindsight import compare, savings
from enrich_cli.engine.run import Run
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.gateway import Gateway
from enrich_cli.gateway.shared_pace import PaceFile
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Stop
from enrich_cli.gateway.transport import open_transport
from enrich_cli.gateway.trial import Trial
from enrich_cli.settings import Settings
from enrich_cli.sources.source import Source
from enrich_cli.store.books import RunPlan, open_books
from enrich_cli.store.caps import Caps
from enrich_cli.store.dry_books import open_dry_books, refuse_outdated
from enrich_cli.store.keys import KeySource, key_place
from enrich_cli.store.liveness import anybody_alive
from enrich_cli.store.process import KeeperProcess
from enrich_cli.store.reading import History, read_history, read_quota, read_tier
from enrich_cli.store.run_store import Store, run_store


def perform(context: Context, keeper: KeeperProcess, options: RunOptions) -> int:
    """Run it, the books with the keeper; returns the exit code.

    Raises a ShownError where it can't be run, or not to its end.
    """
    refuse_clashes(options)
    settings = Settings.load()
    if options.min_confidence is not None and not 0 <= options.min_confidence <= 1:
        raise UsageProblem("--min-confidence may be a number from 0 to 1")
    if not settings.enabled:
        raise NotConfigured("enrichment is switched off: ENABLE_CUSTOMER_ENRICHMENT is false")
    try:
        return anyio.run(Session(context, keeper, options, settings).run)
    except BaseExceptionGroup as group:
        raise _first(group) from None


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Of errors that happened at once, the one to show."""
    shown = group.subgroup(ShownError) or group
    error: BaseException = shown
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


class Session:
    """Holds what all its steps need; each step is a method."""

    def __init__(self, context: Context, keeper: KeeperProcess, options: RunOptions, settings: Settings) -> None:
        self._context = context
        self._keeper = keeper
        self._options = options
        self._settings = settings
        self._clock = Clock()
        self._stop = Stop()
        self._company = context.company_of(settings, sandbox=options.sandbox)
        self._path = context.store_path(settings, sandbox=options.sandbox)
        self._run_id = f"{self._clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self._lifetimes = Lifetimes(free=settings.cache_ttl, pro=settings.cache_ttl_pro)
        self._max_cost = dollars("--max-cost", options.max_cost)
        self._master: KeySource = key_place(settings)
        self._messages = Console(stderr=True, quiet=context.quiet)

    async def run(self) -> int:
        if self._options.dry_run:
            refuse_outdated(self._path)
        async with AsyncExitStack() as stack:
            tier = read_tier(self._path, self._company)
            types = data_types(self._options.types) or tuple(DataType)
            skipped = _beyond(tier, types)
            required = required_fields(self._options.require, types)
            if self._options.sandbox:
                vendors = await stack.enter_async_context(sandbox_vendors())
            else:
                vendors = Vendors(insecure=self._context.insecure)
            chains = build_chains(
                types,
                self._settings,
                required=required,
                open_account=partial(
                    vendors.open_account,
                    timeout=self._settings.timeout,
                    clock=self._clock,
                    paces=None if self._options.dry_run else stack.enter_context(self._paces()),
                ),
                capped=bool(self._max_cost is not None or self._settings.monthly_budget_usd is not None),
            )
            history = read_history(self._path, self._company, self._clock.now())
            default = {kind: [link.provider.name for link in chain.links] for kind, chain in chains.items()}
            if self._options.optimize_cost:
                chains = {kind: cheapest_first(chain, history.records) for kind, chain in chains.items()}
            for account in accounts_of(chains.values()):
                account.trial = Trial(self._options.stop_after_misses)
            source = stack.enter_context(
                open_source(
                    self._options,
                    self._path,
                    self._company,
                    master=self._master,
                    lifetime=self._lifetimes.of(tier),
                    now=self._clock.now(),
                    twice=self._options.dry_run or self._messages.is_terminal,
                )
            )
            plan = self._plan(required)
            if self._options.dry_run:
                return self._dry_run(source, chains, plan, history)
            quota, _ = read_quota(self._path, self._company, self._clock.now())
            report = self._report(quota, skipped, source)
            tally = Tally(report, chains.values())
            await self._live_run(source, chains, plan, tally)
            compare(tally, history.records, cap=self._cap(history.month_costs))
            if self._options.optimize_cost:
                now_known = read_history(self._path, self._company, self._clock.now())
                report.cheapest_order = savings(tally, now_known.records, default)
            self._show(report)
            return exit_code(report)

    async def _live_run(self, source: Source, chains: dict[DataType, Chain], plan: RunPlan, tally: Tally) -> None:
        report = tally.report
        began = self._clock.monotonic()
        async with AsyncExitStack() as stack:
            outlets = stack.enter_context(Outlets(self._options, source, tuple(chains)))
            opening = partial(open_books, self._path, self._master, plan, self._clock.now())
            store = await stack.enter_async_context(run_store(self._keeper, opening, self._clock))
            state = "interrupted"
            try:
                await stack.enter_async_context(
                    obeying_signals(self._stop, quiet=self._context.quiet, on_quit=outlets.discard)
                )
                report.interrupted = not await self._look_up(source, chains, store, tally, outlets)
                if report.interrupted:
                    # Customers that were not finished are in none of the counts.
                    report.read = sum(report.customers.values())
                else:
                    # An output may be in the same database, and wait until nobody reads there.
                    source.close()
                    report.warnings += outlets.close(rows=not (nobody_to_ask(report) and _nothing_known(report)))
                    # What was not read is still to be done, by whoever resumes the run.
                    state = "interrupted" if report.incomplete else "done"
            finally:
                with anyio.CancelScope(shield=True):
                    await store.end(state, json.dumps(report.customers))
                    report.quota = await store.quota()
        report.duration_s = self._clock.monotonic() - began

    async def _look_up(
        self,
        source: Source,
        chains: dict[DataType, Chain],
        store: Store,
        tally: Tally,
        outlets: Outlets,
    ) -> bool:
        """Everything between the first row and the last; returns whether all of them were finished."""
        async with AsyncExitStack() as stack:
            transport = open_transport(connections=self._options.concurrency)
            stack.push_async_callback(transport.aclose)
            gateway = Gateway(
                transport=transport,
                journal=store,
                stop=self._stop,
                clock=self._clock,
                chance=random.Random(),  # noqa: S311 it spreads retries, it guards nothing
                max_pause=self._settings.max_pause,
                on_closed=tally.closed,
            )
            if not self._context.quiet:
                progress = Progress(
                    tally.report,
                    accounts_of(chain for kind, chain in chains.items() if kind not in tally.report.skipped_types),
                    expected=await self._expected(source),
                    max_pause=self._settings.max_pause,
                    clock=self._clock,
                )
                await stack.enter_async_context(progress.shown(self._messages))
            run = Run(
                rows=self._rows(source),
                chains=chains,
                store=store,
                lookups=CustomerLookups(
                    chains=chains,
                    gateway=gateway,
                    store=store,
                    tally=tally,
                    slots=Slots(self._options.concurrency),
                    min_confidence=self._min_confidence,
                ),
                stop=self._stop,
                tally=tally,
                concurrency=self._options.concurrency,
                finished=outlets.take,
            )
            complete = await run.go()
            tally.report.incomplete = str(run.broken_off) if run.broken_off else None
            known = tally.report.warnings
            known += [warning for warning in source.warnings if warning not in known]
            return complete

    def _dry_run(self, source: Source, chains: dict[DataType, Chain], plan: RunPlan, history: History) -> int:
        now = self._clock.now()
        with open_dry_books(self._path, self._master, plan) as books:
            bounds = Bounds(cap=self._cap(history.month_costs), places=books.quota(now).remaining)
            expected = forecast(self._rows(source), chains, books, now, records=history.records, bounds=bounds)
        if self._options.as_json:
            typer.echo(forecast_json(expected))
        elif not self._context.quiet:
            print_forecast(expected, Console())
        return 0

    @contextmanager
    def _paces(self) -> Iterator[PaceFile]:
        """How fast vendors are asked, shared with other runs on the store."""
        others = partial(anybody_alive, self._path, besides=self._run_id)
        with closing(PaceFile(self._path, self._clock, anybody_here=others)) as paces:
            yield paces

    def _cap(self, booked: Money) -> Money | None:
        """What may still be spent, by the run's own cap and by what is left of the month's budget."""
        budget = self._settings.monthly_budget_usd
        left = None if budget is None else max(budget - booked, ZERO)
        return min((cap for cap in (self._max_cost, left) if cap is not None), default=None)

    def _rows(self, source: Source) -> Iterator[SourceRow]:
        return islice(source, self._options.limit)

    async def _expected(self, source: Source) -> int | None:
        """How many rows there are about. Only a terminal is worth reading the source for."""
        limit = self._options.limit
        rows = await anyio.to_thread.run_sync(source.rows_expected) if self._messages.is_terminal else None
        return min((number for number in (rows, limit) if number is not None), default=None)

    @property
    def _min_confidence(self) -> float:
        given = self._options.min_confidence
        return self._settings.min_confidence if given is None else given

    def _plan(self, required: dict[DataType, frozenset[str]]) -> RunPlan:
        settings = self._settings
        return RunPlan(
            run_id=self._run_id,
            command=self._options.command,
            company=self._company,
            sandbox=self._options.sandbox,
            resume=self._options.resume,
            refresh=self._options.refresh,
            lifetimes=self._lifetimes,
            min_confidence=self._min_confidence,
            require=required,
            reads=reads(),
            caps=Caps(run=self._max_cost, month=settings.monthly_budget_usd),
        )

    def _report(self, quota: Quota, skipped: dict[DataType, str], source: Source) -> RunReport:
        return RunReport(
            run_id=self._run_id,
            command=self._options.command,
            company=self._company,
            tier=quota.tier,
            sandbox=self._options.sandbox,
            quota=quota,
            skipped_types=skipped,
            mapping=dict(source.mapping),
            warnings=list(source.warnings),
        )

    def _show(self, report: RunReport) -> None:
        if self._options.as_json:
            typer.echo(report_json(report))
        elif not self._context.quiet:
            console = self._messages if self._options.output == "-" else Console()
            output = self._options.output
            print_report(report, console, output=shown(output) if output and is_url(output) else output)
        if report.incomplete:
            typer.echo(
                f"enrich-cli: error: the source could not be read to its end: {report.incomplete}; "
                f"once it can, --resume {report.run_id} goes on",
                err=True,
            )
        if report.interrupted:
            typer.echo(f"interrupted: continue with --resume {report.run_id}", err=True)
        elif nobody_to_ask(report):
            asked = (entry for entry in report.providers if entry.data_type not in report.skipped_types)
            reasons = dict.fromkeys(f"{entry.provider}: {entry.disabled}" for entry in asked)
            why = "; ".join(reasons) or "no provider serves the requested data types"
            typer.echo(f"enrich-cli: error: nobody could be asked: {why}", err=True)


def _beyond(tier: Tier, types: Sequence[DataType]) -> dict[DataType, str]:
    """The requested data types that the tier does not have, and why. Raises NotConfigured when it has none of them."""
    skipped = {kind: needs_tier(kind) for kind in types if kind not in tier.terms.data_types}
    if len(skipped) == len(types):
        named = ", ".join(f"{kind.value} {why}" for kind, why in skipped.items())
        raise NotConfigured(f"tier {tier.value} has none of the requested data types: {named}")
    return skipped


def _nothing_known(report: RunReport) -> bool:
    return not any(report.customers[count] for count in (Count.ENRICHED, Count.PARTIAL, Count.CACHED))
