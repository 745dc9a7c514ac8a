"""`refresh`: the same lookups, whether the data is fresh or not."""

from __future__ import annotations

import csv
import json
import shlex
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


def test_with_a_source_the_cache_is_ignored(stocked: Cli, sandbox: SandboxProcess) -> None:
    result = stocked.run("refresh", "customers.csv", "--json")
    assert (result.code, result.counts, result.report["command"]) == (0, {"enriched": 3}, "refresh")
    assert (sandbox.bill(), result.report["quota"]["used"]) == (Decimal("0.30"), 6)
    stocked.assert_whole(sandbox.bill() * 2)


def test_without_a_source_the_stored_customers_are_looked_up_again(
    stocked: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    result = stocked.run("refresh", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 3})
    assert sandbox.requests()["clearbit"] == {"200": 3}
    with (stocked.folder / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["email"], row["name"], row["enrichment_status"]) for row in rows] == [
        (email, "Ada Sample", "enriched") for email in hits(3)
    ]


def test_one_stored_customer_can_be_named(stocked: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    result = stocked.run("refresh", "--customer", hits(3)[1], "-o", "-")
    (row,) = map(json.loads, result.out.splitlines())
    assert row["input"]["email"] == hits(3)[1]
    assert sandbox.asked() == 1


def test_a_customer_who_is_not_stored_is_exit_2(stocked: Cli) -> None:
    before = stocked.files()
    result = stocked.run("refresh", "--customer", "nobody@example.com")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "nobody@example.com" not in result.err
    assert stocked.files() == before


def test_what_is_not_expired_costs_cron_nothing(stocked: Cli, sandbox: SandboxProcess) -> None:
    assert stocked.run("refresh", "--expired", "--json").counts == {}
    assert stocked.run("refresh", "--older-than", "7d", "--json").counts == {}
    assert sandbox.asked() == 0


def test_what_expired_of_a_type_that_is_not_asked_for_costs_cron_nothing(stocked: Cli, sandbox: SandboxProcess) -> None:
    stocked.settings["ENRICHMENT_CACHE_TTL"] = "0"
    assert stocked.run("refresh", "--expired", "--types", "business", "--json").counts == {}
    assert sandbox.asked() == 0
    assert stocked.run("refresh", "--expired", "--types", "person,business", "--json").counts == {"enriched": 3}


def test_failed_takes_up_again_those_alone_that_failed(
    stocked: Cli, sandbox: SandboxProcess, serve: Serve, hits: Hits
) -> None:
    new = stocked.source(hits(2, company="new"), "new.csv")
    with serve("*:shape") as broken:
        stocked.asks(broken)
        assert stocked.run("enrich", new).code == 3
    stocked.asks(sandbox)
    assert stocked.run("refresh", "--failed", "--json").counts == {"enriched": 2}
    assert stocked.run("refresh", "--failed", "--json").counts == {}
    assert sandbox.asked() == 2


def test_the_output_of_a_resumed_refresh_holds_whom_the_first_one_finished(
    stocked: Cli, sandbox: SandboxProcess, serve: Serve, hits: Hits
) -> None:
    """Nothing of theirs is failed any more when their rows are written at last."""
    with serve("*:shape") as broken:
        stocked.asks(broken)
        assert stocked.run("enrich", stocked.source(hits(2, company="new"), "new.csv")).code == 3
    stocked.asks(sandbox)
    with Path("/dev/full").open("wb") as full:
        broken_off = stocked.start("refresh", "--failed", "-o", "-", stdout=full.fileno()).wait()
    assert broken_off.code == 1, broken_off.err
    resumed = stocked.run("refresh", "--failed", "--resume", broken_off.err.split()[-1], "-o", "out.csv", "--json")
    assert (resumed.code, resumed.report["customers"]["read"], sandbox.asked()) == (0, 2, 2), resumed.err
    with (stocked.folder / "out.csv").open(newline="") as file:
        assert [row["person_status"] for row in csv.DictReader(file)] == ["found", "found"]


def test_a_refresh_that_fails_leaves_the_data_and_shows_it(stocked: Cli, serve: Serve) -> None:
    known = stocked.rows("SELECT * FROM customer_enrichment_data")
    with serve("*:shape") as broken:
        stocked.asks(broken)
        result = stocked.run("refresh", "customers.csv", "--types", "person", "-o", "out.csv", "--json")
    assert (result.code, result.counts) == (0, {"partial": 3})
    assert stocked.rows("SELECT * FROM customer_enrichment_data") == known
    with (stocked.folder / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["person_status"] for row in rows} == {"failed"}
    assert all(row["person_job_title"] for row in rows)


def test_the_command_that_a_report_gives_works_as_it_stands(
    cli: Cli, sandbox: SandboxProcess, serve: Serve, hits: Hits
) -> None:
    with serve("*:shape") as broken:
        cli.asks(broken)
        first = cli.run("--db", "our store.db", "--company", "acme", "enrich", cli.source(hits(1)), "--types", "person")
    assert first.code == 3, first.err
    cli.asks(sandbox)
    again = cli.run(*advised(first.out), "--json")
    assert (again.report["company"], again.counts) == ("acme", {"enriched": 1}), again.err
    overview = cli.run("--db", "our store.db", "--company", "acme")
    assert cli.run(*advised(overview.out), "--json").report["company"] == "acme"


def advised(said: str) -> list[str]:
    """The words of the command that is given on a line of its own."""
    (command,) = (line for line in said.splitlines() if line.startswith("  enrich-cli "))
    return shlex.split(command)[1:]
