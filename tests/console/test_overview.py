"""Where one stands, and the next sensible command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from enrich_cli.console.overview import Overview, overview_lines
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Quota
from enrich_cli.domain.times import IN_UTC
from enrich_cli.store.runs import PastRun

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def run(state: str = "done", **counts: int) -> PastRun:
    return PastRun(
        run_id="20261125-093000-1a2b3c",
        command="enrich",
        state=state,
        sandbox=False,
        resumes=(),
        started_at="2026-11-25T09:30:00.000Z",
        ended_at=None,
        counts=counts,
        cost=Money(200_000),
        in_doubt=Money(0),
    )


@pytest.fixture
def overview(quota: Quota) -> Overview:
    return Overview(
        store=Path("/data/enrichment.db"),
        exists=True,
        synthetic=False,
        quota=quota,
        configured=["clearbit", "hunter"],
        providers=10,
        last_run=run(enriched=3, not_found=1),
    )


def commands(overview: Overview) -> list[str]:
    lines = [line.strip() for line in overview_lines(overview, NOW, IN_UTC)]
    return [line for line in lines if line.startswith("enrich-cli ")]


def test_it_shows_quota_store_providers_and_the_last_run_within_80_columns(
    overview: Overview, snapshot: SnapshotAssertion
) -> None:
    lines = overview_lines(overview, NOW, IN_UTC)
    assert all(len(line) <= 80 for line in lines)
    assert "\n".join(lines) == snapshot


def test_who_has_no_key_is_led_to_the_sandbox(overview: Overview, snapshot: SnapshotAssertion) -> None:
    nothing = replace(overview, configured=[], last_run=None, exists=False)
    assert commands(nothing)[0] == "enrich-cli enrich customers.csv --sandbox"
    assert "\n".join(overview_lines(nothing, NOW, IN_UTC)) == snapshot


@pytest.mark.parametrize(
    ("last_run", "command"),
    [
        (None, "enrich-cli enrich customers.csv --dry-run"),
        (run("interrupted"), "enrich-cli enrich SOURCE --resume last"),
        (run("crashed", failed=1), "enrich-cli enrich SOURCE --resume last"),
        (run(enriched=1, failed=1), "enrich-cli refresh --failed"),
        (run(partial=1), "enrich-cli refresh --failed"),
        (run(enriched=1), "enrich-cli refresh --expired --max-cost 5"),
    ],
)
def test_the_next_command_follows_from_the_last_run(overview: Overview, last_run: PastRun | None, command: str) -> None:
    assert commands(replace(overview, last_run=last_run)) == [command]


def test_a_refresh_is_continued_by_the_same_refresh(overview: Overview) -> None:
    """Which may have had a SOURCE, or have chosen customers: nothing that could be pasted is the same."""
    stopped = replace(overview, last_run=replace(run("interrupted"), command="refresh"))
    assert commands(stopped) == []
    assert "give the same refresh again, with --resume last" in " ".join(overview_lines(stopped, NOW, IN_UTC))


@pytest.mark.parametrize("last_run", [None, run("interrupted"), run(partial=1), run(enriched=1)])
def test_commands_are_about_the_same_store_and_company(overview: Overview, last_run: PastRun | None) -> None:
    (command,) = commands(replace(overview, last_run=last_run, program="enrich-cli --db crm.db --company acme"))
    assert command.startswith("enrich-cli --db crm.db --company acme ")


@pytest.mark.parametrize("last_run", [None, run("interrupted"), run(partial=1), run(enriched=1)])
def test_synthetic_data_is_gone_on_with_in_the_sandbox_whatever_keys_there_are(
    overview: Overview, last_run: PastRun | None
) -> None:
    for configured in ([], ["hunter"]):
        (command,) = commands(replace(overview, synthetic=True, configured=configured, last_run=last_run))
        assert command.endswith(" --sandbox")


def test_when_nothing_is_left_of_the_month_nothing_is_looked_up(overview: Overview, quota: Quota) -> None:
    """And the file that is offered is not the one that customers are read from."""
    assert commands(replace(overview, quota=replace(quota, used=50))) == ["enrich-cli export -o enriched.csv"]
