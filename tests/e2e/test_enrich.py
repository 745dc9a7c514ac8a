"""`enrich`: who is looked up, what is kept, and what the report says of it."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


def test_the_report_is_one_document_that_adds_up(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    emails = [*hits(2), "ben.archer+miss@freight.example", "carla.brooks+other@dental.example"]
    result = cli.run("--company", "acme", "enrich", cli.source(emails), "--types", "person", "--json")
    report = result.report
    assert (result.code, result.err) == (0, "")
    assert result.counts == {"enriched": 2, "not_found": 2}
    assert (report["command"], report["company"], report["tier"]) == ("enrich", "acme", "free")
    assert report["mapping"] == {"name": "Name", "email": "Email"}
    assert (report["quota"]["used"], report["quota"]["remaining"]) == (2, 48)
    lookups = {entry["provider"]: entry["lookups"] for entry in report["providers"]}
    assert lookups == {"clearbit": 4, "fullcontact": 2, "hunter": 2}
    assert cli.booked()[0] <= sandbox.bill() <= cli.booked()[1]


def test_without_json_people_read_the_report_on_standard_output(cli: Cli, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(2)))
    assert (result.code, result.err) == (0, "")
    assert "enrich done: 2 rows" in result.out
    assert "2 enriched" in result.out
    assert "spent $0.20" in result.out


def test_quiet_says_nothing_at_all(cli: Cli, hits: Hits) -> None:
    result = cli.run("-q", "enrich", cli.source(hits(1)))
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("options", [["--quiet"], ["--log-format", "json"]], ids=["quiet", "JSON"])
def test_how_it_goes_is_told_every_few_seconds_but_not_where_it_would_disturb(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, options: list[str]
) -> None:
    source = cli.source(hits(1))
    with sandbox.stopped():
        silent = cli.start(*options, "--company", "acme", "enrich", source)
        cli.until_in_the_air(1)
        told = cli.start("enrich", source)
        told.until_it_tells_how_it_goes()
    results = [silent.wait(), told.wait()]
    assert [result.code for result in results] == [0, 0]
    assert [len(result.progress) > 0 for result in results] == [False, True]


def test_a_second_run_costs_nothing_and_is_all_cached(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    source = cli.source([*hits(3), "ben.archer+miss@freight.example"])
    cli.run("enrich", source, "--types", "person")
    bill = sandbox.bill()
    again = cli.run("enrich", source, "--types", "person", "--json")
    assert (again.code, again.counts, again.report["cost_usd"]) == (0, {"cached": 4}, "0.00")
    assert again.report["quota"]["used"] == 3
    assert sandbox.bill() == bill


def test_a_run_that_is_served_from_its_store_loads_nothing_to_send_with(cli: Cli, hits: Hits) -> None:
    source = cli.source(hits(1))
    cli.program = [sys.executable, "-X", "importtime", "-m", "enrich_cli"]
    first, again = (cli.run("enrich", source, "--types", "person").err for _ in range(2))
    assert "aiohttp" in first
    assert "enrich_cli.gateway.transport" in again
    assert "aiohttp" not in again


def test_limit_stops_reading(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(9)), "--limit", "4", "--json")
    assert (result.code, result.counts) == (0, {"enriched": 4})
    assert sandbox.asked() == 4


def test_an_answer_about_somebody_else_is_paid_for_and_kept_only_when_asked_to(
    cli: Cli, sandbox: SandboxProcess
) -> None:
    source = cli.source(["carla.brooks+other@dental.example"])
    strict = cli.run("enrich", source, "--types", "person", "--json")
    assert strict.counts == {"not_found": 1}
    cli.assert_whole(sandbox.bill())
    lax = cli.run("refresh", source, "--min-confidence", "0", "--types", "person", "--json")
    assert lax.counts == {"enriched": 1}


def test_a_lower_minimum_keeps_what_was_refused_and_buys_nothing_again(cli: Cli, sandbox: SandboxProcess) -> None:
    source = cli.source(["carla.brooks+other@dental.example"])
    command = ("enrich", source, "--types", "person", "--json")
    assert cli.run(*command).counts == {"not_found": 1}
    bill = sandbox.bill()
    lax = cli.run(*command, "--min-confidence", "0")
    assert (lax.counts, lax.report["cost_usd"], lax.report["quota"]["used"]) == ({"enriched": 1}, "0.00", 1)
    assert cli.run(*command, "--min-confidence", "0").counts == {"cached": 1}
    assert sandbox.bill() == bill
    cli.assert_whole(bill)


def test_nothing_found_stays_fresh_for_as_strict_a_minimum(cli: Cli, sandbox: SandboxProcess) -> None:
    source = cli.source(["carla.brooks+other@dental.example"])
    command = ("enrich", source, "--types", "person", "--json")
    cli.run(*command)
    asked = sandbox.asked()
    assert cli.run(*command).counts == {"cached": 1}
    assert cli.run(*command, "--min-confidence", "0.9").counts == {"cached": 1}
    assert sandbox.asked() == asked


def test_a_required_field_sends_the_chain_on_until_it_is_there(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    result = cli.run("enrich", cli.source(hits(1)), "--require", "email_status", "-o", "out.ndjson", "--json")
    person = json.loads((cli.folder / "out.ndjson").read_text())["person"]
    assert result.code == 0
    assert person["data"]["email_status"] == "deliverable"
    assert (person["source"].split(",")[0], person["provenance"]["email_status"]) == ("clearbit", "hunter")
    cli.assert_whole(sandbox.bill())


def test_who_is_looked_up_again_and_only_answered_as_before_is_served_from_the_store(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    """Nobody who is asked knows what is required: what is saved is never good enough, and put together anew."""
    del cli.settings["HUNTER_API_KEY"]
    command = ("enrich", cli.source(hits(3)), "--require", "email_status", "--json")
    assert cli.run(*command).counts == {"enriched": 3}
    asked = sandbox.asked()
    for _ in range(2):
        again = cli.run(*command)
        assert (again.counts, again.report["quota"]["used"]) == ({"cached": 3}, 3)
    assert sandbox.asked() == asked
    outcomes = cli.rows("SELECT outcome, counted, COUNT(*) FROM run_customers GROUP BY 1, 2 ORDER BY 1")
    assert outcomes == [("cached", 0, 6), ("enriched", 1, 3)]
    cli.assert_whole(sandbox.bill())


def test_a_customer_that_stands_twice_is_bought_once_and_both_lines_are_named(
    cli: Cli, sandbox: SandboxProcess
) -> None:
    email = "ada.sample+hit@pumps.example"
    rows = [f"Ada Sample,{email},212 555 0101", "Ben,ben.archer+hit@b.example,", f"A. Sample,{email},212 555 0199"]
    cli.write("twice.csv", "\n".join(["Name,Email,Phone", *rows, ""]))
    result = cli.run("enrich", "twice.csv", "-o", "out.csv", "--json")
    (warning,) = result.report["warnings"]
    assert "line 4" in warning
    assert "line 2" in warning
    assert email not in warning
    assert sandbox.requests()["clearbit"] == {"200": 2}
    assert sum(result.counts.values()) == 3
    assert result.counts["cached"] == 1
    with (cli.folder / "out.csv").open() as file:
        titles = [row["person_job_title"] for row in csv.DictReader(file)]
    assert titles[0] == titles[2] != ""


def test_who_objects_lands_in_suppressed_and_stays_there(cli: Cli, sandbox: SandboxProcess) -> None:
    source = cli.source(["olga.private+objects@home.example"])
    assert cli.run("enrich", source, "--json").counts == {"suppressed": 1}
    asked = sandbox.asked()
    assert cli.run("enrich", source, "--json").counts == {"suppressed": 1}
    assert cli.run("refresh", source, "--json").counts == {"suppressed": 1}
    assert sandbox.asked() == asked
    assert cli.rows("SELECT * FROM customers") == cli.rows("SELECT * FROM answers") == []
    cli.assert_whole(sandbox.bill())


def test_a_source_may_come_through_a_pipe(cli: Cli) -> None:
    text = "Email,Name\nada.sample+hit@pumps.example,Ada Sample\n"
    assert cli.run("enrich", "-", "--json", stdin=text).counts == {"enriched": 1}


def test_every_count_can_stand_in_one_report(cli: Cli, serve: Serve, hits: Hits) -> None:
    """All but `partial`, which takes two data types."""
    old, objector = hits(1, company="old"), "olga.private+objects@home.example"
    with serve() as sandbox:
        cli.asks(sandbox)
        cli.run("enrich", cli.source([*old, objector]), "--types", "person")
    with serve("*:shape:0.4") as sandbox:
        cli.asks(sandbox)
        emails = ["", *old, objector, *hits(60)]
        result = cli.run("enrich", cli.source(emails), "--types", "person", "--json")
    counts = result.counts
    assert (counts["rejected"], counts["cached"], counts["suppressed"]) == (1, 1, 1)
    assert counts["enriched"] == 49
    assert counts["over_quota"] + counts["failed"] == 11
    assert counts["over_quota"] > 0 < counts["failed"]
    assert (result.code, result.report["quota"]["remaining"]) == (4, 0)


@pytest.mark.parametrize("option", [("--version",), ("--help",), ("enrich", "--help"), ("sandbox", "--help")])
def test_help_and_version_go_to_standard_output(cli: Cli, option: tuple[str, ...]) -> None:
    result = cli.run(*option)
    assert (result.code, result.err) == (0, "")
    assert "enrich-cli" in result.out


@pytest.mark.parametrize("arguments", [("enrich",), ("enrich", "a.csv", "--no-such"), ("enricj",), ("quota", "extra")])
def test_a_command_line_that_cannot_be_read_is_exit_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli.run(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "--help" in result.err
