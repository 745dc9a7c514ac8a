"""What a run is asked to do, combined from its options, the settings and the global options."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from enrich_cli.cli.context import Context
from enrich_cli.cli.overwriting import refuse_the_store
from enrich_cli.cli.parsing import max_cost
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.errors import NotConfigured
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Quota, RunReport
from enrich_cli.domain.row import SourceRow
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.chains import reads
from enrich_cli.gateway.clock import Clock
from enrich_cli.settings import Settings
from enrich_cli.sources.source import Source
from enrich_cli.store.caps import Caps
from enrich_cli.store.key_place import key_place
from enrich_cli.store.keys import KeySource
from enrich_cli.store.plan import RunPlan


class Assignment:
    """What one `enrich` or `refresh` has to do; it does not change during the run."""

    def __init__(self, context: Context, options: RunOptions, settings: Settings, clock: Clock) -> None:
        """Raises UsageProblem, NotConfigured, or CompanyKeyError if the company key is another company's."""
        if not settings.enabled:
            raise NotConfigured("enrichment is switched off: ENABLE_CUSTOMER_ENRICHMENT is false")
        self.options = options
        self.settings = settings
        self.path, self.company = context.store_and_company(settings, sandbox=options.sandbox)
        refuse_the_store("-o", options.output, self.path)
        refuse_the_store("--rejects", options.rejects, self.path)
        self.insecure = context.insecure
        self.program = context.program
        self.times = context.times
        self.run_id = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self.max_cost = max_cost(options.max_cost)
        self.budget = settings.monthly_budget_usd
        self.min_confidence = settings.min_confidence if options.min_confidence is None else options.min_confidence
        self.store_keys: KeySource = key_place(settings)

    @property
    def capped(self) -> bool:
        """Does a cost cap hold: of this run, or of the month?"""
        return self.max_cost is not None or self.budget is not None

    def cap(self, booked: Money) -> Money | None:
        """What may still be spent under the run's own cap and what is left of the month's budget; None if there is no
        cap.
        """
        left = None if self.budget is None else max(self.budget - booked, ZERO)
        return min((cap for cap in (self.max_cost, left) if cap is not None), default=None)

    def rows(self, source: Source) -> Iterator[SourceRow]:
        """The rows of the source, up to `--limit`."""
        return islice(source, self.options.limit)

    def saved_before(self, tier: Tier, now: datetime) -> datetime | None:
        """For a refresh that selects by age: only what was saved before this time is looked up again; else None.

        Without it, data that can't be renewed, for want of a tier or provider, would select its customer every time,
        and everything else of that customer would be bought again.
        """
        ages = [self.options.older_than] if self.options.older_than else []
        if self.options.expired:
            ages.append(timedelta(seconds=self.settings.lifetimes.of(tier)))
        return now - max(ages) if ages else None

    def plan(
        self,
        required: Mapping[DataType, frozenset[str]],
        skipped: tuple[DataType, ...],
        saved_before: datetime | None,
    ) -> RunPlan:
        """How the run begins in the books."""
        return RunPlan(
            run_id=self.run_id,
            command=self.options.command,
            company=self.company,
            sandbox=self.options.sandbox,
            resume=self.options.resume,
            refresh=self.options.command == "refresh",
            lifetimes=self.settings.lifetimes,
            min_confidence=self.min_confidence,
            require=required,
            reads=reads(),
            skipped=skipped,
            saved_before=saved_before,
            caps=Caps(run=self.max_cost, month=self.budget),
        )

    def report(self, quota: Quota, skipped: dict[DataType, str], source: Source) -> RunReport:
        """The report as it is before anything is done."""
        return RunReport(
            run_id=self.run_id,
            command=self.options.command,
            company=self.company,
            sandbox=self.options.sandbox,
            quota=quota,
            skipped_types=skipped,
            mapping=dict(source.mapping),
            warnings=list(source.warnings),
        )
