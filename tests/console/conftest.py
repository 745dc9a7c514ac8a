"""A report of a run, and a console of 80 columns that is not a terminal."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.console import Console

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.latency import Latencies
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count, ProviderReport, Quota, RunReport
from enrich_cli.domain.tier import Tier

COLUMNS = 80


@dataclass
class Paper:
    """What a console wrote."""

    terminal: bool = False
    width: int = COLUMNS
    file: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.console = Console(file=self.file, width=self.width, force_terminal=self.terminal, color_system=None)

    @property
    def text(self) -> str:
        return self.file.getvalue()

    @property
    def lines(self) -> list[str]:
        lines = self.text.splitlines()
        assert all(cell_len(line) <= self.width for line in lines)
        return [line.rstrip() for line in lines]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def terminal() -> Paper:
    return Paper(terminal=True)


@pytest.fixture
def quota() -> Quota:
    return Quota(
        company="acme",
        tier=Tier.PRO,
        month="2026-11",
        used=44,
        reserved=0,
        limit=50,
        resets_at=datetime(2026, 12, 1, tzinfo=UTC),
    )


@pytest.fixture
def report(quota: Quota) -> RunReport:
    """Nine rows, and five lookups at one provider."""
    latency = Latencies()
    for latency_ms in (*[181] * 4, 402):
        latency.add(latency_ms)
    report = RunReport(
        run_id="run-7",
        command="enrich",
        company="acme",
        sandbox=False,
        quota=quota,
        read=9,
        skipped_types={DataType.PROPERTY: "needs tier pro"},
        mapping={"email": "E-mail 1 - Value"},
        duration_s=3.4,
    )
    report.customers |= {Count.ENRICHED: 3, Count.PARTIAL: 1, Count.CACHED: 1, Count.NOT_FOUND: 1}
    report.customers |= {Count.FAILED: 1, Count.OVER_QUOTA: 1, Count.REJECTED: 1}
    report.providers.append(
        ProviderReport(
            provider="hunter",
            data_type=DataType.PERSON,
            lookups=5,
            found=4,
            not_found=1,
            retries=2,
            latency=latency,
            cost=Money(200_000),
        )
    )
    return report
