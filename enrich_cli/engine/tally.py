"""Counts what happens while it happens: the run report in the making, which the progress display may
read at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.events import Event, LookupEnded, ProviderClosed
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Answered, Failed
from enrich_cli.domain.report import Concurrency, Count, ProviderReport, RunReport
from enrich_cli.domain.tier import needs_tier
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.findings import Attempt, Findings
from enrich_cli.engine.ways import Way, way_through
from enrich_cli.gateway.account import Account
from enrich_cli.store.ledger import LookupOutcome

MOST_WARNINGS = 20


def unpriced(provider: str) -> str:
    """The warning for a provider that is asked without a known price."""
    return f"the price of {provider} is not known, so its charges are in no figure: set {provider.upper()}_COST_USD"


class Tally:
    """Counts what happens in a run, in its report."""

    def __init__(
        self, report: RunReport, chains: Iterable[Chain], on_event: Callable[[Event], None] = lambda _: None
    ) -> None:
        self.report = report
        self._on_event = on_event
        self.looked_up: Counter[Way] = Counter()
        """The ways that lookups may have taken, one for each customer and data type."""
        self.refused: Counter[Way] = Counter()
        """What was left of these ways when a cap allowed no more, and nothing was found without the rest."""
        self.customers_refused = self.lookups_refused = 0
        self._providers: dict[str, ProviderReport] = {}
        for chain in chains:
            beyond = report.skipped_types.get(chain.data_type)
            for link in chain.links:
                entry = ProviderReport(
                    provider=link.provider.name,
                    data_type=chain.data_type,
                    disabled=beyond or link.disabled,
                    configured=link.configured and not beyond,
                    # Under a cap, a configured provider without a known price has no account.
                    priced=link.account.price is not None if link.account else not link.configured,
                )
                self._providers[link.provider.name] = entry
                report.providers.append(entry)

    def read(self, rows: int) -> None:
        self.report.read += rows

    def rejected(self, line: int, reason: str) -> None:
        """A row holds no customer that could be looked up."""
        self.report.rejections.add(line, reason)

    def landed(self, count: Count, results: Collection[Result]) -> None:
        """A customer is done, and landed in this count."""
        self.report.customers[count] += 1
        if count is Count.PARTIAL or count is Count.FAILED:
            failed = (result.reason for result in results if result.reason and not result.refused)
            self.report.failures = "; ".join(failed) or self.report.failures
        if any(result.refused for result in results):
            self.report.capped = True
            self.customers_refused += 1

    def ended(self, attempt: Attempt, booked: tuple[int, int] | None) -> None:
        """One lookup ended; if it was answered from disk, it was no lookup of this run."""
        if booked is None and attempt.outcome is None:
            # The run was stopped before anything was sent.
            return
        entry = self._providers[attempt.provider]
        self._log(attempt, entry.data_type, booked)
        if booked is None:
            entry.from_disk += isinstance(attempt.outcome, Answered)
            return
        if entry.data_type in self.report.skipped_types and not entry.lookups:
            # The tier was raised during the run.
            entry.disabled, entry.configured = None, True
        entry.lookups += 1
        if entry.lookups == 1 and not entry.priced:
            self.warn(unpriced(attempt.provider))
        entry.retries += attempt.ticket.retries
        entry.latency.add(attempt.ticket.latency_ms)
        entry.cost += Money(booked[0])
        entry.in_doubt += Money(booked[1])
        entry.found += attempt.booked_as is LookupOutcome.FOUND
        entry.not_found += attempt.booked_as is LookupOutcome.NOT_FOUND
        entry.failed += attempt.booked_as is LookupOutcome.FAILED

    def _log(self, attempt: Attempt, data_type: DataType, booked: tuple[int, int] | None) -> None:
        cost, in_doubt = booked or (0, 0)
        self._on_event(
            LookupEnded(
                run_id=self.report.run_id,
                customer_id=attempt.ticket.customer_id,
                data_type=data_type,
                provider=attempt.provider,
                outcome=attempt.booked_as.value,
                reason=attempt.outcome.reason if isinstance(attempt.outcome, Failed) else None,
                from_disk=booked is None and isinstance(attempt.outcome, Answered),
                latency_ms=attempt.ticket.latency_ms,
                retries=attempt.ticket.retries,
                cost_usd=Money(cost),
                in_doubt_usd=Money(in_doubt),
            )
        )

    def refuses(self, chain: Chain, customer: Customer, findings: Findings) -> None:
        """Record what a cap prevented for one data type."""
        refused = {provider for provider, failed in findings.failures if failed.refused}
        self.lookups_refused += len(refused)
        if refused and findings.data is None:
            self.refused[way_through(chain, customer).only(refused)] += 1

    def closed(self, account: Account) -> None:
        entry = self._providers[account.provider.name]
        entry.disabled = account.closed
        entry.key_refused = account.key_refused
        self._on_event(ProviderClosed(run_id=self.report.run_id, provider=account.provider.name, reason=account.closed))

    def settled(self, accounts: Iterable[Account]) -> None:
        """The run is over: record how many requests each vendor that was asked might have in flight: at first, at least
        and at the end.
        """
        for account in accounts:
            entry, limit = self._providers[account.provider.name], account.places.limit
            if entry.lookups:
                entry.concurrency = Concurrency(
                    ceiling=int(limit.ceiling), lowest=int(limit.lowest), settled=int(limit.now)
                )

    def beyond_tier(self, types: Iterable[DataType]) -> None:
        """Some customer could not be asked about for these data types."""
        for data_type in types:
            self.report.skipped_types.setdefault(data_type, needs_tier(data_type))

    def spared(self, lookups: Mapping[str, int]) -> None:
        """This many lookups were not worth making, and why."""
        for reason, number in lookups.items():
            self.report.spared[reason] = self.report.spared.get(reason, 0) + number

    def warn(self, text: str) -> None:
        if len(self.report.warnings) < MOST_WARNINGS:
            self.report.warnings.append(text)
        elif len(self.report.warnings) == MOST_WARNINGS:
            self.report.warnings.append("more warnings like these were left out")
