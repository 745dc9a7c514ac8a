"""Two processes on the same file and the same store at the same time."""

from __future__ import annotations

import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


def test_each_customer_is_bought_once(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source(hits(40))
    with serve(latency=0.05) as sandbox:
        cli.asks(sandbox)
        command = ("enrich", source, "--types", "person", "--concurrency", "4", "--json")
        results = [running.wait() for running in [cli.start(*command), cli.start(*command)]]
        assert [result.code for result in results] == [0, 0]
        assert sum(map(Counter, (result.counts for result in results)), Counter()) == {"enriched": 40, "cached": 40}
        assert str(sandbox.bill()) == "4.00"
        cli.assert_whole(sandbox.bill())
    assert cli.run("quota", "--json").report["used"] == 40


def test_the_second_uses_what_the_first_was_asking_for_even_on_a_tier_without_cache(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    cli.run("set-tier", "enterprise")
    cli.source(hits(3), "three.csv")
    cli.source(hits(4), "four.csv")
    with sandbox.stopped():
        first = cli.start("enrich", "three.csv", "--types", "person", "--json")
        cli.until_in_the_air(3)
        second = cli.start("enrich", "four.csv", "--types", "person", "--json")
        cli.until_rows("SELECT * FROM run_customers", 4)
    assert first.wait().counts == {"enriched": 3}
    assert second.wait().counts == {"enriched": 1, "cached": 3}
    assert str(sandbox.bill()) == "0.40"


@pytest.mark.slow
def test_the_second_takes_from_the_first_nothing_that_it_is_not_sure_enough_of_and_buys_nothing_twice(
    cli: Cli, serve: Serve, hits: Hits
) -> None:
    source = cli.source(hits(1))
    with serve(latency=2.0) as sandbox:
        cli.asks(sandbox)
        first = cli.start("enrich", source, "--types", "person", "--json")
        sandbox.until_asked(1)
        second = cli.start("enrich", source, "--types", "person", "--min-confidence", "1", "-o", "o.ndjson", "--json")
        assert first.wait().counts == {"enriched": 1}
        assert second.wait().counts == {"not_found": 1}
        assert '"confidence":0' not in (cli.folder / "o.ndjson").read_text().replace(" ", "")
        assert sum(sandbox.requests()["clearbit"].values()) == 1
        cli.assert_whole(sandbox.bill())


def test_the_second_says_that_it_is_not_alone_unless_it_is_to_be_quiet(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    source = cli.source(hits(3))
    cli.source(hits(1, company="valves"), "other.csv")
    with sandbox.stopped():
        first = cli.start("enrich", source, "--types", "person")
        cli.until_in_the_air(3)
        second = cli.start("enrich", source, "--types", "person")
        quiet = cli.start("-q", "enrich", source, "--types", "person")
        rival = cli.start("--company", "rival", "enrich", "other.csv", "--types", "person")
        cli.until_rows("SELECT * FROM runs", 4)
    results = [running.wait() for running in (first, second, quiet, rival)]
    assert [result.code for result in results] == [0, 0, 0, 0]
    said = ["at work" in result.err for result in results]
    assert said == [False, True, False, False]
    assert (results[2].out, results[2].err) == ("", "")


def test_the_second_takes_over_what_the_first_dies_over(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source(hits(3))
    with serve("*:timeout") as silent, serve() as sandbox:
        cli.asks(silent)
        first = cli.start("enrich", source, "--types", "person")
        silent.until_asked(3)
        cli.asks(sandbox)
        second = cli.start("enrich", source, "--types", "person", "--json")
        cli.until_rows("SELECT * FROM runs", 2)
        assert sandbox.asked() == 0
        first.signal(signal.SIGKILL)
        result = second.wait()
        assert (result.code, result.counts) == (0, {"enriched": 3})
        cli.assert_whole(sandbox.bill() + silent.bill())


def test_together_they_stay_within_the_quota(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.source(hits(40), "one.csv")
    cli.source(hits(40, company="valves"), "two.csv")
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        both = [cli.start("enrich", name, "--types", "person", "--json") for name in ("one.csv", "two.csv")]
        counts = sum((Counter(running.wait().counts) for running in both), Counter[str]())
        assert counts == {"enriched": 50, "over_quota": 30}
        assert str(sandbox.bill()) == "5.00"
        cli.assert_whole(sandbox.bill())


def test_together_they_stay_within_the_budget(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.settings |= {"ENRICHMENT_MONTHLY_BUDGET_USD": "1.25", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    cli.source(hits(10), "one.csv")
    cli.source(hits(10, company="valves"), "two.csv")
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        both = [cli.start("enrich", name, "--types", "person", "--json") for name in ("one.csv", "two.csv")]
        counts = sum((Counter(running.wait().counts) for running in both), Counter[str]())
        assert counts == {"enriched": 12, "over_quota": 8}
        assert str(sandbox.bill()) == "1.20"


def test_what_one_is_told_to_wait_the_other_waits_too(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "hunter"
    cli.source(hits(1), "one.csv")
    cli.source(hits(3, company="valves"), "two.csv")
    with serve("hunter=retry-after-100:1") as sandbox:
        cli.asks(sandbox)
        first = cli.start("enrich", "one.csv", "--types", "person")
        cli.until_told_to_wait("hunter")
        second = cli.start("enrich", "two.csv", "--types", "person")
        cli.until_rows("SELECT * FROM run_customers", 4)
        time.sleep(0.5)
        assert sandbox.asked() == 1
        for running in (first, second):
            running.signal(signal.SIGINT)
            assert running.wait().code == 130


def test_once_everybody_has_gone_nobody_waits_for_what_they_were_told(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "hunter"
    source = cli.source(hits(1))
    with serve("hunter=retry-after-3600:1") as sandbox:
        cli.asks(sandbox)
        assert cli.run("enrich", source, "--types", "person").code == 3
        again = cli.run("refresh", "--failed", "--types", "person", "--json")
    assert (again.code, again.counts) == (0, {"enriched": 1})


def test_a_run_that_is_suspended_is_alive(cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
    """As with Ctrl-Z, or a laptop that sleeps: what it has in the air and reserved stays its own."""
    source = cli.source(hits(3))
    with sandbox.stopped():
        running = cli.start("enrich", source, "--types", "person", "--json")
        cli.until_in_the_air(3)
        running.signal(signal.SIGSTOP)
    assert cli.run("quota", "--json").report["reserved"] == 3
    cli.source(hits(1, company="valves"), "other.csv")
    assert cli.run("enrich", "other.csv", "--types", "person").code == 0
    assert cli.rows("SELECT outcome FROM provider_lookups WHERE outcome = 'in_doubt'") == []
    running.signal(signal.SIGCONT)
    result = running.wait()
    assert (result.code, result.counts) == (0, {"enriched": 3})
    cli.assert_whole(sandbox.bill())
