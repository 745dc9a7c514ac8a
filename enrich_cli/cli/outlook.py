"""What a run would do, said in advance: the whole of `--dry-run`, and in a terminal what people may decline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import typer
from rich.console import Console

from enrich_cli.cli.agreement import agree
from enrich_cli.cli.assignment import Assignment
from enrich_cli.cli.exit_codes import NOBODY_TO_ASK
from enrich_cli.cli.log import Log
from enrich_cli.console.forecast import BEFORE, DRY_RUN, Setup, forecast_json, print_forecast
from enrich_cli.console.money import dollars
from enrich_cli.domain.data_type import DataType
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.crowd import Bounds
from enrich_cli.engine.dry_run import forecast
from enrich_cli.sources.source import Source
from enrich_cli.store.dry_books import open_dry_books
from enrich_cli.store.plan import RunPlan
from enrich_cli.store.reading import History


class Outlook:
    """The forecast of one run, made from the books as they are before it."""

    def __init__(
        self,
        asked: Assignment,
        source: Source,
        chains: Mapping[DataType, Chain],
        skipped: Mapping[DataType, str],
        plan: RunPlan,
        history: History,
        now: datetime,
    ) -> None:
        """Reads the whole source. `skipped`: the requested data types that the tier lacks, and why."""
        self._asked = asked
        with open_dry_books(asked.path, asked.store_keys, plan) as books:
            quota = books.quota(now)
            self._expected = forecast(
                asked.rows(source),
                chains,
                books,
                now,
                records=history.records,
                concurrency=asked.options.concurrency,
                bounds=Bounds(cap=asked.cap(history.month_costs), places=quota.remaining),
            )
        links = [link for kind, chain in chains.items() if kind not in skipped for link in chain.links]
        self._nobody_to_ask = not any(link.configured for link in links)
        self._setup = Setup(
            sandbox=asked.options.sandbox,
            skipped_types=skipped,
            disabled={link.provider.name: link.disabled for link in links if link.disabled},
        )
        self._print = partial(print_forecast, self._expected, mapping=source.mapping, quota=quota, setup=self._setup)

    @property
    def asks(self) -> bool:
        """Is there anything to look up within the bounds?"""
        return self._expected.to_look_up > 0

    def say(self, log: Log) -> None:
        """Print the forecast on standard output, as a dry run does."""
        if self._asked.options.as_json:
            typer.echo(forecast_json(self._expected, self._setup))
        elif not log.quiet:
            self._print(Console(), DRY_RUN)
        if self.asks and self._nobody_to_ask:
            log.warning(
                f"no provider is configured for what is to be looked up: a run would end with exit code {NOBODY_TO_ASK}"
            )

    def announce(self, messages: Console) -> None:
        """Say what is about to happen, and ask first if it may cost a lot. Raises Declined."""
        self._print(messages, BEFORE)
        options = self._asked.options
        dear = self._expected.cost.most > self._asked.settings.confirm_usd
        if not dear or options.yes or options.sandbox:
            return
        agree(
            f"This could cost {dollars(self._expected.cost.most)}. Go on?",
            otherwise="nothing was sent, nothing was written",
            stdin_is_data=options.source == "-",
        )
