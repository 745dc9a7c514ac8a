"""`stats`: the last months, for people, scripts and Prometheus."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits

MISSES = ["ben.archer+miss@freight.example"]


def test_the_figures_are_those_of_the_runs(cli: Cli, hits: Hits) -> None:
    cli.run("enrich", cli.source([*hits(3), *MISSES]), "--types", "person")
    cli.run("enrich", cli.source(hits(2)), "--types", "person")
    result = cli.run("stats", "--json")
    (month,) = result.report["months"]
    cost, with_doubt = cli.booked()
    assert (result.code, result.err) == (0, "")
    assert (month["tier"], month["enrichments"], month["limit"]) == ("free", 3, 50)
    assert Decimal(month["api_cost_usd"]) == with_doubt
    assert sum(Decimal(provider["cost_usd"]) for provider in result.report["providers"]) == cost
    clearbit = next(one for one in result.report["providers"] if one["provider"] == "clearbit")
    assert (clearbit["lookups"], clearbit["found"], clearbit["not_found"], clearbit["failed"]) == (4, 3, 1, 0)
    assert 0 <= clearbit["latency_ms"]["p50"] <= clearbit["latency_ms"]["p95"]
    assert (result.report["success_rate"], result.report["cache_hit_rate"]) == (3 / 4, 2 / 6)
    assert Decimal(result.report["cost_per_enrichment_usd"]) == pytest.approx(with_doubt / 3)


def test_it_needs_no_key(stocked: Cli) -> None:
    stocked.settings["ENRICHMENT_MASTER_KEY"] = "ab" * 32
    assert stocked.run("show", "anybody").code == 5
    assert stocked.run("stats", "--json").code == 0


def test_it_loads_no_cipher_and_no_http(stocked: Cli) -> None:
    stocked.program = [sys.executable, "-X", "importtime", "-m", "enrich_cli"]
    loaded = stocked.run("stats", "--format", "prometheus").err
    assert "prometheus" in loaded
    assert not [name for name in ("cryptography", "aiohttp", "httpx", "rich.", "enrich_cli.engine") if name in loaded]


def test_a_file_of_metrics_appears_whole_and_is_what_prometheus_reads(stocked: Cli) -> None:
    file = stocked.folder / "metrics" / "enrich.prom"
    file.parent.mkdir()
    result = stocked.run("stats", "--format", "prometheus", "-o", str(file))
    assert (result.code, result.out, result.err) == (0, "", "")
    read = {family.name: family for family in text_string_to_metric_families(file.read_text())}
    assert [sample.value for sample in read["enrich_cli_enrichments"].samples] == [3]
    assert [(one.name, one.stat().st_mode & 0o777) for one in file.parent.iterdir()] == [("enrich.prom", 0o644)]


def test_a_file_that_can_not_be_written_is_exit_2(stocked: Cli) -> None:
    result = stocked.run("stats", "--format", "csv", "-o", "nowhere/stats.csv")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--format", "jsno"), "did you mean json?"),
        (("--json", "--format", "csv"), "two formats"),
        (("--months", "0"), ""),
    ],
)
def test_what_can_not_be_asked_is_exit_2_in_one_line(stocked: Cli, arguments: tuple[str, ...], word: str) -> None:
    result = stocked.run("stats", *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert word in result.err


def test_a_company_that_did_nothing_yet_has_no_rates_and_makes_no_store(cli: Cli) -> None:
    said = cli.run("stats", "--json").report
    assert (said["providers"], said["success_rate"], said["cost_per_enrichment_usd"]) == ([], None, None)
    assert "0/50" in cli.run("stats").out
    assert not cli.store.exists()
