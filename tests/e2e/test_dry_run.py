"""`--dry-run` sends nothing, writes nothing, and says what would happen."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


def test_it_says_what_a_first_run_would_do_and_leaves_no_trace(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    source = cli.source([*hits(52), ""])
    before = cli.files()
    result = cli.run("enrich", source, "--dry-run", "-o", "out.csv", "--rejects", "rejects.csv", "--json")
    forecast = result.report
    assert (result.code, result.err) == (0, "")
    assert (forecast["to_look_up"], forecast["over_quota"], forecast["rejected"], forecast["cached"]) == (50, 2, 1, 0)
    low, high = map(Decimal, forecast["interval_usd"])
    assert 0 < low <= Decimal(forecast["cost_expected_usd"]) <= high <= Decimal(forecast["cost_max_usd"])
    assert cli.files() == before
    assert sandbox.asked() == 0


def test_it_leaves_a_store_as_it_is(stocked: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    source = stocked.source(hits(5), "more.csv")
    before = stocked.files()
    forecast = stocked.run("enrich", source, "--types", "person", "--dry-run", "--json").report
    assert (forecast["cached"], forecast["to_look_up"], forecast["over_quota"], forecast["rejected"]) == (3, 2, 0, 0)
    assert stocked.run("refresh", "--dry-run").code == 0
    assert stocked.files() == before
    assert sandbox.asked() == 0


def test_who_is_refused_by_a_cap_leaves_the_last_place_to_the_next(cli: Cli, hits: Hits) -> None:
    assert cli.run("enrich", cli.source(hits(49)), "--types", "person").code == 0
    dear = "Name,Email,Phone\nAda Dear,,+15035550100\n"
    source = cli.write("more.csv", dear + "".join(f"Ada Sample,{mail},\n" for mail in hits(51)[49:]))
    command = ("enrich", source, "--types", "person", "--max-cost", "0.04", "--concurrency", "1", "--json")
    said = cli.run(*command, "--dry-run").report
    assert (said["to_look_up"], said["over_quota"]) == (1, 2)
    assert cli.run(*command).counts == {"enriched": 1, "over_quota": 2}


def test_a_cap_leaves_as_many_over_quota_as_a_run_does(cli: Cli, hits: Hits) -> None:
    del cli.settings["HUNTER_API_KEY"], cli.settings["FULLCONTACT_API_KEY"]
    command = ("enrich", cli.source(hits(20)), "--types", "person", "--max-cost", "0.75", "--json")
    said = cli.run(*command, "--dry-run").report
    assert (said["to_look_up"], said["over_quota"]) == (7, 13)
    assert cli.run(*command).counts == {"enriched": 7, "over_quota": 13}


@pytest.mark.parametrize(
    ("command", "cached", "to_look_up"),
    [(("enrich", "customers.csv"), 3, 0), (("refresh",), 0, 3), (("refresh", "--expired"), 0, 0)],
)
def test_nor_is_the_store_of_an_older_version_brought_up_to_date(
    stocked: Cli, command: tuple[str, ...], cached: int, to_look_up: int
) -> None:
    """It works on a copy: what the latest version added is not there yet."""
    with closing(sqlite3.connect(stocked.store)) as store, store:
        store.execute("DROP TABLE company_access")
        store.execute("DROP TABLE purges")
        store.execute("ALTER TABLE company_keys DROP COLUMN old_sealing_key")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_privacy'")
    before = stocked.files()
    result = stocked.run(*command, "--dry-run", "--json")
    assert (result.code, result.err) == (0, "")
    assert (result.report["cached"], result.report["to_look_up"]) == (cached, to_look_up)
    assert stocked.files() == before
    assert stocked.run(*command, "--json").code == 0


def test_it_says_who_would_not_be_asked_and_why(cli: Cli, hits: Hits) -> None:
    source = cli.source(hits(2))
    del cli.settings["HUNTER_API_KEY"], cli.settings["FULLCONTACT_API_KEY"]
    said = cli.run("enrich", source, "--types", "person,property", "--dry-run", "--json").report
    assert said["disabled"] == {
        "fullcontact": "not configured: set FULLCONTACT_API_KEY",
        "hunter": "not configured: set HUNTER_API_KEY",
    }
    assert said["skipped_types"] == {"property": "needs tier pro"}
    shown = cli.run("enrich", source, "--types", "person,property", "--dry-run").out.splitlines()
    assert "hunter: not configured: set HUNTER_API_KEY" in shown
    assert "property would be skipped: needs tier pro" in shown


def test_without_anybody_to_ask_it_says_what_the_run_would_end_with(stocked: Cli, hits: Hits) -> None:
    """It has done what it was asked for itself."""
    stocked.settings = {name: value for name, value in stocked.settings.items() if not name.endswith("_API_KEY")}
    command = ("enrich", stocked.source(hits(4)), "--types", "person")
    result = stocked.run(*command, "--dry-run", "--json")
    assert (result.code, result.report["to_look_up"], result.err.count("\n")) == (0, 1, 1)
    assert "a run would end with exit code 5" in result.err
    assert stocked.run(*command).code == 5
    stocked.source(hits(3))
    assert stocked.run(*command, "--dry-run").err == ""
    assert stocked.run(*command).code == 0


def test_an_output_that_the_run_would_refuse_is_refused(cli: Cli, hits: Hits) -> None:
    too_long = f"{'x' * 300}.csv"
    with closing(sqlite3.connect(cli.folder / "crm.db")) as crm:
        crm.execute("CREATE TABLE people (email TEXT)")
    for output in (
        ("-o", "nowhere/out.csv"),
        ("--rejects", "nowhere/rejects.csv"),
        ("-o", too_long),
        ("-o", "sqlite:///nowhere/out.db", "--output-table", "people"),
        ("-o", "sqlite:///crm.db", "--output-table", "people"),
        ("-o", "postgresql://ada:hush@127.0.0.1:1/crm", "--output-table", "people"),
    ):
        words = ("enrich", cli.source(hits(1)), *output)
        refused = [cli.run(*words, *dry) for dry in ([], ["--dry-run"])]
        assert [result.code for result in refused] == [2, 2]
        assert refused[0].err == refused[1].err


def test_a_format_that_can_not_hold_the_columns_is_refused_as_by_the_run(cli: Cli) -> None:
    wide = cli.folder / "wide.csv"
    wide.write_text(f"email,{','.join(f'c{place}' for place in range(16_384))}\nada@example.com{',' * 16_384}\n")
    refused = [cli.run("enrich", str(wide), "-o", "out.xlsx", *dry) for dry in ([], ["--dry-run"])]
    assert [result.code for result in refused] == [2, 2]
    assert "do not fit a sheet" in refused[0].err
    assert refused[0].err == refused[1].err
    assert not (cli.folder / "out.xlsx").exists()


def test_a_database_that_would_take_the_rows_is_left_as_it_is(cli: Cli, hits: Hits) -> None:
    source = cli.source(hits(1))
    with closing(sqlite3.connect(cli.folder / "crm.db")) as crm:
        crm.execute("CREATE TABLE people (customer_id TEXT PRIMARY KEY)")
    before = cli.files()
    for file in ("crm.db", "new.db"):
        assert cli.run("enrich", source, "-o", f"sqlite:///{file}", "--output-table", "people", "--dry-run").code == 0
    assert cli.files() == before


def test_what_the_simulator_would_do_is_called_synthetic(cli: Cli, hits: Hits) -> None:
    words = ("enrich", cli.source(hits(2)), "--sandbox", "--dry-run")
    assert cli.run(*words, "--json").report["sandbox"] is True
    assert cli.run(*words).out.startswith("SANDBOX: all of this data is synthetic\n")


def test_the_highest_price_holds_what_the_run_then_costs(cli: Cli, sandbox: SandboxProcess) -> None:
    emails = [f"ada.sample{place}+{('hit', 'miss', 'other')[place % 3]}@pumps{place}.example" for place in range(9)]
    most = Decimal(cli.run("enrich", cli.source(emails), "--dry-run", "--json").report["cost_max_usd"])
    cli.run("enrich", cli.source(emails))
    assert 0 < sandbox.bill() <= most


@pytest.mark.slow
def test_a_forecast_holds_what_the_run_then_costs_and_the_report_compares(cli: Cli, sandbox: SandboxProcess) -> None:
    cli.run("enrich", cli.source([f"ada.sample{place}@pumps{place}.example" for place in range(30)]))
    more = cli.source([f"bob.sample{place}@foods{place}.example" for place in range(15)], "more.csv")
    forecast = cli.run("enrich", more, "--dry-run", "--max-cost", "9", "--json").report
    report = cli.run("enrich", more, "--max-cost", "9", "--json").report
    spent = Decimal(report["cost_usd"]) + Decimal(report["in_doubt_usd"])
    low, high = map(Decimal, forecast["interval_usd"])
    assert low <= spent <= high
    assert report["expectation"] == {name: forecast[name] for name in report["expectation"]}
    assert forecast["reach"]["of"] == 15
    assert forecast["reach"]["cost"] > forecast["reach"]["quota"] > 20


def test_not_even_a_dead_run_is_cleared_away(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("*:timeout") as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", cli.source(hits(3)))
        sandbox.until_asked(3)
        running.signal(signal.SIGKILL)
        running.wait()
        cli.until_nobody_is_at_work()
        before = cli.files()
        assert cli.run("enrich", "customers.csv", "--dry-run", "--json").report["to_look_up"] == 3
    changed = {path for path, content in cli.files().items() if before.get(path) != content}
    assert [path for path in changed if not path.endswith("-shm")] == []
    assert cli.rows("SELECT state FROM runs") == [("running",)]
