"""`runs`: what was done before, also on a store that can only be read, and while a run goes on."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Serve


def past(cli: Cli, *options: str) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = cli.run("runs", "--json", *options).report["runs"]
    return runs


def test_before_the_first_there_is_none_and_no_store_is_made(cli: Cli) -> None:
    before = cli.files()
    assert past(cli) == []
    assert cli.run("runs").out == "no runs yet\n"
    assert cli.files() == before


def test_each_run_is_there_with_its_counts_and_its_cost(stocked: Cli) -> None:
    report = stocked.run("refresh", "--json").report
    newest, first = past(stocked)
    assert (newest["run_id"], newest["command"], newest["state"]) == (report["run_id"], "refresh", "done")
    assert newest["cost_usd"] == report["cost_usd"] == first["cost_usd"] == "0.30"
    assert {count: number for count, number in newest["customers"].items() if number} == {"enriched": 3}
    assert newest["started_at"] <= newest["ended_at"]
    assert [run["run_id"] for run in past(stocked, "--limit", "1")] == [report["run_id"]]
    said = stocked.run("runs").out
    assert report["run_id"] in said
    assert "$0.30" in said


def test_a_run_that_goes_on_is_running_and_a_killed_one_crashed(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("*:timeout") as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", cli.source(hits(3)))
        sandbox.until_asked(3)
        assert [run["state"] for run in past(cli)] == ["running"]
        running.signal(signal.SIGKILL)
        running.wait()
        (run,) = past(cli)
    assert (run["state"], run["in_doubt_usd"]) == ("crashed", "0.30")
